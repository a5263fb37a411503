"""Why a person is told something, and by which way. Each person chooses the way for each reason."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    ASSIGNED = "assigned", _("Được giao việc")
    RETURNED = "returned", _("Bị trả lại")
    TO_SIGN = "to_sign", _("Chờ ký")
    TO_CHECK = "to_check", _("Chờ kiểm tra")
    TO_CONFIRM = "to_confirm", _("Chờ xác nhận")
    TO_NUMBER = "to_number", _("Chờ cấp số, phát hành")
    APPROVED = "approved", _("Đã được duyệt, ký")
    MENTIONED = "mentioned", _("Được nhắc tên")
    DECIDED = "decided", _("Có quyết định gia hạn")
    TO_DECIDE = "to_decide", _("Chờ quyết định gia hạn")
    PROGRESS = "progress", _("Có báo cáo tiến độ")
    CONFIRMED = "confirmed", _("Kết quả được xác nhận")
    DUE_SOON = "due_soon", _("Sắp đến hạn")
    OVERDUE = "overdue", _("Quá hạn")
    ISSUED = "issued", _("Văn bản được ban hành")
    RECEIVED = "received", _("Nơi nhận đã nhận")
    REPORT_OPEN = "report_open", _("Mở kỳ báo cáo")
    REPORT_LATE = "report_late", _("Chậm báo cáo")
    SYSTEM = "system", _("Thông tin của hệ thống")


class Channel(models.TextChoices):
    """The list in the portal always has the message; the channel says what else happens."""

    AT_ONCE = "at_once", _("Gửi thư điện tử ngay")
    DIGEST = "digest", _("Gộp vào bản tin sáng")
    PORTAL = "portal", _("Chỉ báo trong cổng")
