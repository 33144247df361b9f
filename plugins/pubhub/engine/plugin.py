"""hub/engine: renders the plan into the site folder, writes what machines read, and looks at the result once more."""

from __future__ import annotations

import json
import sys
from functools import partial
from importlib.metadata import version
from pathlib import Path

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger

from pubhub.bulletin.bundle import address
from pubhub.content.plugin import NoOptions, catalog_of, content_of
from pubhub.engine.assets import read_assets
from pubhub.engine.emit import emit
from pubhub.engine.machine import machine_files
from pubhub.engine.plan import File
from pubhub.engine.render import Printer
from pubhub.engine.templates import make_environment
from pubhub.pages.shared import site_view
from pubhub.safety.audit import audit
from pubhub.safety.csp import policy
from pubhub.theme import theme_folders

log = get_plugin_logger(__name__)
MARK = ".hub-site"


class EnginePlugin(BasePlugin[NoOptions]):
    """Render, emit, audit."""

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """MkDocs has written nothing; the site is made here."""
        content, catalog = content_of(config), catalog_of(config)
        folders = theme_folders(config.theme.dirs)
        assets = read_assets(folders[0] / "assets")
        csp = policy([assets.boot])
        # The page that `serve` shows gets MkDocs' reload script, which is inline and differs each time.
        shown_csp = csp.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'") if content.preview else csp
        plan = content.plan
        plan.add(File(url, partial(bytes, data)) for url, data in assets.contents.items())
        plan.add(machine_files(plan, catalog, csp))
        site_url = catalog.vocabulary.site.url
        printer = Printer(make_environment(folders), site_view(catalog), assets, shown_csp, _generator(), site_url)
        folder = Path(config.site_dir)
        pages = emit(plan, printer, folder, _progress if sys.stderr.isatty() else None)
        issue = catalog.current_issue()
        mark = {
            "pages": pages,
            "items": len(catalog.entries),
            "hidden": sum(d.state == "hidden" for d in content.tree.decisions.values()),
            "edition": catalog.edition,
            "date": catalog.today.isoformat(),
            "bundle": address(issue) if issue else "",
        }
        (folder / MARK).write_text(json.dumps(mark, ensure_ascii=False) + "\n", "utf-8")
        if content.preview:
            return
        hidden = {one.item.id for one in content.tree.loaded if catalog.get(one.item.id) is None}
        findings = audit(folder, {*plan.outputs, MARK}, hidden, csp)
        if findings:
            listed = "\n".join(f"{f.url}: {f.what}" for f in findings[:50])
            raise PluginError(f"生成的网站没有通过最后检查，没有发布：\n{listed}")


def _generator() -> str:
    return f"mkdocs-{mkdocs.__version__}, mkdocs-material-{version('mkdocs-material')}"


def _progress(done: int, total: int) -> None:
    if done == total or done % 50 == 0:
        print(f"\r正在生成 {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
