"""Files of drafts with long tables: a worker makes them, the page that asked waits. The same content is made once.

Whoever prints in the web process asks here first: a report of thousands of rows would hold it for many seconds.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import jobs, press, word_templates
from documents.archive import sha256, write_once
from documents.layout import OfficialText
from documents.models import Document, Job, JobState
from units.models import Appointment

KIND = "documents.long_file"
Make = Callable[[Document, Callable[[int], None]], bytes]
_makers: dict[str, Make] = {
    "pdf": lambda document, tell: press.render(document.definition.compose(document), progress=tell).bytes,
    "docx": lambda document, _tell: word_templates.render(document),
}


def declare(ending: str, make: Callable[[Document], bytes]) -> None:
    """Another kind of file; called from the owning app's AppConfig.ready()."""
    _makers[ending] = lambda document, _tell: make(document)


def is_long(text: OfficialText) -> bool:
    return press.rows_of_longest(text) > press.LONG


def ready(document: Document, text: OfficialText, ending: str) -> bytes | None:
    """The file of exactly this content, if a worker has made it."""
    path = Path(settings.MEDIA_ROOT) / _place(_name(document, text, ending))
    return path.read_bytes() if path.exists() else None


def keep(document: Document, text: OfficialText, ending: str, data: bytes) -> None:
    """Keep a file that was made anyway, by the name of its content."""
    write_once(_place(_name(document, text, ending)), data)


def ask(*, document: Document, text: OfficialText, ending: str, url: str, by: Appointment, at: datetime) -> Job:
    """The job that makes the file; one for the same content, however often it is asked for. `url` leads to the file."""
    name = _name(document, text, ending)
    Job.objects.filter(kind=KIND, key=name, state=JobState.DONE).delete()  # its file was cleared away since
    payload = {"document": document.pk, "ending": ending, "name": name, "url": url}
    size = press.rows_of_longest(text)
    return jobs.queue(kind=KIND, key=name, payload=payload, by=by, at=at, size=size)


def _name(document: Document, text: OfficialText, ending: str) -> str:
    """Whatever the file shows is in its text and in the state of its document."""
    return f"{sha256(repr((document.pk, str(document.state), document.version, text)).encode())}.{ending}"


def _place(name: str) -> str:
    """Where a made file lies, below MEDIA_ROOT."""
    return f"previews/long/{name}"


def make(job: Job, progress: jobs.Progress) -> dict[str, Any]:
    """Make the file and keep it by the name of its content."""
    document = Document.objects.get(pk=job.payload["document"])
    progress(_("Dựng tệp"), 5)
    tell = partial(_tell, progress)
    write_once(_place(job.payload["name"]), _makers[job.payload["ending"]](document, tell))
    return {"name": job.payload["name"]}


def _tell(progress: jobs.Progress, done: int) -> None:
    progress(_("Dựng tệp"), 5 + done * 9 // 10)


jobs.declare(KIND, make, label=gettext_lazy("Dựng tệp dài"), url=lambda job: str(job.payload["url"]))
