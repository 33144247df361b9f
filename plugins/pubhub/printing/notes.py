"""Footnotes of a body: takes the tree, gives the notes by id and knows their references."""

from __future__ import annotations

from dataclasses import dataclass

from pubhub.printing.tree import Node


@dataclass(frozen=True)
class Notes:
    """Notes by the id of their list item."""

    bodies: dict[str, list[Node | str]]
    """In the order of their numbers."""
    references: dict[str, list[str]]
    """Ids of the places that name a note, by the id of the note; the first is the one to go back to."""
    ids: frozenset[str]
    """Ids of the notes and of their references, which are no places to link to in print."""

    @staticmethod
    def is_list(node: Node) -> bool:
        """The block at the end of the page that holds the notes."""
        return node.tag == "div" and "footnote" in node.classes

    @staticmethod
    def is_reference(node: Node) -> bool:
        """A raised number in the text."""
        return any(child.tag == "a" and "footnote-ref" in child.classes for child in node.elements)

    @staticmethod
    def target(node: Node) -> str:
        """The id of the note that a reference names."""
        return next(c for c in node.elements if "footnote-ref" in c.classes).attributes.get("href", "#")[1:]

    def number(self, name: str) -> int:
        """Of a note, 1-based: the one that the website shows."""
        return list(self.bodies).index(name) + 1


def notes_of(root: Node) -> Notes:
    """All notes of a body."""
    bodies: dict[str, list[Node | str]] = {}
    references: dict[str, list[str]] = {}
    ids: set[str] = set()
    for node in root.walk():
        if Notes.is_list(node):
            for item in (n for n in node.walk() if n.tag == "li" and "id" in n.attributes):
                _drop_backlinks(item)
                bodies[item.attributes["id"]] = item.children
                ids.add(item.attributes["id"])
        elif node.tag == "sup" and Notes.is_reference(node):
            id_ = node.attributes.get("id", "")
            references.setdefault(Notes.target(node), []).append(id_)
            ids.add(id_)
    return Notes(bodies, references, frozenset(ids))


def _drop_backlinks(node: Node) -> None:
    """The way back is a click, and its space."""
    kept = [c for c in node.children if not (isinstance(c, Node) and "footnote-backref" in c.classes)]
    if len(kept) < len(node.children) and kept and isinstance(kept[-1], str):
        kept[-1] = kept[-1].rstrip(" \xa0\n")
    node.children = kept
    for child in node.elements:
        _drop_backlinks(child)
