"""What a post is for. Permissions of each role stand in `portal/grants.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OFFICER = "officer", _("Chuyên viên")
    UNIT_HEAD = "unit_head", _("Trưởng đơn vị")
    OFFICE = "office", _("Văn phòng (tổng hợp)")
    CHIEF = "chief", _("Chánh Văn phòng")
    CLERK = "clerk", _("Văn thư")
    DIRECTOR = "director", _("Giám đốc")
    DEPUTY = "deputy", _("Phó Giám đốc")
    COUNCIL = "council", _("Lãnh đạo hội đồng, ban chỉ đạo")
    RECIPIENT = "recipient", _("Nơi nhận")
    ADMIN = "admin", _("Quản trị")


PURPOSES = {
    Role.OFFICER: _("Thực hiện nhiệm vụ được giao, báo cáo tiến độ kèm minh chứng và số liệu."),
    Role.UNIT_HEAD: _(
        "Nhận hoặc trả lại nhiệm vụ của đơn vị, phân công chuyên viên, xác nhận kết quả, gửi phần báo cáo."
    ),
    Role.OFFICE: _("Soạn kế hoạch, giao nhiệm vụ, quyết định gia hạn, tổng hợp báo cáo."),
    Role.CHIEF: _("Kiểm tra thể thức trước khi trình ký; có thể ký thừa lệnh."),
    Role.CLERK: _("Vào sổ văn bản, cấp số và ngày, ký số của cơ quan, phát hành, giữ sổ văn bản đi."),
    Role.DIRECTOR: _("Trả lại, hoặc duyệt và ký văn bản."),
    Role.DEPUTY: _("Trả lại, hoặc duyệt và ký thay (KT.) Giám đốc."),
    Role.COUNCIL: _("Ký văn bản nhân danh (TM.) hội đồng, ban chỉ đạo, tổ công tác mà mình đứng đầu hoặc là cấp phó."),
    Role.RECIPIENT: _("Đọc văn bản gửi đến và xác nhận đã nhận."),
    Role.ADMIN: _("Quản lý con người, đơn vị và thiết lập; không ký, không duyệt, không cấp số."),
}


class Authority(models.TextChoices):
    """In whose name a person signs (Nghị định 30/2020/NĐ-CP, Điều 13)."""

    OWN = "", _("Ký trực tiếp")
    ACTING = "Q.", _("Q. (quyền)")
    FOR_HEAD = "KT.", _("KT. (ký thay)")
    BY_ORDER = "TL.", _("TL. (thừa lệnh)")
    BY_MANDATE = "TUQ.", _("TUQ. (thừa ủy quyền)")
    FOR_BODY = "TM.", _("TM. (thay mặt)")
