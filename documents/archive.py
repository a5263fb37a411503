"""The kept bytes: one file per content, named by its SHA-256, written once."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings

from documents.models import Document, Rendition


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_once(relative: str, data: bytes) -> None:
    """Write `data` below MEDIA_ROOT, whole or not at all, read-only; the same content twice is one file."""
    path = Path(settings.MEDIA_ROOT) / relative
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).chmod(0o440)
    Path(name).replace(path)


def store(data: bytes) -> str:
    """Where the bytes of a PDF lie from now on, below MEDIA_ROOT."""
    digest = sha256(data)
    relative = f"documents/{digest[:2]}/{digest}.pdf"
    write_once(relative, data)
    return relative


def keep(document: Document, stage: str, data: bytes, *, pages: int, at: datetime) -> Rendition:
    """Keep the bytes of one step. The file is on the disk before the row can be committed."""
    return Rendition.objects.create(
        document=document, stage=stage, version=document.version, sha256=sha256(data), size=len(data), pages=pages,
        file=store(data), created_at=at,
    )  # fmt: skip


class Kept(Protocol):
    """A row whose bytes lie below MEDIA_ROOT: where, and what they were when they were kept."""

    @property
    def pk(self) -> int: ...
    @property
    def file(self) -> str: ...
    @property
    def sha256(self) -> str: ...


def path_of(kept: Kept) -> Path:
    """Where the bytes of a row lie."""
    return Path(settings.MEDIA_ROOT) / kept.file


def read(kept: Kept) -> bytes:
    """The kept bytes. Raises ValueError when the file no longer is what was kept."""
    data = path_of(kept).read_bytes()
    if sha256(data) != kept.sha256:
        raise ValueError(f"the file of {type(kept).__name__} {kept.pk} has been changed")
    return data


def latest(document: Document, stage: str | None = None) -> Rendition | None:
    """The newest kept bytes of a file, of one stage or of any."""
    kept = document.renditions.all()
    if stage is not None:
        kept = kept.filter(stage=stage)
    return kept.order_by("-id").first()


def presented(document: Document) -> Rendition | None:
    """The bytes that are presented for signature now; None when the file changed since or was never presented."""
    newest = latest(document, Rendition.Stage.PRESENTED)
    return newest if newest is not None and newest.version == document.version else None
