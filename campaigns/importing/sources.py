"""Keep a source, read it in a worker, match what was read with the portal's units."""

import hashlib
import tempfile
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.importing.matching import from_reading
from campaigns.importing.reading import Unfit, draw_apart, read_apart
from campaigns.models import PlanImport
from directives.register import folded
from documents import archive, jobs
from documents.models import Job
from units import permissions
from units.models import Appointment, Unit
from units.roles import Role

KIND = "campaigns.read_plan"
PERMISSION = "campaigns.plan.edit"
LARGEST = 20 * 1024 * 1024


@transaction.atomic
def start(*, data: bytes, name: str, by: Appointment, at: datetime) -> PlanImport:
    """Keep an uploaded source and queue its reading. The bytes are on the disk before the row can be committed."""
    permissions.check(by, PERMISSION, at=at, unit=by.organisation)
    digest = archive.sha256(data)
    path = f"imports/{digest[:2]}/{digest}{Path(name).suffix.lower()}"
    archive.write_once(path, data)
    source = PlanImport.objects.create(
        organisation=by.organisation, name=name[-200:], sha256=digest, size=len(data), file=path, created_at=at,
        created_by=by,
    )  # fmt: skip
    source.job = jobs.queue(kind=KIND, key=str(source.pk), payload={"source": source.pk}, by=by, at=at)
    source.save(update_fields=["job"])
    return source


def work(job: Job, tell: jobs.Progress) -> dict[str, Any]:
    """Read the source and keep what was recognised. Refused with one sentence when it is no readable plan.

    Draft and end of the job are one transaction: a worker that was given up overwrites nobody's corrections.
    """
    source = PlanImport.objects.select_related("organisation", "created_by").get(pk=job.payload["source"])
    path = Path(settings.MEDIA_ROOT) / source.file
    try:
        tell(_("Đang đọc tệp"), 10)
        found = read_apart(path, source.name)
        tell(_("Đang vẽ các trang"), 50)
        source.pages = _pages(path, found["boxes"])
    except Unfit as error:
        raise jobs.Refused(str(error)) from error
    tell(_("Đang đối chiếu đơn vị"), 80)
    source.draft = from_reading(found, **surroundings(source))
    source.source_text = found["source_text"]
    source.text_sha256 = text_hash(found["source_text"])
    result = {"source": source.pk, "problems": len(found["problems"])}
    with transaction.atomic():
        jobs.finish(job, result)
        source.save(update_fields=["draft", "source_text", "text_sha256", "pages"])
    return result


def text_hash(text: str) -> str:
    """The same for the same words, whatever the file's kind, spaces and dashes."""
    return hashlib.sha256(folded(text).replace(" ", "").encode()).hexdigest()


def _pages(path: Path, boxes: list[list[Any]]) -> list[dict[str, Any]]:
    """The pages of a PDF: the SHA-256 of each picture, its size in points, and where the lines stand."""
    if not boxes:
        return []
    on_page: dict[int, list[list[Any]]] = defaultdict(list)
    for line, page, *box in boxes:
        on_page[page].append([line, *box])
    with tempfile.TemporaryDirectory() as folder:
        pages = draw_apart(path, Path(folder))
        for number, page in enumerate(pages, start=1):
            picture = Path(folder, f"{number}.png").read_bytes()
            page["sha256"], page["boxes"] = archive.sha256(picture), on_page[number]
            archive.write_once(picture_path(page["sha256"]), picture)
    return pages


def picture_path(sha256: str) -> str:
    """Where the picture of a page lies below MEDIA_ROOT."""
    return f"imports/pages/{sha256[:2]}/{sha256}.png"


def surroundings(source: PlanImport) -> dict[str, Any]:
    """What an import is matched with: the organisation, its units, everybody who may be told, who may sign."""
    inside = list(Unit.objects.inside(source.organisation).working().order_by("position", "id"))
    posts = Appointment.objects.current(source.created_at.date()).filter(
        unit__organisation=source.organisation, role__in=[Role.DIRECTOR, Role.DEPUTY]
    )
    return {
        "organisation": source.organisation,
        "units": inside,
        "everyone": [*Unit.objects.organisations().working().order_by("id"), *inside],
        "signers": list(posts.select_related("user").order_by("id")),
        "drafting_unit": source.created_by.unit_id if source.created_by.unit_id in {u.pk for u in inside} else None,
        "year": source.created_at.year,
    }
