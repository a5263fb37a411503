from django.utils.translation import gettext_lazy as _

from audit.registry import declare

DRAFTED = declare("documents.drafted", _("lập dự thảo"))
EDITED = declare("documents.edited", _("sửa nội dung: {what}"))
REOPENED = declare("documents.reopened", _("sửa nội dung sau khi trình, văn bản trở về dự thảo"))
PROPOSED = declare("documents.proposed", _("trình trưởng đơn vị xác nhận nội dung"))
CONFIRMED = declare("documents.confirmed", _("xác nhận nội dung"))
CHECKED = declare("documents.checked", _("xác nhận thể thức, trình ký"))
RETURNED = declare("documents.returned", _("trả lại: {reason}"))
SIGNED = declare("documents.signed", _("ký số (SHA-256 của bản đã xem: {shown})"))
SENT_TO_SIGN = declare("documents.sent_to_sign", _("mở phiên ký ngoài cổng cho bản {sha256}"))
SIGNATURE_REFUSED = declare("documents.signature_refused", _("từ chối tệp đã ký gửi lại (SHA-256 {sha256}): {reason}"))
NUMBERED = declare("documents.numbered", _("cấp số {code}, ngày {issued_on}"))
ISSUED = declare("documents.issued", _("đóng dấu của cơ quan và ban hành (SHA-256: {sha256})"))
CLOSED = declare("documents.closed", _("kết thúc"))
RECALLED = declare("documents.recalled", _("thu hồi: {reason}"))
REPLACED = declare("documents.replaced", _("được thay thế bằng {code}"))
DISCARDED = declare("documents.discarded", _("bỏ dự thảo"))
OPENED = declare("documents.opened", _("nơi nhận đã mở văn bản"))
ACKNOWLEDGED = declare("documents.acknowledged", _("xác nhận đã nhận"))
CREDENTIAL_ADDED = declare("documents.credential_added", _("đăng ký chứng thư số của {holder}: {way}"))
CREDENTIAL_ENDED = declare("documents.credential_ended", _("thôi dùng chứng thư số của {holder}"))
