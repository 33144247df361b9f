"""The other generators, each with fair templates of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.bench.generators import Generator
from scripts.bench.peers.hugo import Hugo
from scripts.bench.peers.material import Material
from scripts.bench.peers.pelican import Pelican
from scripts.bench.tools import Tools

PEERS: Mapping[str, Callable[[Path, Tools], Generator]] = {
    "hugo": lambda root, tools: Hugo(root, tools, searched=False),
    "pagefind": lambda root, tools: Hugo(root, tools, searched=True),
    "material": lambda root, tools: Material(root, tools, searched=True),
    "material-bare": lambda root, tools: Material(root, tools, searched=False),
    "pelican": lambda root, tools: Pelican(root, tools),
}
"""Every peer by the name that --peers takes."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "hugo": ("hugo",),
    "pagefind": ("pagefind",),
    "material": ("material", "material-bare"),
    "pelican": ("pelican",),
}
"""What --peers takes, and which generators it means."""


def installed(name: str, tools: Tools) -> bool:
    """True if everything that a group runs is on this machine; Material comes with the project."""
    needed = {"hugo": ("hugo",), "pagefind": ("hugo", "pagefind"), "pelican": ("pelican",)}
    return all(tools.find(one) is not None for one in needed.get(name, ()))
