from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from documents import receivers  # noqa: F401, PLC0415 (receivers need the models)
