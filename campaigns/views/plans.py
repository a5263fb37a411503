"""Pages of plans: the list, a plan as it will read with its parts written in place."""

from collections import defaultdict
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaigns import checks, compose, outline
from campaigns.comments import with_comments
from campaigns.forms.plans import HeadForm
from campaigns.models import Plan, PlanBase, PlanItem, Task, TaskUnit
from campaigns.states import TaskState
from campaigns.views import plan_checks
from campaigns.workflow import plans
from directives.recognition import recognise
from documents import after_issue, heading, permissions, presentation
from documents.models import Document, Recipient
from documents.states import BEFORE_SIGNATURE, IN_FORCE, DocumentMove, DocumentState
from units.models import Unit
from units.permissions import NotAllowed, has_permission
from units.reading import only_columns, with_columns
from units.web import Request, whole_number

ROWS = 25
REMOVED = "campaigns.removed"
"""Under this name the session, and the signature, keep what was taken out of a plan."""
SHORTEST_SEARCH = 3
LIST_COLUMNS = (
    "document__title", "document__code", "document__state", "document__issued_on", "document__drafting_unit__name",
    "document__drafting_unit__short_name", "campaign__name",
)  # fmt: skip
PLAN_COLUMNS = (
    "plan__campaign__name", "plan__opening", "plan__closing", "plan__year", "plan__prints_tasks", "plan__kept_findings",
    "plan__extension_decider", "signer__unit__organisation", "signer__unit__kind", "signer__unit__short_name",
    "council__name", "council__kind",
    "plan__imported_from__name", "plan__copied_from__year", "plan__copied_from__document__code",
    "plan__copied_from__document__title",
)  # fmt: skip


def _reader(request: Request) -> Any:
    """The post, if it may read its organisation's plans at all."""
    if not has_permission(request.post, "campaigns.plan.read"):
        raise Http404
    return request.post


def own_plan(request: Request, pk: int) -> Plan:
    """A plan of the post's organisation; 404 for every other."""
    rows = Plan.objects.visible_to(_reader(request)).with_document()
    return get_object_or_404(rows, pk=pk)


# --- list -------------------------------------------------------------------------------------------------------------
@require_GET
def plan_list(request: Request) -> HttpResponse:
    post = _reader(request)
    given = {name: request.GET.get(name, "").strip() for name in ("trang-thai", "nam", "don-vi", "q")}
    everything = Plan.objects.visible_to(post).live()
    rows = everything
    if given["trang-thai"] in DocumentState.values:
        rows = rows.filter(document__state=given["trang-thai"])
    if (year := whole_number(given["nam"])) is not None:
        rows = rows.filter(year=year)
    if (unit := whole_number(given["don-vi"])) is not None:
        rows = rows.filter(document__drafting_unit_id=unit)
    if len(given["q"]) >= SHORTEST_SEARCH:
        rows = rows.filter(document__in=Document.objects.search_for(given["q"]))
    counted = with_columns(rows, *LIST_COLUMNS).annotate(
        task_count=Count("tasks", filter=~Q(tasks__state=TaskState.WITHDRAWN)),
        done_count=Count("tasks", filter=Q(tasks__state=TaskState.DONE)),
    )
    page = Paginator(counted.order_by("-id"), ROWS).get_page(request.GET.get("page"))
    years = everything.order_by("-year").values_list("year", flat=True).distinct()
    units = Unit.objects.inside(post.organisation).values_list("pk", "name")
    shown = [state for state in DocumentState if state != DocumentState.DISCARDED]
    filters = [
        {"name": "don-vi", "label": _("Đơn vị soạn thảo"), "value": given["don-vi"], "options": list(units)},
        {
            "name": "trang-thai",
            "label": _("Trạng thái"),
            "value": given["trang-thai"],
            "options": [(s.value, s.label) for s in shown],
        },
        {"name": "nam", "label": _("Năm"), "value": given["nam"], "options": [(year, str(year)) for year in years]},
        {"name": "q", "label": _("Có chữ"), "value": given["q"], "kind": "search"},
    ]
    page_data = {
        "page": page, "filters": filters, "is_filtered": any(given.values()),
        "can_edit": has_permission(post, plans.EDIT),
        "too_short": bool(given["q"]) and len(given["q"]) < SHORTEST_SEARCH,
    }  # fmt: skip
    return render(request, "campaigns/plan_list.html", page_data)


def new(request: Request) -> HttpResponse:
    """A blank plan: title, unit and signer; the rest is written on its page."""
    post = _reader(request)
    if not has_permission(post, plans.EDIT):
        raise Http404
    organisation = post.organisation
    initial = {
        "symbol": heading.symbol(organisation, "KH", timezone.localdate()), "year": timezone.localdate().year,
        "prints_tasks": True, "drafting_unit": post.unit_id,
    }  # fmt: skip
    form = HeadForm(request.POST or None, initial=initial, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            content = plans.PlanText(**form.cleaned_data)
            plan = plans.create_draft(content=content, by=post, at=timezone.now())
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            return redirect("plans:detail", plan.pk)
    return render(request, "campaigns/plan_new.html", {"form": form}, status=422 if form.errors else 200)


# --- a plan -----------------------------------------------------------------------------------------------------------
def page_of(request: Request, pk: int) -> dict[str, Any]:
    """Everything that the page of a plan and its parts show."""
    visible = Document.objects.visible_to(_reader(request)).with_letterhead(timezone.localdate())
    document = get_object_or_404(presentation.with_steps(visible, *PLAN_COLUMNS), plan__pk=pk)
    plan = document.plan
    is_draft = document.state in BEFORE_SIGNATURE
    if is_draft:
        checks.prepare(plan, document.day)
    else:
        prefetch_related_objects([plan], *_shown())
        checks.weigh(plan, document.day)
    at = timezone.now()
    tasks = compose.printed_tasks(plan)
    carried: dict[int | None, list[Task]] = defaultdict(list)
    for task in tasks:
        carried[task.item_id].append(task)
    return {
        "plan": plan,
        "document": document,
        "recipients": list(plan.document.recipients.all()),
        "head": heading.head_of(document),
        "signer": heading.signer_of(document),
        "bases": [
            {"base": base, "part": f"base-{base.pk}", "standing": plan.unfit.get(base.directive_id or 0)}
            for base in plan.bases.all()
        ],
        "nodes": [{"node": node, "tasks": carried.get(node.item.pk, [])} for node in _nodes(plan)],
        "tasks": [{"task": task, "part": f"task-{task.pk}"} for task in tasks],
        "done_count": sum(task.state == TaskState.DONE for task in tasks),
        "can_edit": permissions.can_move(request.post, document, DocumentMove.EDIT, at=at),
        "choices": presentation.choices(document, request.post, at=at),
        "steps": presentation.steps(document),
        "checks": plan_checks.panel(plan) if is_draft else None,
        "is_draft": is_draft,
        "can_copy": document.state in IN_FORCE and has_permission(request.post, plans.EDIT),
        "corrected_by": after_issue.corrected_by(document) if document.is_published else [],
        "source": getattr(plan, "imported_from", None),
        "citations": recognise(_texts(plan), by=request.post),
    }


def _shown() -> list[Prefetch]:
    """What the page shows of the parts of a plan that is written no more. Five queries."""
    tasks = only_columns(
        Task.objects.all(), "plan_id", "position", "item_id", "text", "expected_product", "state", "is_supplementary",
        "due_on", "due_wording", "rhythm", "lead_unit__name", "lead_unit__short_name",
    )  # fmt: skip
    helpers = only_columns(TaskUnit.objects.all(), "task_id", "due_on", "unit__name", "unit__short_name")
    bases = only_columns(
        PlanBase.objects.all(), "plan_id", "position", "text", "directive__code", "directive__subject",
        "directive__kind__abbreviation", "directive__kind__name", "directive__validity", "directive__valid_from",
        "directive__valid_until", "directive__dated_on",
    )  # fmt: skip
    lines = Recipient.objects.only(
        "document_id", "text", "unit_id", "outside_id", "delivered_at", "opened_at", "acknowledged_at"
    )
    return [
        Prefetch("bases", bases),
        Prefetch("items", with_comments(PlanItem.objects.all())),
        Prefetch("tasks", tasks),
        Prefetch("tasks__cooperating", helpers),
        Prefetch("document__recipients", lines),
    ]


def _texts(plan: Plan) -> list[str]:
    """The texts of a plan in which documents may be cited."""
    bases = [base.text for base in plan.bases.all()]
    tasks = [task.text for task in plan.tasks.all()]
    return [*bases, plan.opening, *(item.text for item in plan.items.all()), plan.closing, *tasks]


def _nodes(plan: Plan) -> list[outline.Node]:
    """The paragraphs with their markers and how many comments each has."""
    nodes = outline.flat(plan.items.all())
    for node in nodes:
        node.comments = len(getattr(node.item, "comment_ids", ()))
    return nodes


def tabs_of(pk: int, active: str) -> list[dict[str, Any]]:
    names = (
        ("content", _("Nội dung"), "plans:detail"),
        ("pdf", "PDF", "plans:pdf"),
        ("versions", _("Phiên bản"), "plans:versions"),
        ("history", _("Lịch sử"), "plans:history"),
    )
    return [{"label": label, "url": reverse(url, args=[pk]), "active": name == active} for name, label, url in names]


@require_GET
def detail(request: Request, pk: int) -> HttpResponse:
    """The plan as it will read; its parts are written in place by who may."""
    page = page_of(request, pk) | {"tabs": tabs_of(pk, "content")}
    undo = request.session.get(REMOVED)  # of a browser without scripts; the others show it by themselves
    if undo is not None:
        del request.session[REMOVED]
        page["undo"] = undo if undo["plan"] == pk else None
    return render(request, "campaigns/plan_detail.html", page)


@require_GET
def pdf(request: Request, pk: int) -> HttpResponse:
    plan = own_plan(request, pk)
    page = {"plan": plan, "document": plan.document, "tabs": tabs_of(pk, "pdf")}
    return render(request, "campaigns/plan_pdf.html", page)


@require_GET
def history(request: Request, pk: int) -> HttpResponse:
    plan = own_plan(request, pk)
    entries = presentation.history([plan, plan.document])
    page = {"plan": plan, "document": plan.document, "tabs": tabs_of(pk, "history"), "entries": entries}
    return render(request, "campaigns/plan_history.html", page)
