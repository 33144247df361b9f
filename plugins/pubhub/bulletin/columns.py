"""What an issue prints: takes the catalog and an issue, gives its columns, or the ids that keep it from being printed."""

from __future__ import annotations

from pubhub.content import model
from pubhub.content.catalog import Catalog
from pubhub.content.model import Issue, Item


def printed(catalog: Catalog, issue: Issue) -> list[tuple[str, list[Item]]]:
    """Columns in the printed order with the items that this edition shows; an empty column is left out."""
    columns = []
    for name, ids in zip(model.COLUMNS, issue.columns, strict=True):
        found = [i for id_ in ids if (i := catalog.get(id_)) is not None and not catalog.is_withdrawn(i)]
        if found:
            columns.append((name, found))
    return columns


def missing(catalog: Catalog, issue: Issue) -> list[str]:
    """Ids that the issue lists and that may not be shown: such an issue cannot be printed as it was approved."""
    ids = [id_ for column in issue.columns for id_ in column]
    return [id_ for id_ in ids if (item := catalog.get(id_)) is None or catalog.is_withdrawn(item)]


def is_printable(catalog: Catalog, issue: Issue) -> bool:
    """True for an issue that stands and is whole."""
    return not catalog.is_withdrawn(issue) and not missing(catalog, issue)
