"""Pages of the register of directives: load, check, form, one call, redirect."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from audit.models import Event
from directives import files, queries, register
from directives.citations import first_mention, parse
from directives.forms import (
    DirectiveForm,
    EditDirectiveForm,
    FileForm,
    NewDirectiveForm,
    NoteForm,
    PasteForm,
    ReceiveForm,
    RelateForm,
    ValidityForm,
)
from directives.models import Directive, DirectiveFile, DirectiveRelation, Validity
from documents import archive
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request

PAGE = 50
READ = "directives.directive.read"


def _reader(request: Request) -> Appointment:
    """The post, if it may read its organisation's register at all."""
    if not has_permission(request.post, READ):
        raise Http404
    return request.post


def _directive(request: Request, pk: int) -> Directive:
    found = Directive.objects.visible_to(_reader(request)).select_related("kind", "organisation")
    return get_object_or_404(found, pk=pk)


def _need(request: Request, permission: str) -> None:
    if not has_permission(_reader(request), permission):
        raise PermissionDenied


# --- list -------------------------------------------------------------------------------------------------------------
def _filters(query: QueryDict) -> queries.Filters:
    """What the address asks for; what it cannot mean is left out."""
    year, validity = query.get("year", ""), query.get("validity", "")
    return queries.Filters(
        text=query.get("text", "").replace("\x00", "").strip()[:200],
        kind=query.get("kind", "").replace("\x00", "")[:15],
        issuer=query.get("issuer", "").replace("\x00", "").strip()[:100],
        validity=validity if validity in Validity.values else "",
        year=int(year) if year.isascii() and year.isdigit() and 1900 <= int(year[:5]) <= 2200 else None,
    )


def _filter_row(by: Appointment, chosen: queries.Filters) -> list[dict[str, Any]]:
    kinds = [(kind.abbreviation, kind.name) for kind in queries.kinds_in_use(by)]
    years = [(str(year), str(year)) for year in queries.years_in_use(by)]
    return [
        {"name": "text", "label": _("Tìm"), "value": chosen.text, "kind": "search"},
        {"name": "kind", "label": _("Loại"), "value": chosen.kind, "options": kinds or [("", _("tất cả"))]},
        {"name": "issuer", "label": _("Cơ quan ban hành"), "value": chosen.issuer, "kind": "search"},
        {
            "name": "validity", "label": _("Hiệu lực"), "value": chosen.validity, "options": Validity.choices,
            "any": _("mọi văn bản trong sổ"),
        },
        {"name": "year", "label": _("Năm"), "value": str(chosen.year or ""), "options": years or [("", _("tất cả"))]},
    ]  # fmt: skip


@require_safe
def directive_list(request: Request) -> HttpResponse:
    """The register, newest first."""
    by = _reader(request)
    chosen = _filters(request.GET)
    page = Paginator(queries.directives_for(by, chosen), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filters": _filter_row(by, chosen),
        "is_filtered": chosen != queries.Filters(),
        "is_short": 0 < len(chosen.text) < queries.SHORTEST,
        "shortest": queries.SHORTEST,
        "may_record": has_permission(by, register.RECORD),
    }
    return render(request, "directives/list.html", context)


# --- one directive ----------------------------------------------------------------------------------------------------
@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """What it asks for, what rests on it, how it stands to others, its files and history."""
    directive = _directive(request, pk)
    relations = queries.relations_of(directive)
    events = [
        {"who": event.actor_name or _("Hệ thống"), "post": event.post_title, "what": event.sentence, "at": event.at,
         "icon": "history"}
        for event in Event.objects.about(directive).order_by("-id")
    ]  # fmt: skip
    mention = first_mention(
        directive.kind.abbreviation, directive.code or None, directive.dated_on, directive.issuer, directive.subject
    )
    context = {
        "directive": directive,
        "lead": directive.subject if directive.code else "",
        "first_mention": mention,
        "notes": queries.notes_of(directive),
        "groups": queries.dependents_of(directive, request.post, timezone.localdate()),
        "relations": relations,
        "successors": queries.successors(relations),
        "namesakes": queries.namesakes(directive),
        "files": list(directive.files.all()),
        "history": events,
        "may_record": has_permission(request.post, register.RECORD, directive.organisation),
        "may_note": has_permission(request.post, register.NOTE, directive.organisation),
        "is_withdrawn": directive.validity == Validity.WITHDRAWN,
    }
    return render(request, "directives/detail.html", context)


@require_safe
def file(request: Request, pk: int, file_pk: int) -> HttpResponse:
    """The kept bytes: downloaded, or with ?xem shown by the browser where it can."""
    kept = get_object_or_404(DirectiveFile, pk=file_pk, directive=_directive(request, pk))
    is_shown = "xem" in request.GET and kept.media_type in files.SHOWN
    headers = {
        "Content-Disposition": content_disposition_header(not is_shown, kept.name) or "attachment",
        "Cache-Control": "private, no-transform",
        "ETag": f'"{kept.sha256}"',
    }
    return HttpResponse(archive.read(kept), content_type=kept.media_type, headers=headers)


# --- entering and correcting ------------------------------------------------------------------------------------------
def _known(form: DirectiveForm, by: Appointment, apart_from: int | None = None) -> register.Match:
    data = form.cleaned_data
    return register.match(
        organisation=by.organisation, kind=data["kind"].abbreviation, code=data["code"] or None,
        subject=data["subject"], dated_on=data["dated_on"], issuer=data["issuer"], strict_issuer=True,
        apart_from=apart_from,
    )  # fmt: skip


def _recognise(request: Request, text: str) -> tuple[PasteForm, dict[str, Any], dict[str, Any]]:
    """The pasted sentence's form, the fields it fills, and what the page says about it."""
    paste = PasteForm({"text": text})
    if not paste.is_valid():
        return paste, {}, {}
    found = parse(paste.cleaned_data["text"])
    if not found:
        return paste, {}, {"nothing_recognised": True}
    first = found[0]
    known = register.match(
        organisation=request.post.organisation, kind=first.kind or register.OTHER, code=first.code,
        subject=first.subject, dated_on=first.date, issuer=first.issuer, strict_issuer=True,
    )  # fmt: skip
    said = {"recognised": first, "more": found[1:], "known": known.directive, "doubts": known.doubts}
    return paste, DirectiveForm.initial_of(first), said


def create(request: Request) -> HttpResponse:
    """Enter a document: by hand, or filled from a sentence (pasted, or ?text= from another page)."""
    _need(request, register.RECORD)
    text = request.POST.get("text") if request.method == "POST" else request.GET.get("text")
    if text is not None:
        paste, initial, said = _recognise(request, text)
        form: DirectiveForm = NewDirectiveForm(initial=initial | {"received_on": timezone.localdate()})
        return render(request, "directives/create.html", {"paste": paste, "form": form, **said})
    if request.method != "POST":
        form = NewDirectiveForm(initial={"received_on": timezone.localdate()})
        return render(request, "directives/create.html", {"paste": PasteForm(), "form": form})
    form = NewDirectiveForm(request.POST, request.FILES)
    if form.is_valid():
        known = _known(form, request.post)
        if known.directive or (known.doubts and not form.cleaned_data["anyway"]):
            return _ask(request, "directives/create.html", form, known, paste=PasteForm())
        made = _entered(request, form)
        if made is not None:
            return redirect("directives:detail", made.pk)
    return render(request, "directives/create.html", {"paste": PasteForm(), "form": form})


def _entered(request: Request, form: DirectiveForm) -> Directive | None:
    """The new entry, or None with the refusal as an error of the form."""
    day, file = form.cleaned_data["received_on"], form.cleaned_data["file"]
    try:
        made = register.enter(
            content=form.content(), received_on=day, file=file, by=request.post, at=timezone.now()
        )
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None
    number = _("Số đến %(number)s.") % {"number": made.received_number} if made.received_number else ""
    messages.success(request, _("Đã vào sổ %(mention)s. %(number)s") % {"mention": made.mention, "number": number})
    return made


def _done(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do it; a refusal becomes an error of the form."""
    try:
        act()
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _ask(
    request: Request, template: str, form: DirectiveForm, known: register.Match, **context: Any
) -> HttpResponse:
    """The form again, with the document that is there already or the ones that may be meant: the person decides."""
    if known.doubts:
        form.ask_anyway()
    context |= {"form": form, "known": known.directive, "doubts": known.doubts, "asks": True}
    return render(request, template, context)


def edit(request: Request, pk: int) -> HttpResponse:
    """Correct what the register says."""
    directive = _directive(request, pk)
    _need(request, register.RECORD)
    form = EditDirectiveForm(request.POST or None, initial=EditDirectiveForm.initial_from(directive))
    context = {"directive": directive, "form": form}
    if request.method == "POST" and form.is_valid():
        known = _known(form, request.post, apart_from=directive.pk)
        is_same = known.directive and known.directive.dated_on == form.cleaned_data["dated_on"]
        if is_same or (_identity_changed(form) and known.doubts and not form.cleaned_data["anyway"]):
            return _ask(request, "directives/edit.html", form, known, directive=directive)
        if _done(
            form,
            lambda: register.correct(directive=directive, by=request.post, at=timezone.now(), **form.content()),
        ):
            messages.success(request, _("Đã lưu thông tin văn bản."))
            return redirect("directives:detail", pk)
    return render(request, "directives/edit.html", context)


def _identity_changed(form: forms.Form) -> bool:
    return bool({"kind", "code", "dated_on", "issuer"} & set(form.changed_data))


# --- one act, one small form ------------------------------------------------------------------------------------------
def _act(
    request: Request, directive: Directive, form: Any, save: Callable[[dict[str, Any]], Any], *, title: str,
    submit: str, done: str, lead: str = "",
) -> HttpResponse:  # fmt: skip
    """Show `form`, or save what it says and go back to the directive."""
    if request.method == "POST" and form.is_valid() and _done(form, lambda: save(form.cleaned_data)):
        messages.success(request, done)
        return redirect("directives:detail", directive.pk)
    context = {"directive": directive, "form": form, "title": title, "submit": submit, "lead": lead}
    return render(request, "directives/act.html", context)


def receive(request: Request, pk: int) -> HttpResponse:
    directive = _directive(request, pk)
    _need(request, register.RECORD)
    return _act(
        request, directive, ReceiveForm(request.POST or None),
        lambda data: register.receive(directive=directive, on=data["on"], by=request.post, at=timezone.now()),
        title=_("Cấp số đến"), submit=_("Cấp số đến"), done=_("Đã cấp số đến."),
        lead=_("Số tiếp theo của sổ văn bản đến trong năm, không bỏ trống số nào."),
    )  # fmt: skip


def relate(request: Request, pk: int) -> HttpResponse:
    directive = _directive(request, pk)
    _need(request, register.RECORD)

    def save(data: dict[str, Any]) -> None:
        kind = DirectiveRelation.Kind(data["relation"].removeprefix("-"))
        ends = (directive, data["target"])
        source, target = reversed(ends) if data["relation"].startswith("-") else ends
        register.relate(source=source, kind=kind, target=target, by=request.post, at=timezone.now())

    return _act(
        request, directive, RelateForm(request.POST or None, directive=directive, by=request.post), save,
        title=_("Quan hệ với văn bản khác"), submit=_("Ghi quan hệ"), done=_("Đã ghi quan hệ."),
        lead=_("Văn bản bị thay thế hoặc được sửa đổi sẽ đổi hiệu lực theo."),
    )  # fmt: skip


def validity(request: Request, pk: int) -> HttpResponse:
    directive = _directive(request, pk)
    _need(request, register.RECORD)
    initial = {"validity": directive.validity, "until": directive.valid_until}
    return _act(
        request, directive, ValidityForm(request.POST or None, initial=initial),
        lambda data: register.set_validity(
            directive=directive, validity=Validity(data["validity"]), until=data["until"], by=request.post,
            at=timezone.now(),
        ),
        title=_("Hiệu lực"), submit=_("Lưu hiệu lực"), done=_("Đã lưu hiệu lực."),
        lead=_("Kế hoạch dẫn văn bản hết hiệu lực làm căn cứ sẽ được nhắc."),
    )  # fmt: skip


def note(request: Request, pk: int) -> HttpResponse:
    directive = _directive(request, pk)
    _need(request, register.NOTE)
    return _act(
        request, directive, NoteForm(request.POST or None, by=request.post),
        lambda data: register.note(
            directive=directive, text=data["text"], lead_unit=data["lead_unit"],
            cooperating_units=list(data["cooperating_units"]), due_on=data["due_on"], by=request.post,
            at=timezone.now(),
        ),
        title=_("Ý kiến chỉ đạo"), submit=_("Ghi ý kiến"), done=_("Đã ghi ý kiến chỉ đạo."),
        lead=_("Đơn vị chủ trì, đơn vị phối hợp và thời hạn (Nghị định 30/2020/NĐ-CP, Điều 23)."),
    )  # fmt: skip


def add_file(request: Request, pk: int) -> HttpResponse:
    directive = _directive(request, pk)
    _need(request, register.RECORD)
    return _act(
        request, directive, FileForm(request.POST or None, request.FILES or None),
        lambda data: register.add_file(
            directive=directive, name=data["file"][0], data=data["file"][1], by=request.post, at=timezone.now()
        ),
        title=_("Đính kèm tệp"), submit=_("Đính kèm"), done=_("Đã đính kèm tệp."),
        lead=_("Tệp được giữ nguyên từng byte. Không tải lên nội dung mật."),
    )  # fmt: skip
