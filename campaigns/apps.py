from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Kế hoạch và nhiệm vụ"

    def ready(self) -> None:
        from campaigns import dependents, events, receivers, types  # noqa: F401, PLC0415 (they connect and declare themselves)
        from directives.queries import register_dependents  # noqa: PLC0415 (models are loaded before)
        from notifications.offers import offer  # noqa: PLC0415

        register_dependents(dependents.resting_on)
        offer(
            [
                events.TASK_ASSIGNED, events.TASK_SUPPLEMENTED, events.TASK_ACCEPTED, events.TASK_HANDED_BACK,
                events.PROGRESS_REPORTED, events.TASK_FINISHED, events.TASK_CONFIRMED, events.TASK_REDO,
                events.TASK_PAUSED, events.TASK_RESUMED, events.TASK_WITHDRAWN, events.EXTENSION_GRANTED,
            ],
            page="tasks:detail",
        )  # fmt: skip
