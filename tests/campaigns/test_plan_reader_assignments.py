# ruff: noqa: E501 (sentences of plans stay whole)
"""Who leads and who cooperates in one sentence."""

import pytest

from campaigns.plan_reader.stages.assignments import Assignment, heading_unit, read_assignment


@pytest.mark.parametrize(
    ("sentence", "lead", "cooperating"),
    [
        (
            "Giao Phòng Tổ chức cán bộ chủ trì, phối hợp với Ban Tổ chức Tỉnh ủy và Sở Khoa học và Công nghệ tham mưu.",
            "Phòng Tổ chức cán bộ",
            ("Ban Tổ chức Tỉnh ủy", "Sở Khoa học và Công nghệ"),
        ),
        ("Văn phòng: Chủ trì, phối hợp với các phòng, đơn vị tổng hợp.", "Văn phòng", ("các phòng, đơn vị",)),
        (
            "Tổ chức hội nghị; Văn phòng Sở chủ trì, Phòng Kế hoạch - Tài chính phối hợp, xong trong quý I.",
            "Văn phòng Sở",
            ("Phòng Kế hoạch - Tài chính",),
        ),
        ("Xây dựng phóng sự (Trung tâm Truyền thông chủ trì).", "Trung tâm Truyền thông", ()),
        (
            "Các phòng, ban, đơn vị trực thuộc căn cứ nhiệm vụ xây dựng kế hoạch.",
            "Các phòng, ban, đơn vị trực thuộc",
            (),
        ),
        ("Giáo viên Tổng phụ trách Đội: xây dựng chương trình.", "Giáo viên Tổng phụ trách Đội", ()),
        ("Giáo viên chủ nhiệm, phụ trách chi đội: đôn đốc.", "Giáo viên chủ nhiệm, phụ trách chi đội", ()),
        ("Ủy ban nhân dân các xã, phường chủ động thực hiện.", "Ủy ban nhân dân các xã, phường", ()),
        ("Kinh phí thực hiện do ngân sách xã bảo đảm.", None, ()),
        ("Tổ chức đoàn kiểm tra liên ngành.", None, ()),
        ("Báo cáo kết quả về Văn phòng.", None, ()),
    ],
)
def test_assignment_in_a_sentence(sentence, lead, cooperating):
    assert read_assignment(sentence) == Assignment(lead, cooperating)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Đối với Văn phòng Sở", "Văn phòng Sở"),
        ("Giao Sở Y tế:", "Sở Y tế"),
        ("Ban Tổ chức - Cán bộ", "Ban Tổ chức - Cán bộ"),
        ("Thời gian thực hiện", None),
        ("Công tác tuyên truyền", None),
    ],
)
def test_unit_of_a_heading(heading, unit):
    assert heading_unit(heading) == unit


@pytest.mark.parametrize(
    ("sentence", "lead", "cooperating"),
    [
        (
            "Giao Sở Thông tin và Truyền thông chủ trì, phối hợp với Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh và các cơ quan, đơn vị có liên quan tổ chức diễn tập.",
            "Sở Thông tin và Truyền thông",
            ("Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "các cơ quan, đơn vị có liên quan"),
        ),
        (
            "Đề nghị Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh chỉ đạo Mặt trận các cấp tuyên truyền.",
            "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
            (),
        ),
        (
            "Các phòng, ban, trung tâm thuộc Sở chủ động phối hợp với Văn phòng Sở triển khai.",
            "Các phòng, ban, trung tâm thuộc Sở",
            ("Văn phòng Sở",),
        ),
        ("Phòng Kế hoạch - Tài chính: tham mưu bố trí kinh phí.", "Phòng Kế hoạch - Tài chính", ()),
        (
            "Phân công đồng chí Nguyễn Văn Bình, Phó Giám đốc Sở, trực tiếp chỉ đạo.",
            "đồng chí Nguyễn Văn Bình, Phó Giám đốc Sở",
            (),
        ),
        ("Văn phòng Sở (Bộ phận Một cửa) niêm yết công khai thủ tục hành chính.", "Văn phòng Sở", ()),
        (
            "Thủ trưởng các cơ quan, đơn vị, Chủ tịch UBND các huyện, thành phố căn cứ Kế hoạch này để triển khai.",
            "Thủ trưởng các cơ quan, đơn vị, Chủ tịch UBND các huyện, thành phố",
            (),
        ),
        (
            "Trung tâm Văn hóa, Thể thao và Truyền thông huyện đưa tin, phát sóng các hoạt động.",
            "Trung tâm Văn hóa, Thể thao và Truyền thông huyện",
            (),
        ),
        (
            "Giao Phòng Quản lý Công nghệ và Đổi mới sáng tạo là đơn vị đầu mối, phối hợp cùng Trung tâm Ứng dụng tiến bộ khoa học và công nghệ xây dựng mô hình.",
            "Phòng Quản lý Công nghệ và Đổi mới sáng tạo",
            ("Trung tâm Ứng dụng tiến bộ khoa học và công nghệ",),
        ),
        (
            "Công chức Văn hóa - Xã hội tham mưu UBND xã ban hành văn bản, phối hợp với các ngành, đoàn thể và 12 thôn tổ chức ra quân.",
            "Công chức Văn hóa - Xã hội",
            ("các ngành, đoàn thể và 12 thôn",),
        ),
        (
            "Hội Liên hiệp Phụ nữ, Hội Nông dân, Hội Cựu chiến binh và Đoàn Thanh niên xã vận động hội viên tham gia.",
            "Hội Liên hiệp Phụ nữ, Hội Nông dân, Hội Cựu chiến binh và Đoàn Thanh niên xã",
            (),
        ),
        (
            "Ban Chấp hành Công đoàn Sở tổ chức thăm hỏi các gia đình chính sách; phối hợp với Đoàn Thanh niên quyên góp.",
            "Ban Chấp hành Công đoàn Sở",
            ("Đoàn Thanh niên",),
        ),
        (
            "Chi cục Tiêu chuẩn Đo lường Chất lượng chịu trách nhiệm kiểm tra nhà nước về đo lường, phối hợp với Cục Quản lý thị trường.",
            "Chi cục Tiêu chuẩn Đo lường Chất lượng",
            ("Cục Quản lý thị trường",),
        ),
        (
            "Báo Hà Nam, Đài Phát thanh và Truyền hình tỉnh tăng thời lượng đưa tin.",
            "Báo Hà Nam, Đài Phát thanh và Truyền hình tỉnh",
            (),
        ),
        (
            "Tổ trưởng tổ dân phố, trưởng thôn thông báo lịch ra quân đến từng hộ.",
            "Tổ trưởng tổ dân phố, trưởng thôn",
            (),
        ),
        (
            "Giao Thanh tra Sở theo dõi, kiểm tra việc thực hiện Quy chế dân chủ, hoàn thành trong quý IV/2026.",
            "Thanh tra Sở",
            (),
        ),
        (
            "Các đơn vị sự nghiệp trực thuộc Sở đăng ký mô hình “Dân vận khéo” về Văn phòng Sở trước ngày 01/10.",
            "Các đơn vị sự nghiệp trực thuộc Sở",
            (),
        ),
        (
            "Toàn thể cán bộ, công chức, viên chức và người lao động trong cơ quan nghiêm túc thực hiện.",
            "Toàn thể cán bộ, công chức, viên chức và người lao động trong cơ quan",
            (),
        ),
        (
            "Tổ chuyên môn, giáo viên chủ nhiệm các lớp lồng ghép nội dung vào sinh hoạt lớp.",
            "Tổ chuyên môn, giáo viên chủ nhiệm các lớp",
            (),
        ),
        ("Bí thư các chi bộ quán triệt đến đảng viên; báo cáo Đảng ủy.", "Bí thư các chi bộ", ()),
        (
            "Trạm Y tế phường phối hợp Trường Tiểu học Lê Lợi khám sức khỏe cho học sinh.",
            "Trạm Y tế phường",
            ("Trường Tiểu học Lê Lợi",),
        ),
        (
            "Sở Tài chính phối hợp Sở Nội vụ và các đơn vị liên quan thẩm định, trình UBND tỉnh.",
            "Sở Tài chính",
            ("Sở Nội vụ", "các đơn vị liên quan"),
        ),
        (
            "Yêu cầu Giám đốc các Sở, Thủ trưởng các ban, ngành tỉnh triển khai nghiêm túc.",
            "Giám đốc các Sở, Thủ trưởng các ban, ngành tỉnh",
            (),
        ),
        (
            "Ủy ban Kiểm tra Đảng ủy tham mưu Ban Thường vụ Đảng ủy kiểm tra; phối hợp với các ban xây dựng Đảng giám sát.",
            "Ủy ban Kiểm tra Đảng ủy",
            ("các ban xây dựng Đảng",),
        ),
        (
            "Trưởng phòng Hành chính - Tổng hợp có nhiệm vụ theo dõi, tổng hợp.",
            "Trưởng phòng Hành chính - Tổng hợp",
            (),
        ),
        ("Kế toán dự trù kinh phí, bảo đảm chi đúng quy định.", "Kế toán", ()),
        (
            "Phó Hiệu trưởng phụ trách chuyên môn chỉ đạo các tổ xây dựng chuyên đề.",
            "Phó Hiệu trưởng phụ trách chuyên môn",
            (),
        ),
        (
            "Giao đồng chí Trần Thị Mai – Chánh Văn phòng làm Trưởng Ban tổ chức.",
            "đồng chí Trần Thị Mai – Chánh Văn phòng",
            (),
        ),
        (
            "Ban Chỉ đạo thực hiện Quy chế dân chủ cơ quan tổng hợp, báo cáo.",
            "Ban Chỉ đạo thực hiện Quy chế dân chủ cơ quan",
            (),
        ),
        (
            "Tổ công tác cải cách hành chính rà soát quy trình; Phòng Nội vụ phối hợp.",
            "Tổ công tác cải cách hành chính",
            ("Phòng Nội vụ",),
        ),
        (
            "UBND các xã, phường, thị trấn bố trí địa điểm, phối hợp với Phòng Lao động - Thương binh và Xã hội, Bảo hiểm xã hội huyện tổ chức hội nghị.",
            "UBND các xã, phường, thị trấn",
            ("Phòng Lao động - Thương binh và Xã hội", "Bảo hiểm xã hội huyện"),
        ),
        ("Phối hợp với UBND các xã, phường và Hội Khuyến học huyện trao học bổng.", None, ()),
        (
            "Công an huyện, Ban Chỉ huy Quân sự huyện: Bảo đảm an ninh trật tự.",
            "Công an huyện, Ban Chỉ huy Quân sự huyện",
            (),
        ),
        (
            "Giao Trung tâm Khoa học và Công nghệ thực hiện, Phòng Tài chính phối hợp.",
            "Trung tâm Khoa học và Công nghệ",
            ("Phòng Tài chính",),
        ),
        ("Lãnh đạo Sở phân công công chức dự các buổi đối thoại.", "Lãnh đạo Sở", ()),
        ("Đoàn viên công đoàn hưởng ứng phong trào.", "Đoàn viên công đoàn", ()),
        (
            "Bệnh viện Đa khoa tỉnh và các bệnh viện chuyên khoa khám, cấp thuốc miễn phí.",
            "Bệnh viện Đa khoa tỉnh và các bệnh viện chuyên khoa",
            (),
        ),
        (
            "Đề nghị các doanh nghiệp trong khu công nghiệp tạo điều kiện cho công nhân tham gia.",
            "các doanh nghiệp trong khu công nghiệp",
            (),
        ),
        ("Trường Chính trị tỉnh mở 02 lớp bồi dưỡng.", "Trường Chính trị tỉnh", ()),
        ("Văn phòng Đảng ủy tham mưu, giúp Ban Thường vụ Đảng ủy theo dõi, đôn đốc.", "Văn phòng Đảng ủy", ()),
    ],
)
def test_assignment_where_the_name_is_hard_to_end(sentence, lead, cooperating):
    assert read_assignment(sentence) == Assignment(lead, cooperating)
