from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        """Load every app's messages.py, so that the registry and the page of choices know all of them."""
        autodiscover_modules("messages")
        from notifications import webhooks  # noqa: F401, PLC0415 (it listens to what is written down)
