"""hub/brand: plans its outputs."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from pubhub.brand.plan import brand_files
from pubhub.content.plugin import NoOptions, add_feature


class BrandPlugin(BasePlugin[NoOptions]):
    """Adds to the plan."""

    # Before the sections, whose page of the brand it adds to, but after the gate, which is at 100.
    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Has the press ask for its outputs."""
        add_feature(config, brand_files)
        return files
