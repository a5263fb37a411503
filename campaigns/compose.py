"""A plan as official text, with the same number of queries whatever its length."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.utils.translation import override

from campaigns import outline
from campaigns.models import ItemStyle, Plan, PlanBase, Task, TaskUnit
from campaigns.states import Rhythm, TaskState
from documents import heading, layout
from documents.models import Document
from units.models import Unit

COLUMNS = (
    layout.Column(5, layout.Align.CENTRE),
    layout.Column(38),
    layout.Column(16),
    layout.Column(17),
    layout.Column(13, layout.Align.CENTRE),
    layout.Column(14),
)
HEADS = ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm")
RHYTHMS = {
    Rhythm.REGULAR: "Thường xuyên",
    Rhythm.WEEKLY: "Hằng tuần",
    Rhythm.MONTHLY: "Hằng tháng",
    Rhythm.QUARTERLY: "Hằng quý",
}


def load(document: Document) -> Plan:
    """The plan of a document with everything that is printed or checked. Six queries."""
    return Plan.objects.with_document().prefetch_related(*content()).get(document=document)


def content() -> list[str | Prefetch]:
    """What to prefetch of a plan to print or check it. Five queries."""
    bases = PlanBase.objects.select_related("directive__kind")
    tasks = Task.objects.select_related("lead_unit")
    helpers = TaskUnit.objects.select_related("unit")
    return [
        Prefetch("bases", bases),
        "items",
        Prefetch("tasks", tasks),
        Prefetch("tasks__cooperating", helpers),
        "document__recipients",
    ]


def printed_tasks(plan: Plan) -> list[Task]:
    """The plan's tasks that its text gives out, in order."""
    return [task for task in plan.tasks.all() if task.state != TaskState.WITHDRAWN and not task.is_supplementary]


def due_text(task: Task) -> str:
    """The deadline as the appendix says it: the plan's own wording, else the day, else the rhythm."""
    if task.due_wording:
        return task.due_wording
    if task.due_on:
        return f"{task.due_on:%d/%m/%Y}"
    return RHYTHMS.get(Rhythm(task.rhythm), "")


def _block(node: outline.Node) -> layout.Block:
    if node.item.style == ItemStyle.SECTION:
        return layout.Heading(level=1, marker=node.marker, text=node.item.text)
    if node.is_title:
        return layout.Heading(level=2, marker=node.marker, text=node.item.text)
    return layout.Paragraph(text=node.item.text, marker=node.marker or None, level=node.depth)


def _rows(tasks: Iterable[Task]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(position),
            task.text,
            task.lead_unit.label,
            "\n".join(part.unit.label for part in task.cooperating.all()),
            due_text(task),
            task.expected_product,
        )
        for position, task in enumerate(tasks, start=1)
    )


def _appendices(plan: Plan) -> tuple[layout.Appendix, ...]:
    tasks = printed_tasks(plan) if plan.prints_tasks else []
    if not tasks:
        return ()
    table = layout.Table(columns=COLUMNS, header=HEADS, rows=_rows(tasks))
    return (layout.Appendix(title="Phân công nhiệm vụ", blocks=(table,), is_landscape=len(tasks) > 4),)


def short_form(unit: Unit) -> str:
    """The abbreviation of a drafting unit after "Lưu: VT," (NĐ 30/2020, Phụ lục I, II.9.b)."""
    return unit.symbol or unit.label


def official_text(plan: Plan) -> layout.OfficialText:
    """What is printed of a loaded plan. No query besides the letterhead's and the house rules'."""
    document = plan.document
    return layout.OfficialText(
        kind=layout.Kind.PLAN,
        profile=heading.profile_of(document),
        lookup=heading.lookup_of(document),
        head=heading.head_of(document),
        title=document.title,
        signer=heading.signer_of(document),
        bases=tuple(base.text for base in plan.bases.all()),
        opening=plan.opening,
        blocks=tuple(_block(node) for node in outline.flat(plan.items.all())),
        closing=plan.closing,
        recipients=tuple(line.text for line in document.recipients.all()),
        drafting_unit=short_form(document.drafting_unit),
        appendices=_appendices(plan),
    )


def compose(document: Document) -> layout.OfficialText:
    """The whole text of a plan's document, in Vietnamese whatever the reader's language."""
    with override("vi"):
        return official_text(load(document))
