"""hub/engine: prints the site into MkDocs' site folder, and stops the build if the result has something in it that must not be there."""

from __future__ import annotations

import sys
from pathlib import Path

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority

from pubhub.content.plugin import NoOptions, press_of
from pubhub.press import AuditFailed, generator_tag
from pubhub.problems import ContentRefused


class EnginePlugin(BasePlugin[NoOptions]):
    """The last step."""

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """MkDocs has written nothing; the site is made here."""
        press = press_of(config)
        # Under ProperDocs the same module says another version.
        press.generator = generator_tag(mkdocs.__version__)
        folder = Path(config.site_dir)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            press.print(folder)
        except ContentRefused as refused:
            raise PluginError("\n".join(problem.text() for problem in refused.problems)) from None
        except AuditFailed as failed:
            listed = "\n".join(f"{finding.url}: {finding.what}" for finding in failed.findings[:50])
            print(listed, file=sys.stderr)
            raise PluginError("生成的网站没有通过最后检查，请不要发布。") from None
