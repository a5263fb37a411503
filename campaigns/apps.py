from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Kế hoạch và nhiệm vụ"

    def ready(self) -> None:
        from campaigns import receivers, types  # noqa: F401, PLC0415 (they connect and declare themselves)
