from django.utils.translation import gettext_lazy as _

from audit.registry import declare

WEBHOOK_CREATED = declare("notifications.webhook.created", _("kết nối hệ thống {system}"))
WEBHOOK_SWITCHED_ON = declare("notifications.webhook.switched_on", _("bật gửi tới {system}"))
WEBHOOK_SWITCHED_OFF = declare("notifications.webhook.switched_off", _("tắt gửi tới {system}"))
