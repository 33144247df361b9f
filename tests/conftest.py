"""Fixtures of all tests: the real content, built once for each edition."""

from __future__ import annotations

import pytest

from tests.site.builds import Built, build


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The public edition of the real content."""
    return build(tmp_path_factory.mktemp("public") / "site")


@pytest.fixture(scope="session")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The staff edition of the real content."""
    return build(tmp_path_factory.mktemp("staff") / "site", edition="staff")
