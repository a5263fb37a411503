"""Laws and codes cited by name, without a number (Decree 30/2020, Annex I.II.6.b)."""

import re

# Names with a comma or "và", which no rule of punctuation could hold together, and names that begin another name.
NAMES = (
    "An toàn, vệ sinh lao động", "An ninh, trật tự", "Bảo vệ, chăm sóc và giáo dục trẻ em",
    "Bảo vệ và phát triển rừng", "Bảo vệ và Kiểm dịch thực vật", "Căn cước", "Cán bộ, công chức",
    "Chăm sóc, bảo vệ sức khỏe nhân dân", "Đầu tư theo phương thức đối tác công tư", "Giao dịch điện tử",
    "Giáo dục quốc phòng và an ninh", "Hòa giải, đối thoại tại Tòa án",
    "Hoạt động giám sát của Quốc hội và Hội đồng nhân dân", "Hôn nhân và gia đình", "Khám bệnh, chữa bệnh",
    "Khiếu nại", "Khiếu nại, tố cáo", "Khoa học và công nghệ", "Khoa học, công nghệ và đổi mới sáng tạo",
    "Mặt trận Tổ quốc Việt Nam", "Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam",
    "Phòng, chống bạo lực gia đình", "Phòng, chống ma túy", "Phòng, chống mua bán người", "Phòng, chống rửa tiền",
    "Phòng, chống tác hại của rượu, bia", "Phòng, chống tác hại của thuốc lá", "Phòng, chống tham nhũng",
    "Phòng, chống thiên tai", "Phòng, chống bệnh truyền nhiễm", "Phòng bệnh", "Phòng cháy và chữa cháy",
    "Phòng cháy, chữa cháy và cứu nạn, cứu hộ", "Quản lý, sử dụng tài sản công",
    "Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ", "Quản lý và đầu tư vốn nhà nước tại doanh nghiệp",
    "Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp",
    "Sĩ quan Quân đội nhân dân Việt Nam", "Tài nguyên, môi trường biển và hải đảo", "Thi đua, khen thưởng",
    "Thực hành tiết kiệm, chống lãng phí", "Thực hiện dân chủ ở cơ sở", "Tiêu chuẩn và Quy chuẩn kỹ thuật",
    "Tiết kiệm, chống lãng phí", "Tín ngưỡng, tôn giáo", "Tổ chức Quốc hội", "Tổ chức Chính phủ",
    "Tổ chức chính quyền địa phương", "Tổ chức Hội đồng nhân dân và Ủy ban nhân dân",
    "Trách nhiệm bồi thường của Nhà nước", "Trật tự, an toàn giao thông đường bộ", "Trưng mua, trưng dụng tài sản",
    "Sử dụng năng lượng tiết kiệm và hiệu quả", "Xử lý vi phạm hành chính",
    "Xuất cảnh, nhập cảnh của công dân Việt Nam", "Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân",
    "Ban hành văn bản quy phạm pháp luật", "Tố cáo", "Hình sự", "Dân sự", "Tố tụng dân sự", "Tố tụng hình sự",
    "Tố tụng hành chính", "Lao động", "Hàng hải Việt Nam", "Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở",
    "Hỗ trợ doanh nghiệp nhỏ và vừa", "Đường bộ", "Đất đai", "Nhà ở", "Chất lượng sản phẩm, hàng hóa",
    "Bảo vệ dữ liệu cá nhân", "An ninh mạng", "An toàn thông tin mạng", "Lưu trữ", "Thanh niên", "Di sản văn hóa",
    "Bảo vệ môi trường", "Ngân sách nhà nước", "Đầu tư công", "Đấu thầu", "Giáo dục", "Nhà giáo", "Viên chức",
    "Công đoàn", "Trẻ em", "Bình đẳng giới", "Người cao tuổi", "Người khuyết tật", "Tiếp công dân",
    "Tiếp cận thông tin", "Nghĩa vụ quân sự", "Dân quân tự vệ", "Quốc phòng", "An ninh quốc gia", "Bảo hiểm xã hội",
    "Bảo hiểm y tế", "Việc làm", "Thanh tra", "Cư trú", "Hộ tịch", "Hợp tác xã", "Doanh nghiệp", "Đầu tư",
    "Xây dựng", "Quy hoạch", "Thống kê", "Kế toán", "Công nghệ thông tin", "Viễn thông", "Chuyển đổi số",
    "Phổ biến, giáo dục pháp luật", "Thể dục, thể thao", "Thi hành tạm giữ, tạm giam", "Phục hồi, phá sản",
    "Phòng, chống khủng bố", "Cấp, thoát nước", "Địa chất và khoáng sản", "Đo đạc và bản đồ", "Phí và lệ phí",
    "Phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người", "Phòng, chống HIV/AIDS",
    "Hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác", "Hòa giải ở cơ sở",
    "Quản lý, bảo vệ công trình quốc phòng và khu quân sự",
    "Công nghiệp quốc phòng, an ninh và động viên công nghiệp",
    "Công nghiệp công nghệ số", "Dữ liệu", "Sở hữu trí tuệ", "Chuyển giao công nghệ", "Công nghệ cao",
)  # fmt: skip

# "Luật" that names no law: "Luật sư", "Luật này", "Luật gia", "Luật và các văn bản", "Luật được Quốc hội thông qua".
_NO_NAME = (
    r"(?:sư|gia|này|trên|đó|nêu|và|các|của|được|có|số|là|do|cũng|hiện|chưa|không|sẽ|phải|tại|theo|vừa|đã|ngày|"
    r"năm|mới|khác|quy|về|để|với|cho|hoặc|thì)\b"
)
# Where a name that is in no table ends.
_END = r"""
    (?: \s* (?: $ | [,.;:()\n“”"»/…] )
      | \s+ (?: số | ngày | năm | của\s+Quốc\s+hội | và\s+(?:các|những|Luật|Bộ|Nghị|Thông|Quyết|Pháp)\b
        | quy\s+định | được | có\s+hiệu | đã | do\s+Quốc | về
             | trên\s+địa | cho | đến | trong | tại | khi | để | nhằm | theo | là | hiện\s+hành | bằng | khóa
        | sửa\s+đổi | gắn | với
             | hoặc | phải | thì | không | còn | cũng | nêu | ban\s+hành ) \b
    )
"""


def _spaced(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())


_KNOWN = "|".join(_spaced(name) for name in sorted(NAMES, key=len, reverse=True))
_ONE = rf"""(?: (?i:{_KNOWN}) (?!\w) | (?:(?!{_END}).){{2,120}} )"""
_AMENDING = (
    r"(?i:sửa\s+đổi,?\s+(?:và\s+)?bổ\s+sung(?:\s+một\s+số\s+điều)?|sửa\s+đổi|bổ\s+sung)"
    r"\s+(?:một\s+số\s+điều\s+)?của\s+(?:các\s+)?"
)
_LAW = r"(?i:(?:Bộ\s+)?Luật)"

# Reads "Luật Đất đai", "Bộ luật Lao động", "Luật Sửa đổi, bổ sung một số điều của Luật A và Luật B".
LAW = re.compile(
    rf"""
    (?<!\w) (?P<word> Bộ\s+luật | BỘ\s+LUẬT | bộ\s+luật (?=\s+[^\W\da-zà-ỹđ]) | Luật | LUẬT
        | luật (?=\s+[^\W\da-zà-ỹđ]) ) \s+ (?!(?i:{_NO_NAME})) (?=[^\W\d_])
    (?P<name>
        {_AMENDING} {_LAW}\s+ {_ONE} (?: (?: \s*,\s* | \s+và\s+ | \s*;\s* ) {_LAW}\s+ (?!(?i:{_NO_NAME})) {_ONE} )*
      | {_ONE}
    )
    """,
    re.VERBOSE,
)
