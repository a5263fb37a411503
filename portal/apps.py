from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Cao Điểm"

    def ready(self) -> None:
        """Load the Celery application, so that every process queues through it."""
        import portal.celery  # noqa: F401, PLC0415 (only once the apps are there)
