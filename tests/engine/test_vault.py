"""The vault: what is put there comes back whole or not at all, and it does not grow without end."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from pubhub.engine.vault import Vault
from pubhub.theme import theme_folders
from pubhub.workshop import Workshop
from tests.engine.test_pictures import DAY, content, item

HOUR = 3_600_000_000_000


def filled(folder: Path, count: int, size: int = 100) -> Vault:
    """A vault whose n-th file was last used n hours after the first, long ago."""
    vault = Vault(folder)
    for number in range(count):
        vault.put(key(number), bytes(size))
        path = next(path for path in folder.glob("*/*") if path.stat().st_mtime_ns > 100 * HOUR * 24)
        os.utime(path, ns=(number * HOUR, number * HOUR))
    return vault


def key(number: int) -> bytes:
    return b"key %d" % number


def there(vault: Vault, count: int) -> list[int]:
    """Numbers of the files that are still kept."""
    return [number for number in range(count) if vault.look(key(number)) == "whole"]


def test_the_longest_unused_go_first_by_number(tmp_path: Path) -> None:
    filled(tmp_path, 6)
    vault = Vault(tmp_path, most_files=4)
    assert vault.get(key(0)) == bytes(100)
    vault.prune()
    assert there(vault, 6) == [0, 3, 4, 5]


def test_the_longest_unused_go_first_by_size(tmp_path: Path) -> None:
    filled(tmp_path, 6)
    vault = Vault(tmp_path, most=300)
    vault.prune()
    assert there(vault, 6) == [4, 5]


def test_what_the_last_build_used_stays(tmp_path: Path) -> None:
    filled(tmp_path, 6)
    vault = Vault(tmp_path, most_files=1)
    vault.prune(used=[key(1), key(2), b"not here"], since_ns=5 * HOUR)
    assert there(vault, 6) == [1, 2, 5]


def test_what_a_build_used_counts_as_used_for_those_after_it(tmp_path: Path) -> None:
    filled(tmp_path, 6)
    vault = Vault(tmp_path, most_files=1)
    vault.prune(used=[key(1)])
    vault.put(key(7), b"of another folder")
    vault.prune(since_ns=time.time_ns() - HOUR)
    assert there(vault, 8) == [1, 7]


def test_within_its_bounds_nothing_is_touched(tmp_path: Path) -> None:
    vault = filled(tmp_path, 3)
    before = sorted(path.stat().st_mtime_ns for path in tmp_path.glob("*/*"))
    vault.prune(used=[key(0)])
    assert sorted(path.stat().st_mtime_ns for path in tmp_path.glob("*/*")) == before


def test_a_build_keeps_what_it_took_from_the_site_that_stood(tmp_path: Path) -> None:
    root = content(tmp_path / "content", item())
    folder = tmp_path / "cache" / "vault"
    for day in (DAY, DAY.replace(day=25)):
        workshop = Workshop(tmp_path / "cache", root, theme_folders(), "public", day, tmp_path / "site")
        workshop.press.vault = Vault(folder, most_files=0)
        workshop.read()
        out = tmp_path / str(day)
        out.mkdir()
        emitted = workshop.print(out)
        shutil.rmtree(tmp_path / "site", ignore_errors=True)
        out.rename(tmp_path / "site")
        workshop.remember(emitted)
        kept = [workshop.press.vault.look(one) for one in emitted.kept]
        assert len(kept) > 8
        assert set(kept) == {"whole"}
        for path in folder.glob("*/*"):
            os.utime(path, ns=(0, 0))
