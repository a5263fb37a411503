"""What an organisation starts with: the indicator catalogue (DOMAIN 3.5) and the monthly report's profile."""

from dataclasses import dataclass

from django.db import transaction

from campaigns.models import Indicator, Rollup
from reports.models import ReportProfile
from reports.outline import MONTHLY
from units.models import Unit

PROFILE = "Báo cáo tháng công tác dân vận"
SUBJECT = "Kết quả công tác dân vận {period}, phương hướng, nhiệm vụ trọng tâm {next_period}"


@dataclass(frozen=True)
class Row:
    """An indicator of the catalogue; a ratio names its two parts, a balance what comes in and goes out."""

    code: str
    group: str
    name: str
    measure: str
    rollup: Rollup = Rollup.SUM
    parts: tuple[str, str] | None = None
    flows: tuple[str, str] | None = None


CATALOGUE = [
    Row("van-ban-ban-hanh", "Chỉ đạo", "Văn bản của cấp ủy, cơ quan đã ban hành", "văn bản"),
    Row("van-ban-tham-muu", "Chỉ đạo", "Văn bản tham mưu cho cấp trên", "văn bản"),
    Row("hoi-nghi", "Quán triệt", "Hội nghị, lớp tập huấn đã tổ chức", "cuộc"),
    Row("luot-nguoi", "Quán triệt", "Lượt người tham gia", "lượt người"),
    Row("dang-vien", "Quán triệt", "Đảng viên phải học tập", "người", Rollup.LAST),
    Row("dang-vien-hoc", "Quán triệt", "Đảng viên đã học tập", "người"),
    Row("ty-le-dang-vien", "Quán triệt", "Tỷ lệ đảng viên tham gia", "%", Rollup.RATIO, ("dang-vien-hoc", "dang-vien")),
    Row("tin-bai", "Tuyên truyền", "Tin, bài, pano, khẩu hiệu", "tin, bài"),
    Row("phat-thanh", "Tuyên truyền", "Lượt phát thanh", "lượt"),
    Row("tuyen-truyen-mieng", "Tuyên truyền", "Buổi tuyên truyền miệng", "buổi"),
    Row("van-de-noi-com", "Dư luận", "Vấn đề dư luận quan tâm đã nắm", "vấn đề"),
    Row("van-de-giai-quyet", "Dư luận", "Vấn đề đã được giải quyết", "vấn đề"),
    Row("mo-hinh", "Dân vận khéo", "Mô hình “Dân vận khéo” đang duy trì", "mô hình", Rollup.LAST),
    Row("doi-thoai", "Dân vận", "Buổi tiếp xúc, đối thoại", "buổi"),
    Row("luot-tiep", "Tiếp công dân", "Lượt tiếp công dân", "lượt"),
    Row("don-nhan", "Đơn thư", "Đơn đã nhận", "đơn"),
    Row("don-giai-quyet", "Đơn thư", "Đơn đã giải quyết", "đơn"),
    Row("don-ton", "Đơn thư", "Đơn còn tồn cuối kỳ", "đơn", Rollup.BALANCE, flows=("don-nhan", "don-giai-quyet")),
    Row("ho-so", "Cải cách hành chính", "Hồ sơ thủ tục hành chính đã giải quyết", "hồ sơ"),
    Row("ho-so-dung-han", "Cải cách hành chính", "Hồ sơ giải quyết đúng hạn", "hồ sơ"),
    Row(
        "ty-le-dung-han", "Cải cách hành chính", "Tỷ lệ hồ sơ đúng hạn", "%", Rollup.RATIO, ("ho-so-dung-han", "ho-so")
    ),
    Row("quy-che", "Dân chủ cơ sở", "Quy chế ban hành, sửa đổi", "quy chế"),
    Row("suat-qua", "An sinh", "Suất quà đã trao", "suất"),
    Row("gia-tri-qua", "An sinh", "Giá trị quà, hỗ trợ", "triệu đồng"),
]


@transaction.atomic
def ensure_indicators() -> dict[str, Indicator]:
    """The catalogue's rows by code; those that are missing are made, what an administrator changed stays."""
    found: dict[str, Indicator] = {}
    for position, row in enumerate(CATALOGUE, start=1):
        parts = {}
        if row.parts:
            parts = {"numerator": found[row.parts[0]], "denominator": found[row.parts[1]]}
        if row.flows:
            parts = {"incoming": found[row.flows[0]], "outgoing": found[row.flows[1]]}
        found[row.code], _is_new = Indicator.objects.get_or_create(
            code=row.code,
            organisation=None,
            defaults={
                "group": row.group,
                "name": row.name,
                "measure": row.measure,
                "rollup": row.rollup,
                "position": position,
                **parts,
            },
        )
    return found


@transaction.atomic
def ensure_profile(organisation: Unit, *, recipient: Unit | None, legal_basis: str = "") -> ReportProfile:
    """The organisation's monthly profile, made with the shipped outline when there is none."""
    profile, _is_new = ReportProfile.objects.get_or_create(
        organisation=organisation,
        name=PROFILE,
        defaults={
            "subject": SUBJECT,
            "addressee": recipient.name if recipient else "",
            "recipient": recipient,
            "legal_basis": legal_basis,
            "outline": MONTHLY,
        },
    )
    return profile
