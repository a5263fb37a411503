"""One act on a directive, one small form: number, relation, validity, note, requirement, file, doubt."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directives import doubts, notes, register, relations
from directives.access import directive_or_404, need
from directives.forms import (
    FileForm,
    FinishForm,
    NoteForm,
    ReceiveForm,
    RelateForm,
    ReopenForm,
    RequirementForm,
    ValidityForm,
)
from directives.models import Directive, DirectiveNote, DirectiveRelation, Requirement, Validity
from units.permissions import NotAllowed
from units.web import Request


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


def _done(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do it; a refusal becomes an error of the form."""
    try:
        act()
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _press(request: Request, directive_pk: int, act: Callable[[], Any], done: str) -> HttpResponse:
    """One press without a form: do it, or say why not, and go to the directive."""
    try:
        act()
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("directives:detail", directive_pk)


def receive(request: Request, pk: int) -> HttpResponse:
    directive = directive_or_404(request, pk)
    need(request, register.RECORD)
    return _act(
        request, directive, ReceiveForm(request.POST or None),
        lambda data: register.receive(directive=directive, on=data["on"], by=request.post, at=timezone.now()),
        title=_("Cấp số đến"), submit=_("Cấp số đến"), done=_("Đã cấp số đến."),
        lead=_("Số tiếp theo của sổ văn bản đến trong năm, không bỏ trống số nào."),
    )  # fmt: skip


def add_file(request: Request, pk: int) -> HttpResponse:
    directive = directive_or_404(request, pk)
    need(request, register.RECORD)
    return _act(
        request, directive, FileForm(request.POST or None, request.FILES or None),
        lambda data: register.add_file(
            directive=directive, name=data["file"][0], data=data["file"][1], by=request.post, at=timezone.now()
        ),
        title=_("Đính kèm tệp"), submit=_("Đính kèm"), done=_("Đã đính kèm tệp."),
        lead=_("Tệp được giữ nguyên từng byte. Không tải lên nội dung mật."),
    )  # fmt: skip


# --- how it stands to others ------------------------------------------------------------------------------------------
def relate(request: Request, pk: int) -> HttpResponse:
    directive = directive_or_404(request, pk)
    need(request, register.RECORD)

    def save(data: dict[str, Any]) -> None:
        kind = DirectiveRelation.Kind(data["relation"].removeprefix("-"))
        ends = (directive, data["target"])
        source, target = reversed(ends) if data["relation"].startswith("-") else ends
        relations.relate(source=source, kind=kind, target=target, by=request.post, at=timezone.now())

    return _act(
        request, directive, RelateForm(request.POST or None, directive=directive, by=request.post), save,
        title=_("Quan hệ với văn bản khác"), submit=_("Ghi quan hệ"), done=_("Đã ghi quan hệ."),
        lead=_("Văn bản bị thay thế hoặc được sửa đổi sẽ đổi hiệu lực theo."),
    )  # fmt: skip


@require_POST
def unrelate(request: Request, pk: int, relation_pk: int) -> HttpResponse:
    directive = directive_or_404(request, pk)
    need(request, register.RECORD)
    mine = DirectiveRelation.objects.filter(source=directive) | DirectiveRelation.objects.filter(target=directive)
    relation = get_object_or_404(mine.select_related("source__organisation", "target"), pk=relation_pk)
    act = lambda: relations.unrelate(relation=relation, by=request.post, at=timezone.now())  # noqa: E731
    return _press(request, pk, act, _("Đã bỏ quan hệ."))


def validity(request: Request, pk: int) -> HttpResponse:
    directive = directive_or_404(request, pk)
    need(request, register.RECORD)
    initial = {"validity": directive.validity, "until": directive.valid_until}
    return _act(
        request, directive, ValidityForm(request.POST or None, initial=initial),
        lambda data: relations.set_validity(
            directive=directive, validity=Validity(data["validity"]), until=data["until"], by=request.post,
            at=timezone.now(),
        ),
        title=_("Hiệu lực"), submit=_("Lưu hiệu lực"), done=_("Đã lưu hiệu lực."),
        lead=_("Kế hoạch dẫn văn bản hết hiệu lực làm căn cứ sẽ được nhắc."),
    )  # fmt: skip


@require_POST
def settle(request: Request, pk: int, other_pk: int) -> HttpResponse:
    """The doubt about two entries of one code is over: one document (this one stays), or two."""
    directive, other = directive_or_404(request, pk), directive_or_404(request, other_pk)
    need(request, register.RECORD)
    who: dict[str, Any] = {"by": request.post, "at": timezone.now()}
    if request.POST.get("answer") == "same":
        words = _("Đã gộp làm một văn bản; tệp, ý kiến và quan hệ đã chuyển sang.")
        return _press(request, pk, lambda: doubts.merge(kept=directive, dropped=other, **who), words)
    words = _("Đã ghi nhận là hai văn bản khác nhau.")
    return _press(request, pk, lambda: doubts.distinguish(directive=directive, other=other, **who), words)


# --- what it asks for -------------------------------------------------------------------------------------------------
def note(request: Request, pk: int) -> HttpResponse:
    directive = directive_or_404(request, pk)
    need(request, notes.NOTE)
    return _act(
        request, directive, NoteForm(request.POST or None, by=request.post),
        lambda data: notes.note(
            directive=directive, text=data["text"], lead_unit=data["lead_unit"],
            cooperating_units=list(data["cooperating_units"]), due_on=data["due_on"], by=request.post,
            at=timezone.now(),
        ),
        title=_("Ý kiến chỉ đạo"), submit=_("Ghi ý kiến"), done=_("Đã ghi ý kiến chỉ đạo."),
        lead=_("Đơn vị chủ trì, đơn vị phối hợp và thời hạn (Nghị định 30/2020/NĐ-CP, Điều 23)."),
    )  # fmt: skip


def _note(directive: Directive, note_pk: int) -> DirectiveNote:
    return get_object_or_404(directive.notes.select_related("lead_unit", "directive__organisation"), pk=note_pk)


@require_POST
def accept(request: Request, pk: int, note_pk: int) -> HttpResponse:
    given = _note(directive_or_404(request, pk), note_pk)
    act = lambda: notes.accept(given=given, by=request.post, at=timezone.now())  # noqa: E731
    return _press(request, pk, act, _("Đã ký nhận văn bản."))


def finish(request: Request, pk: int, note_pk: int) -> HttpResponse:
    directive = directive_or_404(request, pk)
    given = _note(directive, note_pk)
    need(request, notes.CARRY_OUT)
    return _act(
        request, directive, FinishForm(request.POST or None),
        lambda data: notes.finish(given=given, result=data["result"], by=request.post, at=timezone.now()),
        title=_("Báo hoàn thành"), submit=_("Báo hoàn thành"), done=_("Đã báo hoàn thành."), lead=given.text,
    )  # fmt: skip


def reopen(request: Request, pk: int, note_pk: int) -> HttpResponse:
    directive = directive_or_404(request, pk)
    given = _note(directive, note_pk)
    need(request, notes.NOTE)
    return _act(
        request, directive, ReopenForm(request.POST or None),
        lambda data: notes.reopen(given=given, reason=data["reason"], by=request.post, at=timezone.now()),
        title=_("Yêu cầu làm tiếp"), submit=_("Yêu cầu làm tiếp"), done=_("Đã yêu cầu đơn vị làm tiếp."),
        lead=given.result,
    )  # fmt: skip


def requirement(request: Request, pk: int, requirement_pk: int | None = None) -> HttpResponse:
    """Add a requirement, or change, tick off or remove one."""
    directive = directive_or_404(request, pk)
    need(request, register.RECORD)
    kept = get_object_or_404(Requirement, pk=requirement_pk, directive=directive) if requirement_pk else None
    initial = {"text": kept.text, "due_on": kept.due_on, "is_done": kept.done_at is not None} if kept else {}
    return _act(
        request, directive, RequirementForm(request.POST or None, initial=initial),
        lambda data: notes.save_requirement(
            directive=directive, requirement=kept, by=request.post, at=timezone.now(), **data
        ),
        title=_("Yêu cầu của văn bản"), submit=_("Lưu yêu cầu"), done=_("Đã lưu yêu cầu."),
        lead=_("Điều văn bản giao cơ quan làm, kèm thời hạn ghi trong văn bản."),
    )  # fmt: skip
