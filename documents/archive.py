"""The kept bytes: one file per content, named by its SHA-256, written once."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from documents.models import Document, Rendition


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def path_of(rendition: Rendition) -> Path:
    """Where the bytes of a rendition lie."""
    return Path(settings.MEDIA_ROOT) / rendition.file


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


def keep(document: Document, stage: str, data: bytes, *, pages: int, at: datetime) -> Rendition:
    """Keep the bytes of one step. The file is on the disk before the row can be committed."""
    digest = sha256(data)
    relative = f"documents/{digest[:2]}/{digest}.pdf"
    write_once(relative, data)
    return Rendition.objects.create(
        document=document, stage=stage, version=document.version, sha256=digest, size=len(data), pages=pages,
        file=relative, created_at=at,
    )  # fmt: skip


def read(rendition: Rendition) -> bytes:
    """The kept bytes. Raises ValueError when the file no longer is what was kept."""
    data = path_of(rendition).read_bytes()
    if sha256(data) != rendition.sha256:
        raise ValueError(f"the file of rendition {rendition.pk} has been changed")
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
