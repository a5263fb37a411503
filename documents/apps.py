from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from documents import events, long_files, receivers, types  # noqa: F401, PLC0415 (they need the models)
        from notifications.offers import offer  # noqa: PLC0415

        offer(
            {
                events.SIGNED: _("Ký số văn bản"),
                events.NUMBERED: _("Cấp số văn bản"),
                events.ISSUED: _("Đóng dấu và ban hành văn bản"),
                events.RECALLED: _("Thu hồi văn bản"),
                events.REPLACED: _("Thay thế văn bản"),
                events.ACKNOWLEDGED: _("Xác nhận đã nhận văn bản"),
            }
        )
