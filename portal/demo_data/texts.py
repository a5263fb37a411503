"""What the demonstration's plans say: our own words about a peak month of mass mobilization."""

from dataclasses import dataclass

from campaigns.models import ItemStyle
from campaigns.states import Field, Rhythm

S, N, P, D = ItemStyle.SECTION, ItemStyle.NUMBER, ItemStyle.PARAGRAPH, ItemStyle.DASH


@dataclass(frozen=True)
class DemoTask:
    """A task: its unit's key, when it is due (days from the day the story is told or of the plan), what it counts."""

    unit: str
    text: str
    due: int | None = None
    rhythm: str = Rhythm.ONCE
    wording: str = ""
    helpers: tuple[str, ...] = ()
    field: str = Field.OTHER
    indicators: tuple[str, ...] = ()
    product: str = ""


ASSIGNMENT = (
    "Các đơn vị thực hiện nhiệm vụ ghi trong bảng phân công; Văn phòng Sở theo dõi, đôn đốc và tổng hợp kết quả."
)

BASES_2023 = (
    "Thực hiện Công văn số 365-CV/ĐUK, ngày 26/9/2023 của Đảng ủy Khối các cơ quan tỉnh về việc tổ chức Tháng cao điểm "
    "thực hiện công tác dân vận.",
    "Căn cứ Công văn số 1946/UBND-VXNV, ngày 06/10/2023 của Ủy ban nhân dân tỉnh về đẩy mạnh Tháng cao điểm thực hiện "
    "công tác dân vận.",
)
ITEMS_2023 = (
    (S, "Mục đích, yêu cầu", 0),
    (
        P,
        "Nâng cao nhận thức của công chức, viên chức, người lao động về công tác dân vận theo tinh thần Nghị quyết "
        "số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương Đảng (khoá XI) và Chỉ thị số 19-CT/TU ngày "
        "16/10/2013 của Tỉnh ủy.",
        1,
    ),
    (P, "Hoạt động thiết thực, tiết kiệm, gắn với nhiệm vụ chuyên môn của từng đơn vị.", 1),
    (S, "Nội dung", 0),
    (
        N,
        "Tuyên truyền Ngày truyền thống công tác dân vận của Đảng (15/10) và kết quả phong trào “Dân vận khéo”.",
        1,
    ),
    (
        N,
        "Tiếp tục quán triệt Quyết định số 23-QĐ/TW ngày 30/7/2021 của Bộ Chính trị; Đề án số 02-ĐA/TU, ngày "
        "09/11/2021 và Quy chế số 05-QC/TU ngày 09/12/2021 của Ban Thường vụ Tỉnh ủy.",
        1,
    ),
    (
        N,
        "Thực hiện Chỉ thị số 33/CT-TTg, ngày 26/11/2021 của Thủ tướng Chính phủ; cải cách thủ tục hành chính, "
        "phát huy dân chủ ở cơ sở, giải quyết kịp thời kiến nghị của người dân.",
        1,
    ),
    (S, "Tổ chức thực hiện", 0),
    (P, ASSIGNMENT, 1),
)
TASKS_2023 = (
    DemoTask(
        "vp", "Làm đầu mối triển khai kế hoạch; tổng hợp, báo cáo Ban Dân vận Tỉnh ủy.", 15, helpers=("qlcn",),
        wording="trước ngày 31/10", field=Field.LEADERSHIP, indicators=("van-ban-ban-hanh",),
    ),
    DemoTask(
        "qlcn", "Đăng tin, bài về các hoạt động Tháng cao điểm trên trang thông tin điện tử của Sở.", 12,
        wording="trước ngày 25/10", field=Field.LEADERSHIP, indicators=("tin-bai",),
    ),
    DemoTask(
        "ttud", "Tặng thiết bị và hướng dẫn kỹ thuật cho một hợp tác xã vùng khó khăn.", 14, wording="trong tháng 10",
        field=Field.SOCIAL, indicators=("suat-qua",),
    ),
)  # fmt: skip

BASES_NOW = (
    "Căn cứ Luật Thực hiện dân chủ ở cơ sở ngày 10/11/2022;",
    "Thực hiện Quyết định số 23-QĐ/TW ngày 30/7/2021 của Bộ Chính trị ban hành Quy chế công tác dân vận của hệ thống "
    "chính trị;",
    "Thực hiện Hướng dẫn số 12-HD/BDVTU ngày 05/9/{year} của Ban Dân vận Tỉnh ủy về tổ chức Tháng cao điểm dân vận.",
)
ITEMS_NOW = (
    (S, "Mục đích, yêu cầu", 0),
    (N, "Mục đích", 1),
    (
        D,
        "Đưa công tác dân vận thành việc làm thường xuyên của mỗi đơn vị, hướng về cơ sở, gần dân, trọng dân.",
        2,
    ),
    (D, "Nhân rộng những mô hình “Dân vận khéo” gắn với ứng dụng khoa học và chuyển đổi số.", 2),
    (N, "Yêu cầu", 1),
    (D, "Mỗi nhiệm vụ có một đơn vị chủ trì, có sản phẩm và thời hạn rõ ràng.", 2),
    (D, "Kết quả được báo cáo kèm minh chứng, số liệu khớp giữa đơn vị và Văn phòng Sở.", 2),
    (S, "Nội dung", 0),
    (N, "Tuyên truyền, quán triệt các văn bản của Trung ương và của tỉnh về công tác dân vận.", 1),
    (N, "Cải cách hành chính, đối thoại, tiếp công dân và giải quyết kiến nghị.", 1),
    (N, "Phong trào thi đua “Dân vận khéo” và hoạt động an sinh xã hội.", 1),
    (S, "Tổ chức thực hiện", 0),
    (P, ASSIGNMENT, 1),
)
TASKS_NOW = (  # due counts from the day the demonstration is loaded
    DemoTask(
        "vp", "Ban hành văn bản triển khai, mở chuyên mục Tháng cao điểm và theo dõi tiến độ các đơn vị.", -12,
        helpers=("cds",), field=Field.LEADERSHIP, indicators=("van-ban-ban-hanh", "hoi-nghi"),
        product="Văn bản triển khai, chuyên mục",
    ),
    DemoTask(
        "qlcn", "Tổ chức hội nghị quán triệt Quy chế công tác dân vận của hệ thống chính trị.", -9,
        field=Field.LEADERSHIP, indicators=("hoi-nghi", "luot-nguoi"), product="Báo cáo kết quả hội nghị",
    ),
    DemoTask(
        "cds", "Xây dựng tuyến bài và đoạn phim ngắn về dịch vụ công trực tuyến cho người cao tuổi.", -6,
        helpers=("vp",), field=Field.REFORM, indicators=("tin-bai",), product="10 tin, bài; 02 đoạn phim",
    ),
    DemoTask(
        "khtc", "Cân đối kinh phí và công khai dự toán các hoạt động của Tháng cao điểm.", -4, field=Field.DEMOCRACY,
        product="Bảng công khai dự toán",
    ),
    DemoTask(
        "ttra", "Rà soát đơn thư, tổ chức buổi đối thoại với công dân về lĩnh vực sở hữu trí tuệ.", 0,
        field=Field.CITIZENS, indicators=("doi-thoai", "luot-tiep"), product="Biên bản đối thoại",
    ),
    DemoTask(
        "ttud", "Chuyển giao mô hình tưới tiết kiệm nước cho hai hợp tác xã ở xã vùng cao.", 2,
        helpers=("khtc", "qlcn"), field=Field.SKILFUL, indicators=("mo-hinh", "luot-nguoi"),
        product="02 mô hình hoạt động",
    ),
    DemoTask(
        "qlcn", "Lập danh sách mô hình “Dân vận khéo” đề nghị công nhận năm nay.", 5, helpers=("ttud",),
        field=Field.SKILFUL, indicators=("mo-hinh",), product="Danh sách kèm hồ sơ",
    ),
    DemoTask(
        "cds", "Tập huấn tổ công nghệ số cộng đồng tại năm xã về an toàn thông tin.", 12, helpers=("vp",),
        field=Field.REFORM, indicators=("hoi-nghi", "luot-nguoi"), product="05 lớp tập huấn",
    ),
    DemoTask(
        "ttud", "Thăm, tặng quà gia đình chính sách, trẻ em khó khăn nơi đơn vị đang chuyển giao kỹ thuật.", 20,
        field=Field.SOCIAL, indicators=("suat-qua", "gia-tri-qua"), product="Danh sách nhận quà",
    ),
    DemoTask(
        "khtc", "Tổng hợp nhu cầu hỗ trợ khoa học, công nghệ của các xã để đưa vào kế hoạch năm sau.", 30,
        field=Field.OTHER, product="Bảng tổng hợp nhu cầu",
    ),
    DemoTask(
        "qlcn", "Thường xuyên cập nhật văn bản về công tác dân vận trên trang thông tin điện tử của Sở.",
        rhythm=Rhythm.REGULAR, wording="thường xuyên", field=Field.LEADERSHIP, indicators=("tin-bai",),
    ),
    DemoTask(
        "ttra", "Hằng tháng báo cáo kết quả tiếp công dân, giải quyết đơn thư.", rhythm=Rhythm.MONTHLY,
        wording="hằng tháng, trước ngày 14", field=Field.CITIZENS, indicators=("luot-tiep",),
    ),
)  # fmt: skip
RECIPIENTS = ("Ban Dân vận Tỉnh ủy", "Ban Giám đốc Sở", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, VP")
OUTSIDE = (  # name in "Nơi nhận", e-mail, kind
    ("Báo Sông Mai", "toasoan@bao-songmai.example", "business"),
    ("Hội Nông dân tỉnh", "vanphong@hnd-songmai.example", "union"),
    ("Liên minh Hợp tác xã tỉnh", "lienminh@htx-songmai.example", "union"),
)
RECIPIENTS_NOW = (*RECIPIENTS[:-1], "Hội Nông dân tỉnh (để phối hợp)", "Báo Sông Mai (để đưa tin)", RECIPIENTS[-1])

CORRECTED_2023 = ("trích yếu, trang 1", "Ngày truyền thống công tác dân vận", "Ngày Truyền thống công tác dân vận")

ITEMS_SHORT = (
    (S, "Mục đích, yêu cầu", 0),
    (P, "Đánh giá đúng kết quả, biểu dương tập thể, cá nhân làm tốt và rút kinh nghiệm cho năm sau.", 1),
    (S, "Nội dung", 0),
    (N, "Tự đánh giá, chấm điểm theo tiêu chí đã ban hành.", 1),
    (N, "Chọn, giới thiệu mô hình tiêu biểu.", 1),
    (S, "Tổ chức thực hiện", 0),
    (P, ASSIGNMENT, 1),
)
TASKS_SHORT = (
    DemoTask("vp", "Hướng dẫn tiêu chí, tổng hợp kết quả tự đánh giá của các đơn vị.", 20, field=Field.LEADERSHIP),
    DemoTask("qlcn", "Thẩm định hồ sơ mô hình tiêu biểu, trình Ban Giám đốc.", 26, field=Field.SKILFUL),
)
BASES_SHORT = (
    "Thực hiện Quyết định số 23-QĐ/TW ngày 30/7/2021 của Bộ Chính trị ban hành Quy chế công tác dân vận của hệ thống "
    "chính trị.",
)

REPORT_2023 = {  # what the office wrote into the report of the finished campaign
    "strengths": "Các đơn vị hoàn thành nhiệm vụ đúng hạn, có minh chứng; lãnh đạo Sở trực tiếp kiểm tra tại cơ sở.",
    "weaknesses": "Số tin, bài về gương điển hình còn ít; chưa có mô hình “Dân vận khéo” mới.",
    "causes": "Thời gian chuẩn bị ngắn, công chức kiêm nhiệm nhiều việc vào cuối năm.",
    "outlook": "- Xây dựng kế hoạch công tác dân vận năm 2024 trước ngày 20/12/2023.\n"
    "- Chọn hai mô hình “Dân vận khéo” để theo dõi, nhân rộng.",
    "proposals": "Đề nghị Ban Dân vận Tỉnh ủy mở lớp bồi dưỡng nghiệp vụ cho công chức làm công tác dân vận.",
}


@dataclass(frozen=True)
class DemoEntry:
    """What a unit reports of its regular task: on which day of the period, how far, what it counts."""

    unit: str
    day: int
    text: str
    figures: tuple[tuple[str, int], ...]
    percent: int = 60


REGULAR_WORK = "Thực hiện công tác dân vận thường xuyên"
ITEMS_REGULAR = (
    (S, "Mục đích, yêu cầu", 0),
    (P, "Việc dân vận gắn với việc chuyên môn của từng đơn vị; số liệu có minh chứng, báo cáo đúng kỳ.", 1),
    (S, "Nội dung", 0),
    (N, "Tuyên truyền, cải cách hành chính, tiếp công dân, an sinh xã hội.", 1),
    (S, "Tổ chức thực hiện", 0),
    (P, ASSIGNMENT, 1),
)
TASKS_REGULAR = (  # due counts from the first day of the first month
    DemoTask(
        "vp", "Tham mưu văn bản chỉ đạo, tổ chức hội nghị giao ban công tác dân vận.", 45, field=Field.LEADERSHIP,
        indicators=("van-ban-ban-hanh", "hoi-nghi", "luot-nguoi"), product="Văn bản, biên bản giao ban",
    ),
    DemoTask(
        "qlcn", "Tuyên truyền kết quả ứng dụng khoa học, công nghệ phục vụ người dân.", 50, field=Field.LEADERSHIP,
        indicators=("tin-bai", "phat-thanh"), product="Tin, bài, buổi phát thanh",
    ),
    DemoTask(
        "khtc", "Sửa đổi quy chế chi tiêu nội bộ, lấy ý kiến công chức, viên chức.", 40, field=Field.DEMOCRACY,
        indicators=("quy-che",), product="Quy chế đã ban hành",
    ),
    DemoTask(
        "cds", "Giải quyết hồ sơ thủ tục hành chính, hướng dẫn người dân nộp trực tuyến.", rhythm=Rhythm.MONTHLY,
        wording="hằng tháng, trước ngày 14", field=Field.REFORM, indicators=("ho-so", "ho-so-dung-han"),
        product="Báo cáo giải quyết hồ sơ",
    ),
    DemoTask(
        "ttra", "Tiếp công dân, giải quyết đơn thư thuộc thẩm quyền.", rhythm=Rhythm.MONTHLY,
        wording="hằng tháng, trước ngày 14", field=Field.CITIZENS,
        indicators=("luot-tiep", "don-nhan", "don-giai-quyet"), product="Báo cáo tiếp công dân",
    ),
    DemoTask(
        "ttud", "Hỗ trợ giống, kỹ thuật cho hộ khó khăn ở xã vùng cao.", 52, field=Field.SOCIAL,
        indicators=("suat-qua", "gia-tri-qua"), product="Danh sách hộ nhận hỗ trợ",
    ),
)  # fmt: skip
MONTHS = (
    (
        DemoEntry("vp", 6, "Đã ban hành 03 văn bản chỉ đạo, tổ chức giao ban với 42 lượt người.",
                  (("van-ban-ban-hanh", 3), ("hoi-nghi", 1), ("luot-nguoi", 42))),
        DemoEntry("qlcn", 9, "Đã đăng 12 tin, bài; phát 08 lượt trên truyền thanh cơ sở.",
                  (("tin-bai", 12), ("phat-thanh", 8))),
        DemoEntry("qlcn", 20, "Đăng thêm 05 bài về hợp tác xã ứng dụng công nghệ.", (("tin-bai", 5),)),
        DemoEntry("khtc", 15, "Đã lấy ý kiến 58 công chức, viên chức vào dự thảo quy chế.", (("quy-che", 0),)),
        DemoEntry("cds", 29, "Đã giải quyết 386 hồ sơ, 379 hồ sơ đúng hạn.", (("ho-so", 386), ("ho-so-dung-han", 379))),
        DemoEntry("ttra", 28, "Tiếp 14 lượt công dân; nhận 09 đơn, giải quyết 06 đơn.",
                  (("luot-tiep", 14), ("don-nhan", 9), ("don-giai-quyet", 6))),
        DemoEntry("ttud", 18, "Đã trao 30 suất giống cây cho hộ nghèo.", (("suat-qua", 30), ("gia-tri-qua", 45))),
    ),
    (
        DemoEntry("vp", 8, "Đã ban hành 02 văn bản, tổ chức giao ban với 47 lượt người.",
                  (("van-ban-ban-hanh", 2), ("hoi-nghi", 1), ("luot-nguoi", 47)), 100),
        DemoEntry("qlcn", 14, "Đã đăng 16 tin, bài; phát 10 lượt trên truyền thanh cơ sở.",
                  (("tin-bai", 16), ("phat-thanh", 10)), 100),
        DemoEntry("khtc", 17, "Đã ban hành quy chế chi tiêu nội bộ sửa đổi.", (("quy-che", 1),), 100),
        DemoEntry("cds", 27, "Đã giải quyết 412 hồ sơ, 405 hồ sơ đúng hạn.", (("ho-so", 412), ("ho-so-dung-han", 405))),
        DemoEntry("ttra", 26, "Tiếp 11 lượt công dân; nhận 07 đơn, giải quyết 08 đơn.",
                  (("luot-tiep", 11), ("don-nhan", 7), ("don-giai-quyet", 8))),
        DemoEntry("ttud", 20, "Đã trao 42 suất hỗ trợ, tập huấn kỹ thuật cho các hộ nhận giống.",
                  (("suat-qua", 42), ("gia-tri-qua", 63)), 100),
    ),
)  # fmt: skip
"""The two months before the running one."""
MONTH_NOW = (
    DemoEntry("cds", 26, "Đã giải quyết 398 hồ sơ, 394 hồ sơ đúng hạn.", (("ho-so", 398), ("ho-so-dung-han", 394))),
    DemoEntry("ttra", 25, "Tiếp 09 lượt công dân; nhận 05 đơn, giải quyết 04 đơn.",
              (("luot-tiep", 9), ("don-nhan", 5), ("don-giai-quyet", 4))),
)  # fmt: skip
CORRECTION = "Đã giải quyết 431 hồ sơ, 421 hồ sơ đúng hạn (tính cả bộ phận một cửa cấp xã)."
CORRECTION_REASON = "Chưa tính hồ sơ tiếp nhận ở bộ phận một cửa cấp xã."
CORRECTED = (("ho-so", 431), ("ho-so-dung-han", 421))
PART_RETURNED = "Bổ sung kết quả công khai dự toán của Tháng cao điểm."

ASSESSED = (
    {
        "strengths": "Các đơn vị báo cáo đúng kỳ, số liệu có minh chứng; tỷ lệ hồ sơ đúng hạn giữ ở mức cao.",
        "weaknesses": "Việc tuyên truyền ở xã vùng cao còn ít hình thức.",
        "proposals": "Đề nghị Ban Dân vận Tỉnh ủy cung cấp tài liệu tuyên truyền bằng tiếng dân tộc thiểu số.",
    },
    {
        "strengths": "Nội dung dân vận gắn với chuyển giao kỹ thuật, được người dân hưởng ứng.",
        "weaknesses": "Một số đơn thư phải phối hợp nhiều cơ quan nên giải quyết còn chậm.",
        "proposals": "Không có.",
    },
)
"""What the office wrote into the two reports."""

ROLLUP = {
    "name": "Báo cáo tổng hợp tháng công tác dân vận",
    "subject": "Kết quả công tác dân vận của các cơ quan {period}, phương hướng, nhiệm vụ trọng tâm {next_period}",
    "copies": "Lãnh đạo Ban\nLưu: VT, VP",
}
"""The board's own report, made of those that come to it."""

SKILFUL_MODELS = (
    (
        "qlcn", "Tưới tiết kiệm nước cho hợp tác xã", "economy", "collective", "Xã Thanh Liêm",
        "04 hợp tác xã áp dụng, giảm 30% lượng nước tưới.", 200, "province",
    ),
    (
        "ttra", "Đối thoại trước khi giải quyết đơn", "system", "collective", "Toàn tỉnh",
        "11 vụ việc được giải quyết ngay tại cơ sở.", 200, "none",
    ),
    (
        "cds", "Tổ công nghệ số đến từng nhà", "culture", "collective", "Xã Đồng Tâm",
        "1.260 người cao tuổi biết nộp hồ sơ trực tuyến.", 150, "unit",
    ),
    (
        "ttud", "Anh Lò Văn Phúc, nuôi cá lồng theo quy trình sạch", "economy", "person", "Xã Nà Sản",
        "Hướng dẫn 16 hộ cùng làm.", 60, "none",
    ),
)  # fmt: skip
"""Unit, name, field, bearer, place, results, how many days ago it began, recognition."""
