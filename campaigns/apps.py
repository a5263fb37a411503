from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Kế hoạch và nhiệm vụ"

    def ready(self) -> None:
        from campaigns import dependents, events, receivers, types  # noqa: F401, PLC0415 (they connect and declare themselves)
        from directives.queries import register_dependents  # noqa: PLC0415 (models are loaded before)
        from notifications.offers import offer  # noqa: PLC0415

        register_dependents(dependents.resting_on)
        offer(
            {
                events.TASK_ASSIGNED: _("Giao nhiệm vụ"),
                events.TASK_SUPPLEMENTED: _("Giao nhiệm vụ bổ sung"),
                events.TASK_ACCEPTED: _("Nhận nhiệm vụ, phân công"),
                events.TASK_HANDED_BACK: _("Trả lại nhiệm vụ"),
                events.PROGRESS_REPORTED: _("Báo cáo tiến độ"),
                events.TASK_FINISHED: _("Báo cáo hoàn thành"),
                events.TASK_CONFIRMED: _("Xác nhận hoàn thành"),
                events.TASK_REDO: _("Yêu cầu làm lại"),
                events.TASK_PAUSED: _("Tạm dừng nhiệm vụ"),
                events.TASK_RESUMED: _("Làm tiếp nhiệm vụ"),
                events.TASK_WITHDRAWN: _("Thu hồi nhiệm vụ"),
                events.EXTENSION_GRANTED: _("Đồng ý gia hạn"),
            },
            page="tasks:detail",
        )
