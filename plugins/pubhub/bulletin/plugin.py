"""hub/bulletin: plans the download of every issue."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from pubhub.bulletin.plan import bulletin_files
from pubhub.content.plugin import NoOptions, add_feature


class BulletinPlugin(BasePlugin[NoOptions]):
    """Adds to the plan."""

    # Before hub/sections, whose issue pages name the downloads.
    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Has the press ask for its outputs."""
        add_feature(config, bulletin_files)
        return files
