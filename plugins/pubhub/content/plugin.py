"""hub/content: reads and judges the content folder before MkDocs touches the old site. Everything else asks its catalog."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.config_options import Choice
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files

from pubhub.clock import build_date
from pubhub.content.catalog import Catalog
from pubhub.engine.plan import Plan
from pubhub.problems import summary
from pubhub.site import Tree, read_tree

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

    tree: Tree
    catalog: Catalog | None = None
    plan: Plan
    preview = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keeps the instance alive between the rebuilds of `serve`, where a raised error would freeze the page."""
        self.preview = command == "serve"

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Before MkDocs empties the site folder: a tree with errors must leave the last good site alone."""
        self.catalog, self.plan = None, Plan()
        try:
            today = build_date(os.environ)
        except ValueError:
            raise PluginError("HUB_DATE 或 SOURCE_DATE_EPOCH 不是有效日期，请写成 2026-09-12 这样。") from None
        self.tree = read_tree(Path(config.docs_dir), today)
        door = bool(os.environ.get("HUB_DOOR"))
        for problem in self.tree.problems:
            if problem.level == "error" and not (door or self.preview):
                continue  # the exception says them, whatever the log level
            if problem.level != "advice":
                _to_stderr(problem.text()) if door else log.warning(problem.text())
        if self.tree.errors and not self.preview:
            listed = "" if door else "\n".join(p.text() for p in self.tree.errors) + "\n"
            raise PluginError(f"{listed}内容有错误，没有发布。{summary(self.tree.problems)}")
        if self.tree.vocabulary is None:
            raise PluginError("content/_data 里的数据有错误，无法预览。请先改正上面列出的问题。")
        self.catalog = self.tree.catalog("staff" if self.config.edition == "staff" else "public", lenient=self.preview)
        words = self.tree.vocabulary.site
        config.site_name = words.name
        # Pages are ours alone: MkDocs must not print its own 404 page and site map beside them.
        config.theme.static_templates.clear()
        return config

    @event_priority(100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """MkDocs gets no file to publish, so nothing can reach the site except through the plan."""
        return Files([])


def _to_stderr(text: str) -> None:
    print(text, file=sys.stderr)


def content_of(config: MkDocsConfig) -> ContentPlugin:
    """The gate's plugin. Raises PluginError with the fix if it is missing or has not run."""
    plugin = config.plugins.get("hub/content")
    if not isinstance(plugin, ContentPlugin) or plugin.catalog is None:
        raise PluginError("请在 mkdocs.yml 的 plugins 里把 hub/content 列在其他 hub/* 插件前面。")
    return plugin


def catalog_of(config: MkDocsConfig) -> Catalog:
    """The catalog of this build."""
    catalog = content_of(config).catalog
    assert catalog is not None
    return catalog
