from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Kế hoạch và nhiệm vụ"

    def ready(self) -> None:
        from campaigns import dependents, receivers, types  # noqa: F401, PLC0415 (they connect and declare themselves)
        from directives.queries import register_dependents  # noqa: PLC0415 (models are loaded before)

        register_dependents(dependents.resting_on)
