"""hub/search: plans its outputs."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from pubhub.content.plugin import NoOptions, add_feature
from pubhub.search.page import search_pages
from pubhub.search.plan import search_files


class SearchPlugin(BasePlugin[NoOptions]):
    """Adds to the plan."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Has the press ask for its outputs."""
        add_feature(config, search_files)
        add_feature(config, search_pages)
        return files
