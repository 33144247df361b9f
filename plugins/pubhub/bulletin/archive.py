"""A zip that is the same on every machine: takes names and bytes, gives an archive in one root folder."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)


def make_archive(root: str, files: Mapping[str, bytes]) -> bytes:
    """Entries sorted and stored (DEFLATE differs between zlib builds), fixed time and mode, with SHA256SUMS.

    Raises ValueError for a name that is not plain ASCII or leaves the folder.
    """
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted({**files, "SHA256SUMS": sums.encode()}.items()):
            if not name.isascii() or name.startswith("/") or ".." in name.split("/") or "\\" in name:
                raise ValueError(f"unsafe name {name!r}")
            info = zipfile.ZipInfo(f"{root}/{name}", _EPOCH)
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, data)
    return out.getvalue()
