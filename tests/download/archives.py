"""Archives to download, made in memory."""

from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile

OFFICIAL = [
    *(f"train/good/{n:03}.png" for n in range(60)),
    *(f"test/good/{n:03}.png" for n in range(12)),
    *(f"test/defective/{n:03}.png" for n in range(30)),
    *(f"ground_truth/defective/{n:03}_mask.png" for n in range(30)),
]
"""The files of MVTec AD's smallest category, toothbrush; counting opens none of them."""


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def tar_of(files, mode="w:xz"):
    """A tar with files, name → content."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def toothbrush(prefix="", leave_out=0):
    """MVTec AD's smallest category in the official shape."""
    names = OFFICIAL[leave_out:]
    return {f"{prefix}toothbrush/{name}": name.encode() for name in names}


def zip_of(files):
    """A zip with files, name → content."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
