from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from documents import events, long_files, receivers, types  # noqa: F401, PLC0415 (they need the models)
        from notifications.offers import offer  # noqa: PLC0415

        offer([events.SIGNED, events.NUMBERED, events.ISSUED, events.RECALLED, events.REPLACED, events.ACKNOWLEDGED])
