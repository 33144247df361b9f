"""A zip that is the same on every machine: takes names and bytes, gives an archive in one root folder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from pubhub.archives.verify import SUMS, pack


def checksums(files: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS as `sha256sum -c` reads it."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())).encode()


def make_archive(root: str, files: Mapping[str, bytes], extra: Mapping[str, bytes] | None = None) -> bytes:
    """Entries sorted and stored (DEFLATE differs between zlib builds), fixed time and mode, with SHA256SUMS.

    extra: files that SHA256SUMS does not name, such as the signature over it.

    Raises ValueError for a name that is not plain ASCII or leaves the folder.
    """
    whole = {**files, SUMS: checksums(files), **(extra or {})}
    return pack(sorted((f"{root}/{name}", data) for name, data in whole.items()))
