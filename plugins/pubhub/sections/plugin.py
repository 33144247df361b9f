"""hub/sections: plans items, section indexes, reader paths, stations and the home page."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from pubhub.content.plugin import NoOptions, add_feature
from pubhub.sections.plan import section_pages


class SectionsPlugin(BasePlugin[NoOptions]):
    """Adds to the plan."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Has the press ask for its outputs."""
        add_feature(config, section_pages)
        return files
