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
PROFILE_MADE = declare("reports.profile.made", _("lập mẫu báo cáo “{name}”"))
PROFILE_CHANGED = declare("reports.profile.changed", _("sửa mẫu báo cáo “{name}”"))
OUTLINE_CHANGED = declare("reports.outline.changed", _("sửa đề cương “{name}” (bản {version})"))
INDICATOR_MADE = declare("reports.indicator.made", _("thêm chỉ tiêu “{name}”"))
INDICATOR_CHANGED = declare("reports.indicator.changed", _("sửa chỉ tiêu “{name}”"))
MODEL_ENTERED = declare("reports.model.entered", _("ghi mô hình “{name}” vào sổ"))
MODEL_CHANGED = declare("reports.model.changed", _("sửa mô hình “{name}”"))
SECTION_RETAKEN = declare("reports.section.retaken", _("lấy lại bản soạn sẵn của phần “{heading}”"))
REPORT_QUESTIONED = declare("reports.report.questioned", _("hỏi lại về báo cáo: {text}"))
REPORT_ANSWERED = declare("reports.report.answered", _("trả lời về báo cáo: {text}"))
