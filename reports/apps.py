from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        from reports import receivers, types  # noqa: F401, PLC0415 (they connect and declare themselves)
