from django.utils.translation import gettext_lazy as _

from audit.registry import declare

PERIOD_OPENED = declare("reports.period.opened", _("mở kỳ báo cáo {period}"))
PERIOD_CLOSED = declare("reports.period.closed", _("kết thúc kỳ báo cáo khi ban hành {code}"))
PERIOD_REOPENED = declare("reports.period.reopened", _("mở lại kỳ báo cáo khi thu hồi {code}"))
CONTRIBUTION_FILLED = declare("reports.contribution.filled", _("lấy số liệu từ tiến độ"))
CONTRIBUTION_EDITED = declare("reports.contribution.edited", _("sửa phần báo cáo của đơn vị"))
CONTRIBUTION_CONFIRMED = declare("reports.contribution.confirmed", _("xác nhận và gửi phần báo cáo"))
CONTRIBUTION_RETURNED = declare("reports.contribution.returned", _("trả lại phần báo cáo: {reason}"))
CONTRIBUTION_REMINDED = declare("reports.contribution.reminded", _("nhắc gửi phần báo cáo"))
COMPILED = declare("reports.report.compiled", _("tổng hợp báo cáo, chốt số liệu (lần {edition})"))
