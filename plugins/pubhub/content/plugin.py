"""hub/content: reads and judges the content folder before MkDocs touches the old site. Everything else prints what it found."""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.config_options import Choice
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files

from pubhub.clock import build_date
from pubhub.engine.desk import Feature
from pubhub.engine.vault import Vault
from pubhub.press import Press
from pubhub.problems import summary

log = get_plugin_logger(__name__)


class NoOptions(Config):
    """For the features that have nothing to choose."""

    # MkDocs gives every plugin an `enabled` switch unless it has one: a gate that can be switched off is no gate.
    enabled = Choice((True,), default=True)


class ContentOptions(NoOptions):
    """The gate's options."""

    edition = Choice(("public", "staff"), default="public")
    """Which edition to build."""


class ContentPlugin(BasePlugin[ContentOptions]):
    """The gate."""

    press: Press | None = None
    preview = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keeps the instance alive between the rebuilds of `serve`, where a raised error would freeze the page."""
        self.preview = command == "serve"

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Before MkDocs empties the site folder: a tree with errors must leave the last good site alone."""
        try:
            today = build_date(os.environ)
        except ValueError:
            raise PluginError("HUB_DATE 或 SOURCE_DATE_EPOCH 不是有效日期，请写成 2026-09-12 这样。") from None
        self.press = Press(
            content=Path(config.docs_dir),
            theme=[Path(folder) for folder in config.theme.dirs],
            edition="staff" if self.config.edition == "staff" else "public",
            today=today,
            features=[],
            preview=self.preview,
            # Beside the configuration, where `hub build` keeps it too.
            vault=Vault(Path(config.config_file_path).parent / ".cache" / "vault") if config.config_file_path else None,
        )
        tree = self.press.read()
        for problem in tree.problems:
            # Errors that stop the build stand in the exception, whatever the log level.
            if problem.level == "held" or (problem.level == "error" and self.preview):
                log.warning(problem.text())
        if tree.errors and not self.preview:
            listed = "\n".join(problem.text() for problem in tree.errors)
            raise PluginError(f"{listed}\n内容有错误，没有发布。{summary(tree.problems)}")
        if tree.vocabulary is None:
            raise PluginError("content/_data 里的数据有错误，无法预览。请先改正上面列出的问题。")
        config.site_name = tree.vocabulary.site.name
        # Pages are ours alone: MkDocs must not print its own 404 page and site map beside them.
        config.theme.static_templates.clear()
        return config

    @event_priority(100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """MkDocs gets no file to publish, so nothing can reach the site except through the plan."""
        return Files([])


def press_of(config: MkDocsConfig) -> Press:
    """The press of this build. Raises PluginError with the fix if the gate is missing or has not run."""
    plugin = config.plugins.get("hub/content")
    if not isinstance(plugin, ContentPlugin) or plugin.press is None:
        raise PluginError("请在 mkdocs.yml 的 plugins 里把 hub/content 列在其他 hub/* 插件前面。")
    return plugin.press


def add_feature(config: MkDocsConfig, feature: Feature) -> None:
    """Has a part of the site printed with the rest."""
    press = press_of(config)
    press.features = [*press.features, feature]
