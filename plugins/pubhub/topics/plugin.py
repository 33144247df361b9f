"""hub/topics: plans the topic pages."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from pubhub.content.plugin import NoOptions, catalog_of, content_of
from pubhub.topics.plan import topic_pages


class TopicsPlugin(BasePlugin[NoOptions]):
    """Adds to the plan."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """The index of topics and each topic."""
        content_of(config).plan.add(topic_pages(catalog_of(config)))
        return files
