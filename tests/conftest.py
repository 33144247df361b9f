"""Fixtures of all tests: the real content, built once for each edition."""

from __future__ import annotations

import signal

import pytest

from tests.site.builds import Built, build

# Started in the background (nohup, some CI) a process ignores Ctrl-C, and so would every program that a test starts and
# interrupts; with a handler of our own they begin with the default again.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The public edition of the real content."""
    return build(tmp_path_factory.mktemp("public") / "site")


@pytest.fixture(scope="session")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The staff edition of the real content."""
    return build(tmp_path_factory.mktemp("staff") / "site", edition="staff")
