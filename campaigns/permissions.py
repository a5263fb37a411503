"""Who may do what with a task. `check_…` raises NotAllowed with the sentence a person reads; `can_…` wraps it.

The unit that leads a task answers for it: its head accepts and confirms, the officer named by the head reports. The
office gives tasks out, stops them and decides extensions.
"""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import ExtensionRequest, ProgressEntry, Task, TaskUnit
from campaigns.states import STEPS, ExtensionDecider, ExtensionState, TaskMove, TaskState
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed, has_permission
from units.roles import Role

OFFICE_MOVES = (TaskMove.ASSIGN, TaskMove.PAUSE, TaskMove.RESUME, TaskMove.WITHDRAW)
REPORTS = (TaskMove.REPORT, TaskMove.FINISH)
EXTENDABLE = (TaskState.ASSIGNED, TaskState.ACCEPTED, TaskState.IN_PROGRESS, TaskState.REDO)


def check_move(by: Appointment, task: Task, move: TaskMove, *, at: datetime) -> None:
    """Raise NotAllowed unless the post may make `move` and the state allows it."""
    unit = task.organisation if move in OFFICE_MOVES else task.lead_unit
    permissions.check(by, STEPS[move].permission, at=at, unit=unit)
    if move in REPORTS and not reports_for(by, task):
        raise NotAllowed(_("Nhiệm vụ này do người khác phụ trách; chỉ người đó hoặc trưởng đơn vị báo cáo."))
    if not task.allows(move):
        raise NotAllowed(str(STEPS[move].refusal))


def reports_for(by: Appointment, task: Task) -> bool:
    """The named officer, or the head of the unit that leads."""
    return by.pk == task.officer_id or has_permission(by, "campaigns.task.confirm", task.lead_unit)


def can_move(by: Appointment, task: Task, move: TaskMove, *, at: datetime) -> bool:
    return _holds(check_move, by, task, move, at=at)


def moves_of(by: Appointment, task: Task, *, at: datetime) -> list[TaskMove]:
    """The moves the post can make now, in the order of the table."""
    return [move for move in STEPS if can_move(by, task, move, at=at)]


def check_officer(officer: Appointment, unit: Unit, *, at: datetime) -> None:
    """A task is given to somebody who works in the unit today and may report for it."""
    if officer.unit_id != unit.pk:
        raise NotAllowed(_("%(person)s không thuộc %(unit)s.") % {"person": officer.person_name, "unit": unit.name})
    if not officer.holds_on(timezone.localdate(at)) or not officer.user.is_active:
        raise NotAllowed(_("%(person)s không còn giữ chức vụ này.") % {"person": officer.person_name})
    if not has_permission(officer, "campaigns.progress.report", unit):
        raise NotAllowed(_("%(person)s không thực hiện nhiệm vụ ở chức vụ này.") % {"person": officer.person_name})


def check_confirm_entry(by: Appointment, entry: ProgressEntry, *, at: datetime) -> None:
    """The head of the unit that reported stands for an entry, once."""
    permissions.check(by, "campaigns.task.confirm", at=at, unit=entry.unit)
    if entry.withdrawn_at is not None:
        raise NotAllowed(_("Mục này đã được rút."))
    if entry.confirmed_at is not None:
        raise NotAllowed(_("Mục này đã được xác nhận trước đó."))
    if entry.kind == ProgressEntry.Kind.RESULT:
        raise NotAllowed(_("Báo cáo hoàn thành được xác nhận cùng với nhiệm vụ."))


def check_withdraw_entry(by: Appointment, entry: ProgressEntry, *, at: datetime) -> None:
    """Who reported takes back what is not confirmed yet; the head takes back any entry while the task is not done."""
    permissions.check(by, "campaigns.progress.report", at=at, unit=entry.unit)
    if entry.withdrawn_at is not None:
        raise NotAllowed(_("Mục này đã được rút."))
    if entry.task.state in (TaskState.DONE, TaskState.WITHDRAWN):
        raise NotAllowed(_("Nhiệm vụ đã kết thúc, không rút mục tiến độ được nữa."))
    if entry.kind == ProgressEntry.Kind.RESULT:
        raise NotAllowed(_("Báo cáo hoàn thành không rút được; trưởng đơn vị dùng “Yêu cầu làm lại”."))
    if has_permission(by, "campaigns.task.confirm", entry.unit):
        return
    if entry.reported_by_id != by.pk:
        raise NotAllowed(_("Chỉ người báo cáo hoặc trưởng đơn vị rút được mục này."))
    if entry.confirmed_at is not None:
        raise NotAllowed(_("Mục đã được xác nhận; chỉ trưởng đơn vị rút được."))


def check_part(by: Appointment, part: TaskUnit, *, at: datetime) -> None:
    """The head of a cooperating unit closes the unit's part, while the task runs."""
    permissions.check(by, "campaigns.task.confirm", at=at, unit=part.unit)
    if part.done_at is not None:
        raise NotAllowed(_("Phần phối hợp đã xong trước đó."))
    if not part.task.is_open:
        raise NotAllowed(_("Nhiệm vụ không ở bước thực hiện."))


def check_ask_extension(by: Appointment, task: Task, *, at: datetime) -> None:
    """Asked by the head of the unit that leads, until the due day is over, one request at a time."""
    permissions.check(by, "campaigns.extension.request", at=at, unit=task.lead_unit)
    if task.state not in EXTENDABLE:
        raise NotAllowed(_("Chỉ xin gia hạn cho nhiệm vụ đang thực hiện."))
    if task.due_on is None:
        raise NotAllowed(_("Nhiệm vụ này không có hạn."))
    if timezone.localdate(at) > task.due_on:
        raise NotAllowed(_("Đã quá hạn ngày %(day)s, không xin gia hạn được nữa.") % {"day": f"{task.due_on:%d/%m/%Y}"})
    if any(row.state == ExtensionState.ASKED for row in task.extensions.all()):
        raise NotAllowed(_("Nhiệm vụ đang có một đề nghị gia hạn chờ quyết định."))


def check_decide_extension(by: Appointment, request: ExtensionRequest, *, at: datetime) -> None:
    """Decided once, by who gives tasks out, or by the director alone where the plan says so."""
    permissions.check(by, "campaigns.extension.decide", at=at, unit=request.task.organisation)
    if request.task.plan.extension_decider == ExtensionDecider.DIRECTOR and by.role != Role.DIRECTOR:
        raise NotAllowed(_("Theo kế hoạch này, chỉ giám đốc quyết định gia hạn."))
    if request.state != ExtensionState.ASKED:
        raise NotAllowed(_("Đề nghị này đã được quyết định."))


def check_change_day(by: Appointment, task: Task, *, at: datetime) -> None:
    """The office, or the director where the plan says so, orders another day without being asked."""
    permissions.check(by, "campaigns.extension.decide", at=at, unit=task.organisation)
    if task.plan.extension_decider == ExtensionDecider.DIRECTOR and by.role != Role.DIRECTOR:
        raise NotAllowed(_("Theo kế hoạch này, chỉ giám đốc đổi được hạn."))
    if task.state not in EXTENDABLE:
        raise NotAllowed(_("Chỉ đổi hạn của nhiệm vụ đang thực hiện."))
    if task.due_on is None:
        raise NotAllowed(_("Nhiệm vụ này không có hạn."))
    if any(row.state == ExtensionState.ASKED for row in task.extensions.all()):
        raise NotAllowed(_("Nhiệm vụ đang có một đề nghị gia hạn chờ quyết định."))


def check_supplement(by: Appointment, organisation: Unit, *, at: datetime) -> None:
    permissions.check(by, "campaigns.task.assign", at=at, unit=organisation)


def check_calendar(by: Appointment, *, at: datetime) -> None:
    """Days off are the Government's decision and one calendar serves all organisations: one of them keeps it."""
    permissions.check(by, "campaigns.calendar.edit", at=at)
    keeper = Unit.objects.keeper()
    if not permissions.has_permission(by, "campaigns.calendar.edit", keeper):
        raise NotAllowed(_("Lịch làm việc chung cho cả cổng, do quản trị của %(name)s ghi.") % {"name": keeper.name})


def can_edit_calendar(by: Appointment, *, at: datetime) -> bool:
    try:
        check_calendar(by, at=at)
    except NotAllowed:
        return False
    return True


def check_unit_handover(by: Appointment, unit: Unit, *, at: datetime) -> None:
    """The office, or the administrator who ended the unit, moves the tasks of a whole unit."""
    permissions.check(by, "campaigns.task.hand_over", at=at, unit=unit)


def check_handover(by: Appointment, unit: Unit, *, at: datetime) -> None:
    """A head moves the tasks of the own unit's people, the office those of any."""
    if not has_permission(by, "campaigns.task.accept", unit):
        permissions.check(by, "campaigns.task.assign", at=at, unit=unit)


def can_confirm_entry(by: Appointment, entry: ProgressEntry, *, at: datetime) -> bool:
    return _holds(check_confirm_entry, by, entry, at=at)


def can_withdraw_entry(by: Appointment, entry: ProgressEntry, *, at: datetime) -> bool:
    return _holds(check_withdraw_entry, by, entry, at=at)


def can_close_part(by: Appointment, part: TaskUnit, *, at: datetime) -> bool:
    return _holds(check_part, by, part, at=at)


def can_decide_extension(by: Appointment, request: ExtensionRequest, *, at: datetime) -> bool:
    return _holds(check_decide_extension, by, request, at=at)


def can_ask_extension(by: Appointment, task: Task, *, at: datetime) -> bool:
    return _holds(check_ask_extension, by, task, at=at)


def can_remind(by: Appointment, task: Task, *, at: datetime) -> bool:
    return _holds(check_remind, by, task, at=at)


def check_remind(by: Appointment, task: Task, *, at: datetime) -> None:
    """The office reminds every unit, a head the own officer."""
    if not has_permission(by, "campaigns.task.accept", task.lead_unit):
        permissions.check(by, "campaigns.task.assign", at=at, unit=task.organisation)
    if not task.is_open:
        raise NotAllowed(_("Nhiệm vụ không còn việc đang chờ."))


def _holds(check: Callable[..., None], *args: object, at: datetime) -> bool:
    try:
        check(*args, at=at)
    except NotAllowed:
        return False
    return True
