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
