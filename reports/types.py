"""What reports declare to the life cycle of official files and to the workers."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import jobs, long_files, press, registry
from documents.archive import sha256
from documents.models import Document, Job
from documents.registry import DocumentType, Problem
from reports import outline, workflow
from reports.compose import compose
from reports.models import Contribution, Period, Report
from units.models import Appointment
from units.permissions import NotAllowed

COMPILE = "reports.compile"


def problems(document: Document) -> list[Problem]:
    """What keeps a report from being proposed, and what the office should look at. Two queries beside the report's."""
    report = Report.objects.select_related("period__profile").get(document=document)
    found = []
    if document.signer_id is None:
        found.append(Problem("signer", _("Chưa chọn người ký (NĐ 30/2020, Điều 13).")))
    late = Contribution.objects.filter(period=report.period).missing().count()
    if late:
        found.append(
            Problem("late_units", _("Còn %(count)s đơn vị chưa gửi phần báo cáo.") % {"count": late}, blocking=False)
        )
    own_words = [outline.TEXT]
    if report.period.profile.is_rollup:
        own_words.append(outline.FIELD)  # no unit writes for it
        if absent := report.figures["missing_units"]:
            words = _("Còn %(count)s cơ quan chưa gửi báo cáo khi chốt số liệu.") % {"count": len(absent)}
            found.append(Problem("missing_bodies", words, blocking=False))
    empty = [each["heading"] for each in report.sections if each["source"] in own_words and not each["text"]]
    if empty:
        words = _("Chưa viết: %(sections)s. Bản in ghi “Không phát sinh”.") % {"sections": ", ".join(empty)}
        found.append(Problem("empty_sections", words, blocking=False))
    return found


def _url(document: Document) -> str:
    return reverse("reports:detail", args=[Report.objects.values_list("pk", flat=True).get(document=document)])


def workbook_of(document: Document) -> bytes:
    """All tables of a long report as a workbook, made by a worker."""
    from reports.outputs import files  # noqa: PLC0415 (loaded at the first workbook)

    return files.make(Report.objects.with_document().get(document=document), "xlsx")


def compile_job(job: Job, progress: jobs.Progress) -> dict[str, Any]:
    """Compile the period's report and render its first PDF; effect and end of the job are one transaction.

    A second worker that took the job over waits for the period's lock; whoever lost the lease is rolled back.
    """
    period = Period.objects.get(pk=job.payload["period"])
    by = Appointment.objects.with_people().get(pk=job.payload["by"])
    if not by.user.is_active:  # closed since the button was pressed; the post itself is checked by the verb
        raise jobs.Refused(_("Chức vụ “%(post)s” không còn hiệu lực.") % {"post": by.post_title})
    progress(_("Đọc số liệu và soạn báo cáo"), 20)
    try:
        with transaction.atomic():
            report = workflow.compile(
                period=period, by=by, at=timezone.now(), edition=job.payload.get("edition")
            )
            text = compose(report.document)
            rendered = press.render(
                text, progress=lambda done: progress(_("Dựng bản in"), 30 + done * 6 // 10)
            )
            digest = sha256(rendered.bytes)
            long_files.keep(report.document, text, "pdf", rendered.bytes)
            result = {"report": report.pk, "pages": rendered.pages, "sha256": digest}
            jobs.finish(job, result)
    except NotAllowed as refusal:
        raise jobs.Refused(str(refusal)) from refusal
    return result


registry.declare(
    DocumentType(
        name=workflow.TYPE, kind="BC", label=gettext_lazy("báo cáo"), compose=compose, problems=problems, url=_url
    )
)
long_files.declare("xlsx", workbook_of)
jobs.declare(
    COMPILE,
    compile_job,
    label=gettext_lazy("Tổng hợp báo cáo"),
    url=lambda job: reverse("reports:period", args=[job.payload["period"]]),
)
