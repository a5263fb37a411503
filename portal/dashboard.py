"""What stands on the home page, by post: one query function a block, each returning plain dataclasses."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Window
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from campaigns import rhythm, workdays
from campaigns.filters import ASKING, OPEN_STATES, WAITING
from campaigns.models import ExtensionRequest, Task
from campaigns.models.task import TaskQuerySet
from campaigns.queries import (
    DeadlineCounts,
    UnitTasks,
    by_unit,
    not_accepted,
    not_reported,
    open_counts,
    red_spots,
    total,
)
from campaigns.states import DeadlineClass, ExtensionDecider, ExtensionState, TaskState
from directives.models import Directive, DirectiveNote
from documents.models import Document, Recipient
from documents.states import PUBLISHED, DocumentState
from notifications.models import Message
from reports.models import Contribution
from units.models import Appointment, Unit, User
from units.permissions import has_permission
from units.reading import with_columns
from units.roles import Role

MOST = 6  # sentences of one kind; the rest is one sentence with a link to the list
MOST_DOCUMENTS = 30  # each is signed, numbered or checked one by one


@dataclass(frozen=True)
class Todo:
    """A sentence with its one button."""

    text: str
    url: str
    action: str
    tone: str = "soon"
    icon: str = "open"
    note: str = ""
    stands_for: int = 1  # of how many things it speaks


@dataclass(frozen=True)
class DocumentStep:
    """What a home page says of an official file in a state: what it waits for, the button's verb, the icon."""

    words: "str | Promise"
    action: "str | Promise"
    icon: str


DOCUMENT_STEPS = {
    DocumentState.PROPOSED: DocumentStep(lazy("Chờ xác nhận nội dung"), lazy("Xem và xác nhận"), "check"),
    DocumentState.SUBMITTED: DocumentStep(lazy("Chờ kiểm tra thể thức"), lazy("Kiểm tra"), "check"),
    DocumentState.CHECKED: DocumentStep(lazy("Chờ ký"), lazy("Xem và ký"), "sign"),
    DocumentState.SIGNED: DocumentStep(lazy("Đã ký, chờ cấp số"), lazy("Cấp số"), "number"),
    DocumentState.NUMBERED: DocumentStep(lazy("Đã cấp số, chờ ban hành"), lazy("Đóng dấu và ban hành"), "seal"),
    DocumentState.RETURNED: DocumentStep(lazy("Bị trả lại"), lazy("Xem và sửa"), "returned"),
}


def documents_waiting(by: Appointment) -> list[Todo]:
    """Official files whose next step is the post's own. One query."""
    waiting = with_columns(
        Document.objects.waiting_for(by).order_by("id"), "plan__id", "report__id", "drafting_unit__name"
    )[:MOST_DOCUMENTS]
    return [_document_todo(document) for document in waiting]


def _document_todo(document: Document) -> Todo:
    step = DOCUMENT_STEPS[DocumentState(document.state)]
    owner = "plans:detail" if document.type == "campaigns.plan" else "reports:detail"
    owned = document.plan if document.type == "campaigns.plan" else document.report
    signs = document.state == DocumentState.CHECKED
    return Todo(
        text=f"{step.words}: {document.definition.label} {document.title}",
        url=reverse("documents:sign", args=[document.pk]) if signs else reverse(owner, args=[owned.pk]),
        action=str(step.action),
        tone="overdue" if document.state == DocumentState.RETURNED else "soon",
        icon=step.icon,
        note=document.return_reason or document.drafting_unit.name,
    )


def tasks_waiting(by: Appointment) -> tuple[list[Todo], int]:
    """Tasks whose next step is the post's own, the soonest first, and how many there are in all. One query."""
    counted = Task.objects.visible_to(by).waiting_for(by).annotate(of=Window(Count("pk")))
    shown = with_columns(counted, "lead_unit__name", "lead_unit__short_name")
    found = list(shown.order_by(F("due_on").asc(nulls_last=True), "id")[:MOST])
    total = found[0].of if found else 0
    todos = [_task_todo(task) for task in found]
    if total > len(found):
        todos.append(_rest(total - len(found), _task_list(state=WAITING)))
    return todos, total


def _rest(count: int, url: str) -> Todo:
    words = ngettext("Và %(count)s nhiệm vụ nữa như vậy", "Và %(count)s nhiệm vụ nữa như vậy", count)
    return Todo(words % {"count": count}, url, _("Xem tất cả"), icon="tasks", stands_for=count)


def entries_missed(by: Appointment, on: date) -> list[Todo]:
    """Rhythm tasks of a head's unit whose last period passed without an entry. One query, more when there are any."""
    if by.role not in (Role.UNIT_HEAD, Role.CHIEF):
        return []
    regular = Task.objects.visible_to(by).led_by(by.unit_id)
    count = rhythm.missing(regular, on, workdays.load()).count() if regular.recurring().exists() else 0
    if not count:
        return []
    words = ngettext(
        "%(count)s nhiệm vụ thường xuyên thiếu báo cáo kỳ vừa qua",
        "%(count)s nhiệm vụ thường xuyên thiếu báo cáo kỳ vừa qua", count,
    ) % {"count": count}  # fmt: skip
    return [Todo(words, _task_list(unit=by.unit_id, missed=1), _("Xem"), tone="overdue", icon="repeat")]


def _task_todo(task: Task) -> Todo:
    words, action, icon = {
        TaskState.ASSIGNED: (_("Nhiệm vụ mới giao"), _("Nhận việc"), "send"),
        TaskState.AWAITING: (_("Chờ bạn xác nhận kết quả"), _("Xác nhận"), "hourglass"),
        TaskState.HANDED_BACK: (_("Đơn vị trả lại nhiệm vụ"), _("Giao lại"), "returned"),
        TaskState.ACCEPTED: (_("Bạn được phân công"), _("Báo cáo tiến độ"), "working"),
        TaskState.REDO: (_("Phải làm lại"), _("Báo cáo tiến độ"), "repeat"),
    }[TaskState(task.state)]
    due = _("hạn %(day)s") % {"day": f"{task.due_on:%d/%m/%Y}"} if task.due_on else task.due_wording
    return Todo(
        text=f"{words}: {task.text}",
        url=reverse("tasks:detail", args=[task.pk]),
        action=action,
        tone="overdue" if task.state in (TaskState.HANDED_BACK, TaskState.REDO) else "soon",
        icon=icon,
        note=" · ".join(part for part in (task.lead_unit.label, due) if part),
    )


def notes_waiting(by: Appointment, on: date) -> list[Todo]:
    """What directors' notes gave to the unit (its head), or documents that came in and wait for a note (a director).

    One query, none for others.
    """
    if has_permission(by, "directives.note.carry_out", by.unit):
        given = DirectiveNote.objects.open().led_by(by.unit_id).select_related("directive__kind")
        return [_note_todo(note, on) for note in given.order_by(F("due_on").asc(nulls_last=True), "id")[:MOST]]
    if not has_permission(by, "directives.directive.note"):
        return []
    waiting = Directive.objects.visible_to(by).without_note().count()
    text = ngettext(
        "%(count)s văn bản đến chưa có ý kiến chỉ đạo", "%(count)s văn bản đến chưa có ý kiến chỉ đạo", waiting
    ) % {"count": waiting}
    url = f"{reverse('directives:list')}?{urlencode({'work': 'unnoted'})}"
    return [Todo(text=text, url=url, action=_("Xem và ghi ý kiến"), icon="directives")] if waiting else []


def _note_todo(note: DirectiveNote, on: date) -> Todo:
    words = _("Giao chủ trì") if note.accepted_at is None else _("Đang thực hiện")
    due = _("hạn %(day)s") % {"day": f"{note.due_on:%d/%m/%Y}"} if note.due_on else ""
    return Todo(
        text=f"{words}: {note.directive.mention}",
        url=f"{reverse('directives:detail', args=[note.directive_id])}#y-kien",
        action=_("Xem và ký nhận") if note.accepted_at is None else _("Báo kết quả"),
        tone="overdue" if note.due_on and note.due_on < on else "soon",
        icon="directives",
        note=" · ".join(part for part in (note.text[:160], due) if part),
    )


def extensions_waiting(by: Appointment) -> list[Todo]:
    """Requests for more time that the post may decide. One query, none for others."""
    if not has_permission(by, "campaigns.extension.decide"):
        return []
    asked = ExtensionRequest.objects.filter(state=ExtensionState.ASKED, task__organisation_id=by.organisation_id)
    if by.role != Role.DIRECTOR:
        asked = asked.exclude(task__plan__extension_decider=ExtensionDecider.DIRECTOR)
    counted = asked.annotate(of=Window(Count("pk"))).order_by("id")
    found = list(with_columns(counted, "task__text", "task__lead_unit__name", "task__lead_unit__short_name")[:MOST])
    todos = [_extension_todo(request) for request in found]
    rest = (found[0].of if found else 0) - len(found)
    return [*todos, _rest(rest, _task_list(state=ASKING))] if rest else todos


def _extension_todo(request: ExtensionRequest) -> Todo:
    words = _("%(unit)s xin gia hạn đến %(day)s: %(task)s")
    task, day = request.task, f"{request.proposed_on:%d/%m/%Y}"
    return Todo(
        text=words % {"unit": task.lead_unit.label, "day": day, "task": task.text},
        url=reverse("tasks:detail", args=[task.pk]),
        action=_("Quyết định"),
        icon="clock",
        note=request.reason,
    )


def contributions_waiting(by: Appointment, on: date) -> list[Todo]:
    """Parts of reports that the unit has not sent (a head), or units that are late (the office). One query."""
    missing = Contribution.objects.missing().filter(
        period__closed_at__isnull=True, period__profile__organisation_id=by.organisation_id
    )
    if has_permission(by, "reports.contribution.write", by.unit):
        return [
            Todo(
                text=_("Phần báo cáo của %(unit)s chưa gửi: %(period)s")
                % {"period": each.period.label, "unit": each.unit.label},
                url=reverse("reports:contribution", args=[each.pk]),
                action=_("Xem và gửi"),
                tone="overdue" if on > each.period.due_on else "soon",
                icon="reports",
                note=each.return_reason or _("hạn gửi %(day)s") % {"day": f"{each.period.due_on:%d/%m/%Y}"},
            )
            for each in missing.filter(unit_id=by.unit_id)
            .select_related("period__profile", "unit")
            .order_by("period__due_on")[:MOST]
        ]
    if not has_permission(by, "reports.period.open"):
        return []
    late: dict[int, list[Contribution]] = {}
    overdue = missing.filter(period__due_on__lt=on).select_related("period__profile", "unit")
    for each in overdue.order_by("period_id", "unit__position"):
        late.setdefault(each.period_id, []).append(each)
    return [_late_units(rows) for rows in late.values()]


def _late_units(rows: list[Contribution]) -> Todo:
    period = rows[0].period
    text = ngettext(
        "%(period)s: báo cáo còn thiếu phần của %(count)s đơn vị",
        "%(period)s: báo cáo còn thiếu phần của %(count)s đơn vị",
        len(rows),
    ) % {"period": period.label, "count": len(rows)}
    return Todo(
        text=text,
        url=reverse("reports:period", args=[period.pk]),
        action=_("Xem và nhắc"),
        tone="overdue",
        icon="due-late",
        note=", ".join(each.unit.label for each in rows),
    )


def received_waiting(by: Appointment) -> list[Todo]:
    """Files sent to the unit that nobody there has acknowledged. One query, none for posts that receive nothing."""
    if not has_permission(by, "documents.receive"):
        return []
    lines = Recipient.objects.filter(
        unit_id__in={by.unit_id, by.organisation_id}, acknowledged_at__isnull=True, document__state__in=PUBLISHED
    )
    return [
        Todo(
            text=_("%(body)s gửi %(code)s: %(title)s")
            % {"body": line.document.issuing_body, "code": line.document.code, "title": line.document.title},
            url=reverse("documents:received_detail", args=[line.document_id]),
            action=_("Đọc và xác nhận"),
            icon="mail",
        )
        for line in with_columns(lines, "document__issuing_body", "document__code", "document__title").order_by(
            "-document__issued_at"
        )[:MOST]
    ]


@dataclass(frozen=True)
class Waiting:
    """All that waits for the post; `tasks` is the length of its list of waiting tasks."""

    todos: list[Todo]
    tasks: int

    @property
    def count(self) -> int:
        return sum(todo.stands_for for todo in self.todos)


def waiting(by: Appointment, on: date) -> Waiting:
    """What waits for the post, most pressing first; what is to be signed before everything."""
    tasks, count = tasks_waiting(by)
    rest = [*received_waiting(by), *extensions_waiting(by), *notes_waiting(by, on), *tasks]
    rest += [*entries_missed(by, on), *contributions_waiting(by, on)]
    return Waiting(documents_waiting(by) + sorted(rest, key=lambda todo: todo.tone != "overdue"), count)


@dataclass(frozen=True)
class Deadlines:
    """The open tasks of the post's scope by deadline class; each number links to the list that it counts."""

    title: str
    open: int
    segments: list[dict[str, Any]]  # as components/deadline_bar.html takes them
    numbers: list[dict[str, Any]]  # as components/stats.html takes them


TONES = {
    DeadlineClass.OVERDUE: "overdue",
    DeadlineClass.DUE_TODAY: "today",
    DeadlineClass.DUE_SOON: "soon",
}


def _scope(by: Appointment) -> tuple[str, dict[str, int], TaskQuerySet] | None:
    """The words, the address's filter and the tasks a home page counts; None for posts without tasks."""
    if not has_permission(by, "campaigns.task.read"):
        return None
    tasks = Task.objects.visible_to(by).open()
    if has_permission(by, "campaigns.task.assign") or by.role in (Role.DIRECTOR, Role.DEPUTY, Role.CLERK):
        return _("Nhiệm vụ của cơ quan theo hạn"), {}, tasks
    if by.role == Role.UNIT_HEAD:
        return _("Nhiệm vụ đơn vị chủ trì theo hạn"), {"unit": by.unit_id}, tasks.led_by(by.unit_id)
    return _("Nhiệm vụ của tôi theo hạn"), {"officer": by.pk}, tasks.of_officer(by)


def units(by: Appointment, on: date) -> list[UnitTasks] | None:
    """The units' open tasks for who leads or compiles; None for others. Two queries (calendar, counts)."""
    if by.role not in (Role.DIRECTOR, Role.DEPUTY, Role.CHIEF, Role.OFFICE):
        return None
    return by_unit(by, on, workdays.load())


def deadlines(by: Appointment, on: date, counted: list[UnitTasks] | None, waits: int) -> Deadlines | None:
    """Open tasks by deadline class and by what they need, each number linked to its list.

    A post that sees `units` of its whole organisation gets their sum, without a query; others two (calendar, counts).
    """
    scope = _scope(by)
    if scope is None:
        return None
    title, address, tasks = scope
    units = counted if counted is not None and not address else None
    if units is None:
        counts, week = open_counts(tasks, on, workdays.load())
    else:
        counts, week = total(units), sum(row.week for row in units)
    return Deadlines(
        title, counts.open, _segments(counts, address), _numbers(counts.open, week, waits, units, address)
    )


def _segments(counts: DeadlineCounts, address: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "state": kind.value,
            "tone": TONES.get(kind, "quiet"),
            "label": kind.label,
            "count": count,
            "url": _task_list(**address, due=kind.value),
        }
        for kind, count in counts.items()
        if count and kind not in DONE
    ]


def _numbers(
    open_: int, week: int, waits: int, units: list[UnitTasks] | None, address: dict[str, int]
) -> list[dict[str, Any]]:
    rows = [
        (_("đang mở"), open_, _task_list(**address, state=OPEN_STATES)),
        (_("đến hạn trong 7 ngày tới"), week, _task_list(**address, state=OPEN_STATES, period="7d")),
        (_("chờ tôi xử lý"), waits, _task_list(state=WAITING)),
    ]
    if units is not None:
        unanswered, silent = (sum(getattr(row, name) for row in units) for name in ("not_accepted", "not_reported"))
        rows += [
            (_("đơn vị chưa nhận"), unanswered, _task_list(state=TaskState.ASSIGNED.value)),
            (_("đã nhận, chưa báo cáo"), silent, _task_list(state=TaskState.ACCEPTED.value)),
        ]
    return [{"label": label, "value": value, "url": url} for label, value, url in rows]


DONE = (
    DeadlineClass.DONE_IN_TIME, DeadlineClass.DONE_EXTENDED, DeadlineClass.DONE_LATE, DeadlineClass.DONE_NO_DUE_DATE,
)  # fmt: skip


def _task_list(**query: int | str) -> str:
    return f"{reverse('tasks:list')}?{urlencode(query)}"


@dataclass(frozen=True)
class Spot:
    """What needs a look in a unit, with the number that is a link."""

    unit: str
    count: int
    words: str
    url: str
    tone: str


def spots(counted: list[UnitTasks]) -> list[Spot]:
    """Late units, the worst first, and units that have not answered or not reported. No query."""
    late = red_spots(counted)
    found = [_spot(row, row.counts.overdue, _("quá hạn"), "overdue", due=DeadlineClass.OVERDUE.value) for row in late]
    for row in not_accepted(counted):
        found.append(_spot(row, row.not_accepted, _("chưa nhận"), "soon", state=TaskState.ASSIGNED.value))
    for row in not_reported(counted):
        found.append(_spot(row, row.not_reported, _("chưa báo cáo"), "quiet", state=TaskState.ACCEPTED.value))
    worst = {row.name: place for place, row in enumerate(late)}
    return sorted(found, key=lambda spot: (worst.get(spot.unit, len(worst)), spot.unit))


def _spot(row: UnitTasks, count: int, words: str, tone: str, **query: str) -> Spot:
    return Spot(row.name, count, words, _task_list(unit=row.unit_id, **query), tone)


def news(by: Appointment) -> tuple[list[Message], int]:
    """The latest messages of the person that are not read yet, and how many such there are in all. One query."""
    unread = Message.objects.of(by.user).unread().annotate(of=Window(Count("pk")))
    latest = sorted(unread[:8], key=lambda message: message.created_at, reverse=True)
    return [*latest], latest[0].of if latest else 0


@dataclass(frozen=True)
class Accounts:
    """What an administrator looks after."""

    people: int
    without_post: int
    units: int


def accounts(by: Appointment, on: date) -> Accounts | None:
    """Accounts and units of the organisation; None for posts that do not manage them. Two queries."""
    if not has_permission(by, "units.people.manage"):
        return None
    held = Appointment.objects.filter(unit__organisation_id=by.organisation_id)
    people = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    counted = people.aggregate(
        people=Count("pk"), with_post=Count("pk", filter=Q(pk__in=held.current(on).values("user_id")))
    )
    return Accounts(
        people=counted["people"],
        without_post=counted["people"] - counted["with_post"],
        units=Unit.objects.working().inside(by.organisation).count(),
    )
