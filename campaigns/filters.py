"""One filter for all lists of tasks: what the address says → which tasks, in which order, and the chips' words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import periods
from campaigns.deadlines import soon_until
from campaigns.models import Task
from campaigns.models.task import TaskQuerySet
from campaigns.states import DeadlineClass, TaskState
from campaigns.workdays import WorkingCalendar
from documents.models import Document
from documents.states import PUBLISHED
from units.folding import folded
from units.models import Appointment, Unit
from units.permissions import roles_with

LEAST_LETTERS = 3
"""Shorter texts match nearly everything and no index helps them."""

SORTS: dict[str, tuple[str, bool]] = {
    "due": ("due_on", True),
    "unit": ("lead_unit__position", False),
    "percent": ("percent", False),
}
"""Key of the address → (field, may it be empty); empty values come last in both directions."""

OPEN_STATES = "open"
ALL_STATES = "all"
WAITING = "waiting"
ASKING = "asking"
MOST_PLANS = 50


@dataclass(frozen=True)
class TaskFilter:
    """A list of tasks as an address says it. Unknown or foreign values fall away, so an old link still opens."""

    unit: int | None = None
    state: str = ""
    due: str = ""
    officer: int | None = None
    plan: int | None = None
    help: int | None = None
    period: str = ""
    text: str = ""
    sort: str = "due"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "TaskFilter":
        """From request.GET; never raises."""
        sort = query.get("sort", "due")
        state, due, period = query.get("state", ""), query.get("due", ""), query.get("period", "")
        return cls(
            unit=_number(query.get("unit", "")),
            state=state if state in dict(STATE_OPTIONS) else "",
            due=due if due in DeadlineClass.values else "",
            officer=_number(query.get("officer", "")),
            plan=_number(query.get("plan", "")),
            help=_number(query.get("help", "")),
            period=period if periods.read(period, date.min.replace(year=2000)) else "",
            text=" ".join(query.get("q", "").replace("\x00", "").split())[:100],
            sort=sort if sort.removeprefix("-") in SORTS else "due",
        )

    @property
    def is_text_too_short(self) -> bool:
        return 0 < len(self.text) < LEAST_LETTERS

    def apply(self, by: Appointment, on: date, calendar: WorkingCalendar) -> TaskQuerySet:
        """What the post may see that matches, in no order yet. Without state and class: what is not done."""
        tasks = Task.objects.visible_to(by)
        if self.due:
            tasks = tasks.given().of_class(self.due, on=on, soon_until=soon_until(on, calendar))
        tasks = tasks.waiting_for(by) if self.state == WAITING else self._in_state(tasks)
        if (days := periods.read(self.period, on)) is not None:
            tasks = tasks.filter(due_on__gte=days.first, due_on__lte=days.last)
        if self.unit is not None:
            tasks = tasks.filter(lead_unit_id=self.unit)
        if self.help is not None:
            tasks = tasks.filter(cooperating__unit_id=self.help)
        if self.officer is not None:
            tasks = tasks.filter(officer_id=self.officer)
        if self.plan is not None:
            tasks = tasks.filter(plan_id=self.plan)
        if self.text and not self.is_text_too_short:
            tasks = tasks.filter(search__contains=folded(self.text))
        return tasks

    def _in_state(self, tasks: TaskQuerySet) -> TaskQuerySet:
        if self.state == OPEN_STATES:
            return tasks.open()
        if self.state == ASKING:
            return tasks.asking_for_time()
        if self.state == ALL_STATES or (not self.state and self.due):
            return tasks.given()
        return tasks.filter(state=self.state) if self.state else tasks.given().exclude(state=TaskState.DONE)

    def ordered(self, tasks: TaskQuerySet) -> TaskQuerySet:
        field, _nullable = SORTS[self.sort.removeprefix("-")]
        order = F(field).desc(nulls_last=True) if self.is_descending else F(field).asc(nulls_last=True)
        return tasks.order_by(order, "-id" if self.is_descending else "id")

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith("-")

    def page(self, tasks: TaskQuerySet, cursor: str, size: int) -> list[Task]:
        """The first `size` tasks behind the row that `cursor` names; from the start for an unreadable cursor.

        One query; a second one where the rows without a value begin: one condition for both would leave the index.
        """
        field, is_nullable = SORTS[self.sort.removeprefix("-")]
        value, _sep, pk = cursor.partition("_")
        sign = "lt" if self.is_descending else "gt"
        if not pk.isdecimal() or not _is_value(value, field) or (value == "" and not is_nullable):
            return list(self.ordered(tasks)[:size])
        if value == "":
            empty = tasks.filter(**{f"{field}__isnull": True, f"id__{sign}": pk})
            return list(empty.order_by("-id" if self.is_descending else "id")[:size])
        behind = Q(**{f"{field}__{sign}": value}) | Q(**{field: value, f"id__{sign}": pk})
        bounded = tasks.filter(behind, **{f"{field}__{sign}e": value})  # the bound is where an index begins
        order = [f"-{field}", "-id"] if self.is_descending else [field, "id"]
        found = list(bounded.order_by(*order)[:size])
        if is_nullable and len(found) < size:
            empty = tasks.filter(**{f"{field}__isnull": True}).order_by(order[1])
            found += empty[: size - len(found)]
        return found

    def cursor_of(self, task: Task) -> str:
        """Names the row for `after`."""
        values: dict[str, Callable[[], Any]] = {
            "due": lambda: task.due_on.isoformat() if task.due_on else "",
            "unit": lambda: task.lead_unit.position,
            "percent": lambda: task.percent,
        }
        return f"{values[self.sort.removeprefix('-')]()}_{task.pk}"


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 15 else None


def _is_value(value: str, field: str) -> bool:
    """Could `value` be one of `field`'s? The address may have been typed."""
    if value == "":
        return True
    if field != "due_on":
        return value.isdecimal() and len(value) < 10
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


DUE_OPTIONS = [(kind.value, kind.label) for kind in DeadlineClass if kind is not DeadlineClass.NOT_COUNTED]
STATE_OPTIONS: list[tuple[str, Any]] = [
    (OPEN_STATES, gettext_lazy("Đang mở, không kể tạm dừng")),
    (WAITING, gettext_lazy("Chờ tôi xử lý")),
    (ASKING, gettext_lazy("Chờ quyết định gia hạn")),
    (ALL_STATES, gettext_lazy("Tất cả, kể cả đã xong")),
    *((state.value, state.label) for state in TaskState if state is not TaskState.PLANNED),
]


def controls(chosen: TaskFilter, by: Appointment, on: date) -> list[dict[str, Any]]:
    """The filter row as components/filters.html shows it. Three queries: units, officers, plans."""
    units = list(Unit.objects.inside(by.organisation).order_by("position", "id").values_list("pk", "name"))
    found = [
        _control("unit", _("Đơn vị"), chosen.unit, units),
        _control("state", _("Trạng thái"), chosen.state, STATE_OPTIONS) | {"any": _("chưa xong")},
        _control("due", _("Hạn"), chosen.due, DUE_OPTIONS),
        _control("period", _("Hạn trong"), chosen.period, periods.options(chosen.period)),
        _control("officer", _("Người thực hiện"), chosen.officer, _officers(chosen, by, on)),
        _control("plan", _("Kế hoạch"), chosen.plan, _plans(chosen, by)),
        {"name": "q", "label": _("Tìm"), "value": chosen.text, "kind": "search"},
    ]
    if chosen.help is not None:
        found.append(_control("help", _("Phối hợp"), chosen.help, units))
    return found


def _officers(chosen: TaskFilter, by: Appointment, on: date) -> list[tuple[int, str]]:
    """Who may be given tasks today, and who was chosen. A small table, whatever the number of tasks."""
    posts = Appointment.objects.filter(unit__organisation_id=by.organisation_id)
    doing = posts.current(on).filter(role__in=roles_with("campaigns.progress.report"))
    named = doing | posts.filter(pk=chosen.officer or 0)
    return [*named.order_by("user__full_name", "pk").values_list("pk", "user__full_name")]


def _plans(chosen: TaskFilter, by: Appointment) -> list[tuple[int, str]]:
    """The newest issued plans, and the one chosen when it is older."""
    own = Document.objects.filter(organisation_id=by.organisation_id, type="campaigns.plan", state__in=PUBLISHED)
    named = own.values_list("plan__id", "title")
    found = [*named.order_by("-id")[:MOST_PLANS]]
    if chosen.plan is not None and chosen.plan not in dict(found):
        found += named.filter(plan__id=chosen.plan)
    return [(pk, _short(title)) for pk, title in found]


def words(shown: list[dict[str, Any]]) -> str:
    """The filter in force as a sentence for sheets of paper: "Đơn vị: Văn phòng Sở; Hạn: Quá hạn"."""
    said = []
    for control in shown:
        if value := str(control["value"] or ""):
            options = {str(key): label for key, label in control.get("options", [])}
            said.append(f"{control['label']}: {options.get(value, value)}")
    return "; ".join(said)


def _control(name: str, label: str, value: Any, options: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "value": "" if value is None else value, "options": list(options)}


def _short(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:57].rstrip()}…"
