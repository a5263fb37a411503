"""Writing a plan in place: its parts, its order, what is taken out and put back.

A part saves by itself while it is written (`autosave` in what is sent): the answer is one line and never touches
another form. What changes the order answers with the plan's left side, into which the page puts the open forms back.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from campaigns import outline
from campaigns.forms.differences import differences
from campaigns.forms.plan_tasks import due_of
from campaigns.forms.plans import ListNameForm, PickedBaseForm
from campaigns.models import Plan, PlanBase
from campaigns.plan_content import Removed, removed_from_dict
from campaigns.views import plan_parts
from campaigns.views.plan_parts import Part, Writer
from campaigns.views.plans import REMOVED, own_plan, page_of
from campaigns.workflow import plans, recipient_lists
from directives.models import Directive
from documents import permissions
from documents.states import DocumentMove
from units.fields import DayField
from units.permissions import NotAllowed, Outdated
from units.web import Request, whole_number

MOST_SOURCES = 8
KEPT_FOR = 8 * 3600
"""So many seconds a removal can be undone by its button; after that the versions have it."""


def _version(request: Request) -> int | None:
    return whole_number(request.POST.get("version", ""))


def _may_write(request: Request, plan: Plan) -> bool:
    return permissions.can_move(request.post, plan.document, DocumentMove.EDIT, at=timezone.now())


# --- one part ---------------------------------------------------------------------------------------------------------
def part(request: Request, pk: int, name: str) -> HttpResponse:
    """One part's form: alone in its place (htmx), or as a page of its own. A POST saves it."""
    plan = own_plan(request, pk)
    found = plan_parts.find(plan, name, request.GET.dict())
    if not _may_write(request, plan):
        told = _("Văn bản đã ký hoặc bạn không soạn kế hoạch này: không sửa được nội dung.")
        return _unsaved(request, [told]) if _is_autosave(request) else _refused(request, pk, told)
    form = found.form(request.POST or None)
    form.auto_id = f"id_{_key(request, found)}_%s"  # several forms stand on one page
    if request.method == "POST" and form.is_valid():
        return _save(request, plan, found, form)
    if request.method == "POST" and _is_autosave(request):
        return _unsaved(request, _complaints(form))
    return _form(request, plan, found, form)


def _key(request: Request, found: Part) -> str:
    """What tells this form from the others on the page: new parts by their place."""
    places = [(name, whole_number(request.GET.get(name, ""))) for name in ("sau", "truoc", "trong", "muc")]
    return "-".join([found.name, *(f"{name}{row}" for name, row in places if row is not None)])


def _is_autosave(request: Request) -> bool:
    return bool(request.htmx) and "autosave" in request.POST


def _complaints(form: forms.Form) -> list[str]:
    return [
        f"{form[name].label}: {text}" if name in form.fields else str(text)
        for name, texts in form.errors.items()
        for text in texts
    ]


def _form(request: Request, plan: Plan, found: Part, form: forms.Form, **more: Any) -> HttpResponse:
    page = {"plan": plan, "part": found, "form": form, "version": plan.document.version}
    page |= {"key": _key(request, found)} | found.more() | more
    template = "campaigns/_plan_form.html" if request.htmx else "campaigns/plan_part.html"
    failed = bool(form.errors or more.get("overtaken"))
    return render(request, template, page, status=422 if failed else 200)


def _save(request: Request, plan: Plan, found: Part, form: forms.Form) -> HttpResponse:
    at = timezone.now()
    try:
        name = found.save(form, Writer(request.post, at, _version(request)))
    except Outdated as error:
        return _overtaken(request, plan, found, form, str(error))
    except NotAllowed as error:
        if _is_autosave(request):
            return _unsaved(request, [str(error)])
        form.add_error(None, str(error))
        return _form(request, plan, found, form)
    if not _is_autosave(request):
        return changed(request, plan.pk, saved=name)
    answer = render(request, "campaigns/_plan_saved.html", {"at": at})
    facts = {"part": name, "version": plan.document.version, "url": reverse("plans:part", args=[plan.pk, name])}
    return trigger_client_event(answer, "plan:saved", facts)


def _overtaken(request: Request, plan: Plan, found: Part, form: forms.Form, told: str) -> HttpResponse:
    """Somebody wrote this part after it was opened: both texts are shown, the writer chooses."""
    plan = own_plan(request, plan.pk)
    found = plan_parts.find(plan, found.name, request.GET.dict())
    more = {"overtaken": told, "differences": differences(found.form(None), form)}
    if not request.htmx:
        return _form(request, plan, found, form, **more)
    page = {"plan": plan, "part": found, "version": plan.document.version} | more
    answer = render(request, "campaigns/_plan_conflict.html", page, status=422)
    answer["HX-Retarget"], answer["HX-Reswap"] = f"#form-{_key(request, found)} .part-conflict", "innerHTML"
    return answer


def _unsaved(request: Request, reasons: list[str]) -> HttpResponse:
    return render(request, "campaigns/_plan_unsaved.html", {"reasons": reasons}, status=422)


# --- the page after a change ------------------------------------------------------------------------------------------
def _refused(request: Request, pk: int, told: str) -> HttpResponse:
    """Say why not: on the page that is open, or on the plan's page."""
    if request.htmx:
        answer = HttpResponse(status=204)
        return trigger_client_event(answer, "plan:refused", {"words": told})
    messages.error(request, told)
    return redirect("plans:detail", pk)


def changed(request: Request, pk: int, *, saved: str = "", **more: Any) -> HttpResponse:
    """The plan's left side anew: markers and order follow from what was written. Open forms stay where they are."""
    if not request.htmx:
        return redirect("plans:detail", pk)
    page = page_of(request, pk)
    answer = render(request, "campaigns/_plan_left.html", page | more)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#plan-left", "outerHTML show:none"
    facts = {"part": saved, "version": page["document"].version, "words": more.get("words", "")}
    return trigger_client_event(answer, "plan:changed", facts)


@require_GET
def left(request: Request, pk: int) -> HttpResponse:
    """The left side as it is stored, when a form is closed."""
    return render(request, "campaigns/_plan_left.html", page_of(request, pk))


@require_GET
def aside(request: Request, pk: int) -> HttpResponse:
    """The right side alone: it follows what was saved without touching the forms."""
    return render(request, "campaigns/_plan_aside.html", page_of(request, pk))


# --- order ------------------------------------------------------------------------------------------------------------
def _act(request: Request, pk: int, act: Callable[[dict[str, Any]], Any], words: Callable[[], str]) -> HttpResponse:
    """Do one verb and show the plan again, or say why not."""
    try:
        act({"by": request.post, "at": timezone.now()})
    except NotAllowed as error:
        return _refused(request, pk, str(error))
    return changed(request, pk, words=words())


@require_POST
def arrange(request: Request, pk: int, item: int, way: str) -> HttpResponse:
    """Move an item up or down, one level deeper or higher."""
    plan = own_plan(request, pk)
    row = plan_parts.item_of(plan, item)
    ways: dict[str, Callable[[dict[str, Any]], Any]] = {
        "len": lambda who: plans.move_item(item=row, up=True, **who),
        "xuong": lambda who: plans.move_item(item=row, up=False, **who),
        "vao": lambda who: plans.nest_item(item=row, deeper=True, **who),
        "ra": lambda who: plans.nest_item(item=row, deeper=False, **who),
    }
    if way not in ways:
        raise Http404
    return _act(request, pk, ways[way], lambda: _place(plan, item))


@require_POST
def place(request: Request, pk: int, item: int) -> HttpResponse:
    """Put an item where it was dropped: below `trong` (or on top), in front of `truoc` (or last)."""
    plan = own_plan(request, pk)
    row = plan_parts.item_of(plan, item)
    given = request.POST.dict()
    parent, before = (plan_parts.item_in(plan, given, name) for name in ("trong", "truoc"))
    return _act(
        request,
        pk,
        lambda who: plans.place_item(item=row, parent=parent, before=before, **who),
        lambda: _place(plan, item),
    )


def _place(plan: Plan, item: int) -> str:
    """Where an item stands now, for who cannot see it."""
    nodes = {node.item.pk: node for node in outline.flat(plan.items.all())}
    node = nodes[item]
    name = f"{node.marker} {node.item.text[:60]}".strip()
    above = nodes.get(node.item.parent_id or 0)
    if above is None:
        return _("Bây giờ là %(name)s, ở cấp ngoài cùng.") % {"name": name}
    parent = f"{above.marker} {above.item.text[:60]}".strip()
    return _("Bây giờ là %(name)s, trong %(parent)s.") % {"name": name, "parent": parent}


@require_POST
def arrange_base(request: Request, pk: int, base: int, way: str) -> HttpResponse:
    """Move a legal basis up or down."""
    if way not in ("len", "xuong"):
        raise Http404
    plan = own_plan(request, pk)
    row = plan_parts.base_of(plan, base)
    return _act(
        request, pk, lambda who: plans.move_base(base=row, up=way == "len", **who), lambda: _base_place(plan, base)
    )


def _base_place(plan: Plan, base: int) -> str:
    keys = list(plan.bases.order_by("position", "id").values_list("pk", flat=True))
    return _("Bây giờ là căn cứ thứ %(place)s trong %(count)s.") % {"place": keys.index(base) + 1, "count": len(keys)}


# --- taking out and putting back --------------------------------------------------------------------------------------
@require_POST
def remove(request: Request, pk: int, kind: str, row: int) -> HttpResponse:
    """Take a base, an item (with what is below it) or a planned task out of the draft; one press takes it back."""
    plan = own_plan(request, pk)
    who: dict[str, Any] = {"by": request.post, "at": timezone.now(), "version": _version(request)}
    kinds: dict[str, Callable[[], Removed]] = {
        "can-cu": lambda: plans.remove_base(base=plan_parts.base_of(plan, row), **who),
        "muc": lambda: plans.remove_item(item=plan_parts.item_of(plan, row), **who),
        "nhiem-vu": lambda: plans.remove_task(task=plan_parts.task_of(plan, row), **who),
    }
    if kind not in kinds:
        raise Http404
    try:
        removed = kinds[kind]()
    except NotAllowed as error:
        return _refused(request, pk, str(error))
    token = signing.dumps({"plan": pk, "removed": removed.as_dict()}, salt=REMOVED, compress=True)
    undo = {"token": token, "text": _removed_words(removed)}
    if not request.htmx:
        request.session[REMOVED] = undo | {"plan": pk}
    return changed(request, pk, undo=undo, words=undo["text"])


def _removed_words(removed: Removed) -> str:
    if removed.base is not None:
        return _("Đã bỏ một căn cứ.")
    if removed.task is not None:
        return _("Đã bỏ một nhiệm vụ.")
    below = len(removed.items) - 1
    return _("Đã bỏ mục và %(count)s đoạn bên dưới.") % {"count": below} if below else _("Đã bỏ một đoạn.")


@require_POST
def put_back(request: Request, pk: int) -> HttpResponse:
    """Undo a removal: the page kept what was taken out, signed."""
    plan = own_plan(request, pk)
    try:
        kept = signing.loads(request.POST.get("token", ""), salt=REMOVED, max_age=KEPT_FOR)
    except signing.BadSignature:
        return _refused(request, pk, _("Đã quá lâu để hoàn tác; hãy lấy lại từ các phiên bản."))
    if kept["plan"] != pk:
        raise Http404
    removed = removed_from_dict(kept["removed"])
    return _act(
        request, pk, lambda who: plans.put_back(plan=plan, removed=removed, **who), lambda: _("Đã lấy lại phần vừa bỏ.")
    )


# --- bases from the register ------------------------------------------------------------------------------------------
@require_GET
def sources(request: Request, pk: int) -> HttpResponse:
    """Directives of the register that may become a base: by words without marks, else the latest."""
    plan = own_plan(request, pk)
    if not _may_write(request, plan):
        raise Http404
    taken = PlanBase.objects.filter(plan=plan, directive__isnull=False).values("directive")
    asked = request.GET.get("q", "").strip()
    rows = Directive.objects.visible_to(request.post).exclude(pk__in=taken).containing(asked).for_list()
    page = {"plan": plan, "directives": list(rows[:MOST_SOURCES]), "asked": asked}
    return render(request, "campaigns/_plan_sources.html", page)


@require_POST
def pick_base(request: Request, pk: int) -> HttpResponse:
    """A directive of the register becomes a base; its sentence is made from the record."""
    plan = own_plan(request, pk)
    form = PickedBaseForm(request.POST, by=request.post)
    if not form.is_valid():
        return _refused(request, pk, _("Văn bản này không có trong sổ của cơ quan."))
    return _act(
        request, pk, lambda who: plans.add_base(plan=plan, **form.cleaned_data, **who), lambda: _("Đã thêm căn cứ.")
    )


# --- helps while writing ----------------------------------------------------------------------------------------------
@require_GET
def due(request: Request, pk: int) -> HttpResponse:
    """The day that a wording means, beside the field."""
    plan = own_plan(request, pk)
    wording = request.GET.get("due_wording", "")[:200]
    day, rhythm = due_of(wording, plan.year) if wording.strip() else (None, "")
    try:
        typed = DayField(required=False).clean(request.GET.get("due_on", ""))
    except forms.ValidationError:
        typed = None
    page = {"wording": wording, "day": day, "rhythm": rhythm, "typed": typed}
    return render(request, "campaigns/_plan_due.html", page)


@require_POST
def keep_recipients(request: Request, pk: int) -> HttpResponse:
    """Keep the recipients of the plan as a list of the organisation."""
    plan = own_plan(request, pk)
    form = ListNameForm(request.POST)
    if not form.is_valid():
        return _refused(request, pk, _("Hãy ghi danh sách dùng cho việc gì."))
    return _act(
        request,
        pk,
        lambda who: recipient_lists.keep(plan=plan, name=form.cleaned_data["name"], **who),
        lambda: _("Đã lưu danh sách nơi nhận."),
    )
