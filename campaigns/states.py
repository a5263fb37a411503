"""The life of a task and of an extension request, each as one table. Who may make a move stands in portal/grants.py."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from units.moves import Step


class TaskState(models.TextChoices):
    PLANNED = "planned", _("Trong dự thảo")
    ASSIGNED = "assigned", _("Mới giao")
    ACCEPTED = "accepted", _("Đã nhận")
    IN_PROGRESS = "in_progress", _("Đang thực hiện")
    AWAITING = "awaiting", _("Chờ xác nhận")
    DONE = "done", _("Hoàn thành")
    HANDED_BACK = "handed_back", _("Đơn vị trả lại")
    REDO = "redo", _("Thực hiện lại")
    PAUSED = "paused", pgettext_lazy("state", "Tạm dừng")
    WITHDRAWN = "withdrawn", pgettext_lazy("task", "Đã thu hồi")


class TaskMove(models.TextChoices):
    ASSIGN = "assign", _("Giao nhiệm vụ")
    ACCEPT = "accept", _("Nhận nhiệm vụ")
    HAND_BACK = "hand_back", _("Trả lại nhiệm vụ")
    REPORT = "report", _("Báo cáo tiến độ")
    FINISH = "finish", _("Báo cáo hoàn thành")
    CONFIRM = "confirm", _("Xác nhận hoàn thành")
    REDO = "redo", _("Yêu cầu làm lại")
    PAUSE = "pause", _("Tạm dừng")
    RESUME = "resume", _("Làm tiếp")
    WITHDRAW = "withdraw", pgettext_lazy("task", "Thu hồi")


S, M = TaskState, TaskMove

OPEN = (S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.AWAITING, S.HANDED_BACK, S.REDO)
"""States in which somebody still has to do something: the deadline counts."""

TRANSITIONS: dict[tuple[TaskState, TaskMove], TaskState] = {
    (S.PLANNED, M.ASSIGN): S.ASSIGNED,
    (S.HANDED_BACK, M.ASSIGN): S.ASSIGNED,
    (S.ASSIGNED, M.ACCEPT): S.ACCEPTED,
    (S.ASSIGNED, M.HAND_BACK): S.HANDED_BACK,
    (S.ACCEPTED, M.ACCEPT): S.ACCEPTED,  # name another officer
    (S.IN_PROGRESS, M.ACCEPT): S.IN_PROGRESS,
    (S.REDO, M.ACCEPT): S.REDO,
    (S.ACCEPTED, M.REPORT): S.IN_PROGRESS,
    (S.IN_PROGRESS, M.REPORT): S.IN_PROGRESS,
    (S.REDO, M.REPORT): S.IN_PROGRESS,
    (S.ACCEPTED, M.FINISH): S.AWAITING,
    (S.IN_PROGRESS, M.FINISH): S.AWAITING,
    (S.REDO, M.FINISH): S.AWAITING,
    (S.AWAITING, M.CONFIRM): S.DONE,
    (S.AWAITING, M.REDO): S.REDO,
    (S.ACCEPTED, M.PAUSE): S.PAUSED,
    (S.IN_PROGRESS, M.PAUSE): S.PAUSED,
    (S.REDO, M.PAUSE): S.PAUSED,
    (S.PAUSED, M.RESUME): S.IN_PROGRESS,
    (S.PLANNED, M.WITHDRAW): S.WITHDRAWN,
    (S.ASSIGNED, M.WITHDRAW): S.WITHDRAWN,
    (S.ACCEPTED, M.WITHDRAW): S.WITHDRAWN,
    (S.IN_PROGRESS, M.WITHDRAW): S.WITHDRAWN,
    (S.AWAITING, M.WITHDRAW): S.WITHDRAWN,
    (S.HANDED_BACK, M.WITHDRAW): S.WITHDRAWN,
    (S.REDO, M.WITHDRAW): S.WITHDRAWN,
    (S.PAUSED, M.WITHDRAW): S.WITHDRAWN,
}


STEPS: dict[TaskMove, Step] = {
    M.ASSIGN: Step("campaigns.task.assign", _("Nhiệm vụ đã được giao.")),
    M.ACCEPT: Step("campaigns.task.accept", _("Nhiệm vụ không ở bước chờ đơn vị nhận.")),
    M.HAND_BACK: Step("campaigns.task.accept", _("Chỉ trả lại được nhiệm vụ mới giao, chưa nhận.")),
    M.REPORT: Step("campaigns.progress.report", _("Nhiệm vụ không ở bước thực hiện nên không báo cáo tiến độ được.")),
    M.FINISH: Step(
        "campaigns.progress.report", _("Nhiệm vụ không ở bước thực hiện nên không báo cáo hoàn thành được.")
    ),
    M.CONFIRM: Step("campaigns.task.confirm", _("Nhiệm vụ chưa có báo cáo hoàn thành để xác nhận.")),
    M.REDO: Step("campaigns.task.confirm", _("Nhiệm vụ chưa có báo cáo hoàn thành để yêu cầu làm lại.")),
    M.PAUSE: Step("campaigns.task.assign", _("Chỉ tạm dừng được nhiệm vụ đang thực hiện.")),
    M.RESUME: Step("campaigns.task.assign", _("Nhiệm vụ không tạm dừng.")),
    M.WITHDRAW: Step("campaigns.task.assign", _("Nhiệm vụ đã xong hoặc đã thu hồi.")),
}



class DeadlineClass(models.TextChoices):
    """Where a task stands against its due date; computed (`campaigns.deadlines`), never stored.

    The first six part the open tasks, the next four the done ones; the rest (planned, paused, withdrawn) do not count.
    """

    OVERDUE = "overdue", _("Quá hạn")
    DUE_TODAY = "due_today", _("Đến hạn hôm nay")
    DUE_SOON = "due_soon", _("Sắp đến hạn")
    NOT_DUE = "not_due", _("Chưa đến hạn")
    RECURRING = "recurring", _("Thường xuyên")
    NO_DUE_DATE = "no_due_date", _("Không có hạn")
    DONE_IN_TIME = "done_in_time", _("Xong đúng hạn")
    DONE_EXTENDED = "done_extended", _("Xong đúng hạn sau gia hạn")
    DONE_LATE = "done_late", _("Xong muộn")
    DONE_NO_DUE_DATE = "done_no_due_date", _("Xong, không có hạn")
    NOT_COUNTED = "not_counted", _("Không tính hạn")


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("Chờ quyết định")
    GRANTED = "granted", _("Đồng ý")
    REFUSED = "refused", _("Không đồng ý")


class ExtensionDecider(models.TextChoices):
    """Who decides that a task of a plan may take longer; the plan says it."""

    OFFICE = "office", _("Văn phòng hoặc giám đốc")
    DIRECTOR = "director", _("Chỉ giám đốc")


class Rhythm(models.TextChoices):
    """How often a task without a due date asks for an entry."""

    ONCE = "", _("Một lần, có hạn")
    REGULAR = "regular", _("Thường xuyên")
    WEEKLY = "weekly", _("Hằng tuần")
    MONTHLY = "monthly", _("Hằng tháng")
    QUARTERLY = "quarterly", _("Hằng quý")


class Field(models.TextChoices):
    """What a task is about: it says which section of the monthly report its results go into (reports.outline)."""

    LEADERSHIP = "leadership", _("Lãnh đạo, chỉ đạo, tuyên truyền")
    REFORM = "reform", _("Cải cách hành chính, chuyên môn")
    DEMOCRACY = "democracy", _("Thực hiện dân chủ ở cơ sở")
    CITIZENS = "citizens", _("Tiếp công dân, đối thoại, đơn thư")
    SKILFUL = "skilful", _("Phong trào “Dân vận khéo”")
    SOCIAL = "social", _("Đoàn thể, an sinh xã hội")
    OTHER = "other", _("Nhiệm vụ khác")
