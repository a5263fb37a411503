from django.utils.translation import gettext_lazy as _

from audit.registry import declare

PLAN_CREATED = declare("campaigns.plan.created", _("lập kế hoạch"))
PLAN_IMPORTED = declare("campaigns.plan.imported", _("lập kế hoạch từ tệp {name}"))
IMPORT_UNDONE = declare("campaigns.plan.import_undone", _("hủy kế hoạch nhập từ tệp {name}"))

TASK_PLANNED = declare("campaigns.task.planned", _("đưa nhiệm vụ vào kế hoạch"))
TASK_CHANGED = declare("campaigns.task.changed", _("sửa nhiệm vụ: {what}"))
TASK_ASSIGNED = declare("campaigns.task.assigned", _("giao cho {unit}"))
TASK_ACCEPTED = declare("campaigns.task.accepted", _("nhận nhiệm vụ, phân công {officer}"))
TASK_HANDED_BACK = declare("campaigns.task.handed_back", _("trả lại nhiệm vụ: {reason}"))
PROGRESS_REPORTED = declare("campaigns.progress.reported", _("báo cáo tiến độ {percent} %"))
TASK_FINISHED = declare("campaigns.task.finished", _("báo cáo hoàn thành"))
TASK_CONFIRMED = declare("campaigns.task.confirmed", _("xác nhận hoàn thành"))
PROGRESS_CONFIRMED = declare("campaigns.progress.confirmed", _("xác nhận mục tiến độ"))
PROGRESS_WITHDRAWN = declare("campaigns.progress.withdrawn", _("rút mục tiến độ: {reason}"))
TASK_REDO = declare("campaigns.task.redo", _("yêu cầu làm lại: {reason}"))
TASK_PAUSED = declare("campaigns.task.paused", _("tạm dừng: {reason}"))
TASK_RESUMED = declare("campaigns.task.resumed", _("làm tiếp"))
TASK_WITHDRAWN = declare("campaigns.task.withdrawn", _("thu hồi nhiệm vụ: {reason}"))
PART_DONE = declare("campaigns.task.part_done", _("{unit} xong phần phối hợp"))
TASK_HANDED_OVER = declare("campaigns.task.handed_over", _("chuyển từ {before} sang {after}: {reason}"))
EXTENSION_ASKED = declare("campaigns.extension.asked", _("xin gia hạn đến {proposed_on}: {reason}"))
EXTENSION_GRANTED = declare("campaigns.extension.granted", _("đồng ý gia hạn đến {granted_on}"))
EXTENSION_REFUSED = declare("campaigns.extension.refused", _("không đồng ý gia hạn: {answer}"))
