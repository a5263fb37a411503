"""The outgoing register: a year, filtered; its printed sheet and workbook; numbers of paper files."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from documents import addresses, house, numbering, outgoing
from documents.models import NumberEntry, NumberUse
from documents.outgoing_forms import ContinueForm, PaperForm, ReserveForm, UnusedForm
from units.models import Unit
from units.permissions import NotAllowed, has_permission
from units.web import Request, whole_number

ROWS = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _reader(request: Request) -> Unit:
    """The organisation whose register the post reads; 404 for who reads none."""
    if not has_permission(request.post, "documents.register.read"):
        raise Http404
    return request.post.organisation


def _clerk(request: Request) -> Unit:
    """The organisation whose numbers the post gives; 404 for others."""
    if not has_permission(request.post, "documents.number"):
        raise Http404
    return request.post.organisation


def _year(request: Request) -> int:
    year = whole_number(request.GET.get("nam", ""))
    return year if year is not None and 2000 <= year <= 2100 else timezone.localdate().year


def _after(text: str) -> tuple[date, int, int] | None:
    """Where the page before ended: "2026-10-20.128.77"; None for anything else."""
    day, *rest = text.split(".")
    numbers = [whole_number(part) for part in rest]
    try:
        return (date.fromisoformat(day), numbers[0] or 0, numbers[1] or 0) if len(numbers) == 2 else None
    except ValueError:
        return None


def _chosen(request: Request, organisation: Unit, year: int) -> Any:
    return outgoing.matching(
        outgoing.entries(organisation, year),
        kind=request.GET.get("loai", ""),
        use=request.GET.get("dung", ""),
        unit=whole_number(request.GET.get("don-vi", "")),
        council=whole_number(request.GET.get("nhan-danh", "")),
        words=request.GET.get("q", "").strip(),
    )


@require_GET
def register(request: Request) -> HttpResponse:
    """A year of the register, page by page (NĐ 30/2020 Điều 16)."""
    organisation, year = _reader(request), _year(request)
    rows = _chosen(request, organisation, year)
    after = _after(request.GET.get("after", ""))
    found = list((rows.after(*after) if after else rows)[: ROWS + 1])
    last = found[ROWS - 1] if len(found) > ROWS else None
    page = {
        "lines": outgoing.lines(found[:ROWS]),
        "cursor": f"{last.on.isoformat()}.{last.number}.{last.pk}" if last else "",
        "is_first": after is None,
        "filters": _filters(request, organisation, year),
        "year": year,
        "may_number": has_permission(request.post, "documents.number"),
        "may_address": has_permission(request.post, addresses.PERMISSION),
        "may_rule": has_permission(request.post, house.PERMISSION),
    }
    return render(request, "documents/register.html", page)


def _filters(request: Request, organisation: Unit, year: int) -> list[dict[str, Any]]:
    kinds = NumberEntry.objects.filter(organisation=organisation, on__year=year).order_by("kind")
    units = Unit.objects.inside(organisation).working().values_list("pk", "name")
    this_year = timezone.localdate().year
    years = [(value, str(value)) for value in range(this_year, this_year - 6, -1)]
    councils = list(Unit.objects.councils(organisation).values_list("pk", "name"))
    issuers = [] if not councils else [
        {"name": "nhan-danh", "label": _("Nhân danh"), "value": request.GET.get("nhan-danh", ""), "options": councils}
    ]
    return [
        *issuers,
        {"name": "nam", "label": _("Năm"), "value": year, "options": years, "any": _("năm nay")},
        {"name": "loai", "label": _("Loại"), "value": request.GET.get("loai", ""),
         "options": [(kind, kind) for kind in kinds.values_list("kind", flat=True).distinct()]},
        {"name": "don-vi", "label": _("Đơn vị soạn thảo"), "value": request.GET.get("don-vi", ""),
         "options": list(units)},
        {"name": "dung", "label": _("Dùng cho"), "value": request.GET.get("dung", ""), "options": NumberUse.choices},
        {"name": "q", "label": _("Trích yếu, số"), "value": request.GET.get("q", "").strip(), "kind": "search"},
    ]  # fmt: skip


@require_GET
def sheet(request: Request) -> HttpResponse:
    """The whole register of a year on landscape sheets, to be printed and bound."""
    organisation, year = _reader(request), _year(request)
    rows = outgoing.lines(_chosen(request, organisation, year))
    page = {"lines": rows, "year": year, "heads": outgoing.HEADS, "organisation": organisation}
    return render(request, "documents/register_sheet.html", page)


@require_GET
def workbook(request: Request) -> HttpResponse:
    """The register of a year as a workbook."""
    organisation, year = _reader(request), _year(request)
    data = outgoing.workbook(_chosen(request, organisation, year), organisation=organisation, year=year)
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="so-van-ban-di-{year}.xlsx"'
    return answer


# --- numbers of files outside the portal ------------------------------------------------------------------------------
def _form_page(request: Request, form: Any, title: str, lead: str, submit: str) -> HttpResponse:
    page = {"form": form, "title": title, "lead": lead, "submit": submit, "back_url": reverse("documents:register")}
    return render(request, "documents/register_form.html", page, status=422 if form.errors else 200)


def reserve(request: Request) -> HttpResponse:
    """Keep numbers for paper files."""
    organisation = _clerk(request)
    form = ReserveForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            given = numbering.reserve(
                organisation=organisation, paper=form.paper(data["kind"], data["symbol"]), on=data["on"],
                count=data["count"], council=data["council"], by=request.post, at=timezone.now(),
            )  # fmt: skip
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã giữ số: %(codes)s.") % {"codes": ", ".join(each.code for each in given)})
            return redirect("documents:register")
    lead = _("Văn bản giấy lấy số trong cùng dãy với văn bản trên cổng. Số đã giữ không cấp lại cho văn bản khác.")
    return _form_page(request, form, _("Giữ số cho văn bản giấy"), lead, _("Giữ số"))


def paper(request: Request, pk: int) -> HttpResponse:
    """Write down what a paper file is."""
    entry = get_object_or_404(NumberEntry, pk=pk, organisation=_clerk(request), use=NumberUse.PAPER)
    names = ("title", "signer_name", "sent_to", "kept_by", "copies", "reason")
    form = PaperForm(request.POST or None, initial={name: getattr(entry, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            numbering.describe(
                entry=entry, paper=form.paper(entry.kind, ""), by=request.post, at=timezone.now()
            )  # fmt: skip
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã ghi văn bản số %(code)s vào sổ.") % {"code": entry.code})
            return redirect("documents:register")
    return _form_page(request, form, _("Văn bản giấy số %(code)s") % {"code": entry.code}, "", _("Ghi vào sổ"))


def unused(request: Request, pk: int) -> HttpResponse:
    """Say that a number kept for a paper file is not used."""
    entry = get_object_or_404(NumberEntry, pk=pk, organisation=_clerk(request), use=NumberUse.PAPER)
    form = UnusedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            numbering.release(entry=entry, reason=form.cleaned_data["reason"], by=request.post, at=timezone.now())
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Số %(code)s được ghi là không dùng.") % {"code": entry.code})
            return redirect("documents:register")
    lead = _("Số này vẫn nằm trong sổ với lý do và không cấp lại.")
    return _form_page(request, form, _("Không dùng số %(code)s") % {"code": entry.code}, lead, _("Ghi là không dùng"))


def continue_after(request: Request) -> HttpResponse:
    """Go on after the numbers given before the portal."""
    organisation = _clerk(request)
    form = ContinueForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            series = numbering.continue_after(
                organisation=organisation, by=request.post, at=timezone.now(), **form.cleaned_data
            )
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Số tiếp theo là %(next)s.") % {"next": numbering.padded(series.last_number + 1)}
            )
            return redirect("documents:register")
    lead = _("Chỉ làm được trước khi cổng cấp số đầu tiên của dãy số.")
    return _form_page(request, form, _("Nhập số đã dùng trước khi có cổng"), lead, _("Tiếp tục dãy số"))
