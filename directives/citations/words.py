"""Words that guide the reading, as tables: what bodies are called, what begins a subject, what ends a name."""

import re

# Old and new places of the tone mark: "ủy" and "uỷ", "hóa" and "hoá".
_TONES = (("ủy", "uỷ"), ("óa", "oá"), ("òa", "oà"), ("ỏa", "oả"), ("ọa", "oạ"), ("úy", "uý"), ("ụy", "uỵ"))


def pattern(table: str) -> str:
    """One alternation of the table's phrases, longest first; white space and tone marks are free."""
    return "|".join(spaced(phrase) for phrase in phrases(table))


def phrases(table: str) -> list[str]:
    """The table's phrases, longest first."""
    return sorted({phrase.strip() for phrase in re.split(r"[,\n]", table) if phrase.strip()}, key=len, reverse=True)


def spaced(phrase: str) -> str:
    """The phrase as a pattern in which any white space and either place of the tone mark will do."""
    escaped = r"\s+".join(re.escape(word) for word in phrase.split())
    for new, old in _TONES:
        escaped = escaped.replace(new, f"(?:{new}|{old})")
        escaped = escaped.replace(new.upper(), f"(?:{new.upper()}|{old.upper()})")
    return escaped


# What bodies and offices are called: the words an issuer begins with.
ORGANISATION = pattern("""
    Quốc hội, UBTVQH, Chính phủ, Thủ tướng, Phó Thủ tướng, Chủ tịch, Phó Chủ tịch, Tổng Bí thư, Bộ trưởng
    Thống đốc, Tổng, Chánh, Ủy ban, UBND, HĐND, UBMTTQ, MTTQ, UBKT, Mặt trận, Hội đồng, Bộ, Ban, BCH, BTV, BCĐ
    BTL, BQL, Sở, Phòng, Cục, Tổng cục, Chi cục, Vụ, Bộ Chính trị, Ban Bí thư, Trung ương, Đảng ủy, Đảng bộ
    Tỉnh ủy, Thành ủy, Huyện ủy, Quận ủy, Thị ủy, Chi bộ, Chi ủy, Thường trực, Thường vụ, Liên đoàn
    Tổng Liên đoàn, Công đoàn, Đoàn, Tỉnh đoàn, Thành đoàn, Huyện đoàn, Hội, Hội nghị, Đại hội, Liên, Liên minh
    Văn phòng, Trung tâm, Trường, Học viện, Đại học, Viện, Bệnh viện, Công an, Bộ đội, Quân khu, Thanh tra
    Tòa án, TAND, VKSND, Kiểm toán, Kho bạc, Ngân hàng, Bảo hiểm, Tổng công ty, Công ty, Tập đoàn, Giám đốc
    Phó Giám đốc, Hiệu trưởng, Tổ, Đội, Đài, Báo, Nhà, Khối, Cơ quan, Xã, Phường, Tỉnh, Thành phố, Huyện, Quận
    Đặc khu, Hợp tác xã, Trạm, Hạt, Khu, Quỹ, Tiểu ban, Trưởng, Cụm
""")

# Verbs that begin a subject or the sentence's main clause.
VERBS = pattern("""
    quy định, ban hành, hướng dẫn, sửa đổi, bổ sung, thực hiện, triển khai, tổ chức, phê duyệt, công bố
    thành lập, kiện toàn, giao, phân bổ, điều chỉnh, tiếp tục, đẩy mạnh, tăng cường, phát động, thông qua
    cho phép, công nhận, phân công, phân cấp, ủy quyền, yêu cầu, đề nghị, bãi bỏ, thay thế, hợp nhất, sắp xếp
    chuyển, bổ nhiệm, khen thưởng, tặng, hỗ trợ, đôn đốc, chỉ đạo, lãnh đạo, phối hợp, tuyên truyền, xây dựng
    tổng kết, sơ kết, nâng cao, đổi mới, phát triển, kết luận, thống nhất, báo cáo, xin ý kiến, góp ý, trả lời
    đính chính, gia hạn, quyết nghị, quyết định, chấp thuận, đồng ý, quản lý, rà soát, kiểm tra, giám sát
    thanh tra, cụ thể hóa, phòng chống, kiểm điểm, thông báo, quán triệt, học tập, đánh giá, chủ trương, đăng ký
    tập huấn, mở, cử, bố trí, ứng phó, khắc phục, kỷ niệm, phổ biến, tham gia, khai mạc, thí điểm, giải quyết
    xử lý, chấn chỉnh, bảo đảm, đảm bảo, bảo vệ, hưởng ứng, triệu tập, mời, cung cấp, lấy ý kiến, tham mưu
    vận động, thu hồi, cấp, áp dụng, lập, tiếp nhận, tinh giản, tuyển dụng, luân chuyển, điều động, phát huy
    chăm lo, huy động, giới thiệu, thi hành, tháo gỡ, nghiệm thu, ưu tiên, quy hoạch, đầu tư, bàn giao, xác định
    nghiêm cấm, hủy bỏ, đình chỉ, kết thúc, giải thể, đặt tên, đổi tên, nâng bậc, điều tra, khảo sát, xếp hạng
""")

# The same where the title's capital was kept: "của Bộ Nội vụ Hướng dẫn về …".
CAPITAL_ACTS = pattern("Hướng dẫn, Quy định, Ban hành, Sửa đổi, Phê duyệt")

# Nouns that begin a subject without "về": "Báo cáo số … của Sở Y tế kết quả công tác quý I".
SUBJECT_NOUNS = pattern("kết quả, tình hình, danh mục, danh sách, dự toán, chỉ tiêu, một số, những, nhiệm vụ")

# Words after which nothing belongs to an issuer's name.
FUNCTION_WORDS = pattern("""
    gửi, đến, đã, được, có, là, thì, nêu, trong, trên, tại, theo, nhằm, để, từ, còn, đang, sẽ, phải, như, trước
    khi, nếu, không, bằng, cho, vào, sau, đối với, kèm, hiện, cùng với, cũng, thay, gồm, bao gồm, liên quan
    gắn với, căn cứ, này, nói trên, nêu trên, vừa, ký, ra, xem xét, chưa, mà, vẫn, chỉ, cần, rất, trình, kính
    đề ra, dự kiến, khóa trước, tới, vì, do, hoặc
""")

# Verbs by which a sentence's main clause is known: "…, Sở Nội vụ báo cáo như sau".
MAIN_VERBS = pattern("""
    đã, ban hành, xây dựng, đề nghị, yêu cầu, báo cáo, triển khai, thông báo, kính, trân trọng, tổ chức
    hướng dẫn, giao, có ý kiến, phê duyệt, lập, trình, quyết định, chỉ đạo, phát động, cụ thể, tiếp tục
    quán triệt, xin, có công văn, phải, cần, thực hiện, tham mưu
""")

# Behind a full stop: it ends no abbreviation such as "TP.", "ThS.", "Q.".
NOT_ABBREVIATED = r"""(?<! \bTP. ) (?<! \bTp. ) (?<! \bTX. ) (?<! \bTT. ) (?<! \bGS. ) (?<! \bTS. ) (?<! \bPGS. )
    (?<! \bThS. ) (?<! [\s.][A-ZĐ]. ) (?<! \bst. )"""

# What a basis begins with.
BASE_LEADS = pattern("căn cứ, thực hiện, triển khai, theo, tiếp tục, xét")
BASE_LEADS_UPPER = pattern("Căn cứ, Thực hiện, Triển khai, Theo, Tiếp tục, Xét, Để, Trên cơ sở, Nhằm")

# Clauses that go on after a comma but are no part of a subject.
CLAUSES = pattern("""
    gắn với, cụ thể, trong đó, nhằm, góp phần, theo đó, đồng thời, như sau, có hiệu lực, được ban, được sửa
    được thay, đề nghị, yêu cầu, trân trọng, kính đề, kính mời, kính trình, kính gửi, kính báo, căn cứ
    theo đề nghị, theo tinh thần, xét đề nghị, để bảo, để đảm, để thực, để triển, đến nay, nay, hiện nay, từ đó
    qua đó, do đó, vì vậy
""")

# Lower-case words that begin the main clause when a main verb follows.
PLAIN_BODIES = pattern("""
    chúng, nhà trường, ủy ban, đảng ủy, công đoàn, cơ quan, đơn vị, xã, phường, tỉnh, huyện, trường, chi bộ
    toàn, các cơ quan, các đơn vị, các phòng, các địa phương, các cấp, các trường, các xã, các sở
""")

# What follows "và" when a list of references ends in general words.
GENERAL_WORDS = pattern("""
    các văn bản, các quy định khác, các quy định có, các quy định liên, các quy định của pháp, các nội dung khác
    các nội dung liên, các hướng dẫn, các tài liệu, các chỉ đạo, những văn bản, những quy định, một số văn bản
    tình hình thực tế, điều kiện thực
""")
