"""The arrows of the design, proven from the imports: core ← pages ← features ← plugin.py, and scripts beside them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "plugins" / "pubhub"
# Lower may not import higher. Names are the parts of the package; plugin.py files stand above them all.
LAYERS: list[set[str]] = [
    {"problems", "clock", "lunar", "urls", "theme", "tokens"},
    {"pictures", "printing", "archives"},
    {"content"},
    {"review"},
    {"site"},
    {"markup"},
    {"pages"},
    {"safety"},
    {"engine"},
    {"sections"},
    {"topics", "bulletin", "brand", "feeds", "search"},
    {"press"},
    {"workshop"},
]
LONG = {
    "archives/verify.py": "ships as one file inside every bundle",
    "content/model.py": "the twelve kinds, read as one manual",
    "pages/views.py": "the whole contract with the templates, read as one manual",
}
"""Modules over 300 lines, each with its reason."""


def imports(path: Path) -> set[str]:
    """Full names of what a module imports, inside functions as well."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
    return found


def part(name: str) -> str:
    """pubhub.content.model → content."""
    pieces = name.split(".")
    return pieces[1] if len(pieces) > 1 else ""


MODULES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted((ROOT / "scripts").rglob("*.py"))


def rank(name: str) -> int:
    return next(n for n, layer in enumerate(LAYERS) if name in layer)


def test_every_part_has_a_layer() -> None:
    parts = {p.relative_to(PACKAGE).parts[0].removesuffix(".py") for p in MODULES} - {"__init__"}
    assert parts == set().union(*LAYERS)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for name in imports(path):
        if path.name == "plugin.py":
            continue
        assert name.split(".")[0] not in {"mkdocs", "properdocs", "material", "scripts"}, f"{path} imports {name}"
        assert not name.endswith(".plugin"), f"{path} imports {name}"
        if name.startswith("pubhub.") and own != "__init__":
            assert rank(part(name)) <= rank(own), f"{path.name} of {own} imports {name}"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_scripts_hang_off_the_core(path: Path) -> None:
    for name in imports(path):
        assert name.split(".")[0] not in {"mkdocs", "properdocs", "material"}, f"{path} imports {name}"
        assert not name.endswith(".plugin"), f"{path} imports {name}"


def test_one_package_in_the_plugins_folder() -> None:
    # An editable install puts the whole folder on the path: a second package here would be importable by its bare name.
    assert [p.name for p in (ROOT / "plugins").iterdir() if p.name != "__pycache__"] == ["pubhub"]


def test_long_modules_have_a_reason() -> None:
    long = {path.relative_to(PACKAGE).as_posix() for path in MODULES if len(path.read_text("utf-8").splitlines()) > 310}
    assert long == set(LONG)
    assert not [p for p in SCRIPTS if len(p.read_text("utf-8").splitlines()) > 310]


def test_theme_ships_templates_and_assets_only() -> None:
    # What is no template below assets/ is published.
    stray = [
        p
        for p in (ROOT / "theme").rglob("*")
        if p.is_file() and p.suffix not in {".html", ".typ"} and p.relative_to(ROOT / "theme").parts[0] != "assets"
    ]
    # The tokens go into hub.css; MkDocs is given no file of the theme to publish.
    parts = {"print": {".typ"}, "bundle": {".css", ".js"}}
    stray = [p for p in stray if p.suffix not in parts.get(p.relative_to(ROOT / "theme").parts[0], ())]
    assert stray == [ROOT / "theme" / "tokens.toml"]
