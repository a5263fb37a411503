"""How units are named in running text: where a name begins, where it ends, how a list of names is divided."""

from __future__ import annotations

import re

from campaigns.plan_reader.wording import one_line


def _words(text: str) -> tuple[str, ...]:
    """The entries of a list written as text, without repetition."""
    return tuple(dict.fromkeys(" ".join(entry.split()) for entry in text.split(",")))


# Words a unit's (or a post's) name begins with. The longer ones stand first.
_KINDS = _words(
    """
    văn phòng, công đoàn, thanh tra, đoàn thanh niên, đoàn viên, đoàn trường, đoàn xã, đoàn phường, đoàn cơ sở,
    đoàn tncs, đoàn, liên đội, chi đoàn, chi hội, chi bộ, chi ủy, chi uỷ, chi cục, đảng ủy, đảng uỷ, đảng bộ, cấp
    ủy, cấp uỷ, tỉnh ủy, thành ủy, ban, bộ phận, bộ chỉ huy, bộ tư lệnh, bộ đội, bộ, bảo hiểm, báo, đài, bệnh
    viện, bưu điện, ban chỉ huy, phòng, sở, cục, tổ, nhóm, khoa, trung tâm, trường, trạm, viện, hội, hội đồng,
    liên đoàn, liên minh, mặt trận, ubmttq, mttq, ủy ban, uỷ ban, ubnd, hđnd, tòa án, viện kiểm sát, kho bạc,
    thuế, ngân hàng, công an, công ty, quỹ, kế toán, tài vụ, văn thư, thủ trưởng, trưởng, phó, giám đốc, chánh,
    hiệu trưởng, bí thư, chủ tịch, tổng phụ trách, giáo viên, nhân viên, cán bộ, công chức, viên chức, người lao
    động, người đứng đầu, đồng chí, đ/c, ông, bà, thầy, cô, cơ quan, đơn vị, doanh nghiệp, địa phương, thôn, xóm,
    ấp, bản, khu phố, khu dân cư, tổ dân phố, xã, phường, hợp tác xã, cổng thông tin, thư viện, bảo tàng, nhà văn
    hóa, lực lượng, mặt trận tổ quốc, toàn thể, lãnh đạo, học viện, tạp chí, điện lực, hạt kiểm lâm, đội, cụm,
    khối, phân hội, ngành, chuyên viên, cá nhân, học sinh, đảng viên, tổng đài, y tế, huyện ủy, huyện uỷ, quận ủy,
    quận uỷ, thị ủy, thị uỷ, tỉnh uỷ, thành uỷ, tỉnh đoàn, thành đoàn, huyện đoàn, quận đoàn, thị đoàn, huyện,
    quận, thị xã, thị trấn, thành phố, tổng cục, tổng công ty, vụ, chi nhánh, nhà máy, xí nghiệp, nhà trường,
    nhà thiếu nhi, phụ huynh, cha mẹ học sinh, câu lạc bộ, clb, liên hiệp, hiệp hội, phân đoàn, phân hiệu, đồn,
    trung đoàn, tiểu ban, thường trực, ban giám hiệu, bgh, gvcn, gvbm, tpt, bch, btv, bcđ, cđcs, lớp, hội viên,
    ủy viên, uỷ viên, thành viên, thủ quỹ, vnpt, viettel, cơ sở giáo dục, cơ sở đào tạo, cơ sở y tế,
    cơ sở khám bệnh, cơ sở sản xuất, cơ sở kinh doanh, cơ sở đoàn, cơ sở hội, nhân dân
    """
)
_QUANTITY = r"(?:(?:tất\s+cả\s+)?(?:các|những|từng|mỗi|toàn\s+thể|mọi)\s+)?"
# Words that begin like a unit and are none: "Tổ chức hội nghị", "Báo cáo", "Ban hành", "xã hội".
_NOT_A_UNIT = (
    r"tổ\s+chức|báo\s+cáo|ban\s+hành|ban\s+đầu|xã\s+hội|bộ\s+máy|bộ\s+sưu|bộ\s+tiêu\s+chí|bộ\s+công\s+cụ|hội\s+(?:nghị|thảo|thi|họp|diễn|trại|trường)|"
    r"đoàn\s+kết|sở\s+hữu|sở\s+tại|phòng\s*(?:,|ngừa|chống|họp|học)|đội\s+ngũ|khối\s+lượng|bản\s+(?:đồ|tin|thân|cam\s+kết|đăng\s+ký)|bà\s+con|trường\s+hợp|"
    r"viện\s+(?:trợ|phí)|trưởng\s+thành|ngành\s+nghề|cô\s+đơn|thuế\s+thu|phó\s+thác|hội\s+đồng\s+hương|ấp\s+ủ|quỹ\s+(?:đất|thời\s+gian)|trình\s+độ|cụm\s+từ|"
    r"vụ\s+(?:việc|mùa|án|xuân|đông|hè)|lớp\s+(?:tập|bồi|học)|thường\s+trực\s+(?:24|tiếp|phòng)|đồn\s+thổi"
)
_ANY_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
_SOCIAL = (
    r"tổ\s+chức(?=\s+(?:chính\s+trị|đảng|cơ\s+sở\s+đảng|đoàn|xã\s+hội|thành\s+viên|hội|công\s+đoàn|"
    r"kinh\s+tế|cá\s+nhân))"
)
UNIT_START = re.compile(rf"(?:các\s+{_SOCIAL}|(?:{_QUANTITY})(?!(?:{_NOT_A_UNIT})\b)(?:{_ANY_KIND})\b)", re.I)
_COLLECTIVE = re.compile(r"(?:tất\s+cả\s+)?(?:các|những|toàn\s+thể|mọi|từng|cán\s+bộ|công\s+chức)\b", re.I)
# Names that are whole with the kind alone: what follows may be a verb at once.
_WHOLE = _words(
    """
    văn phòng, công đoàn, thanh tra, đoàn thanh niên, kế toán, văn thư, hiệu trưởng, đơn vị, các đơn vị, cơ quan,
    giám đốc, chủ tịch, cấp ủy, cấp uỷ, các thôn, các xóm, các ấp, tổng phụ trách, các phòng, các ban, các trường,
    các chi bộ, công an, các khoa, thủ trưởng, giáo viên, nhân viên, tài vụ, các tổ, các xã, các phường, các địa
    phương, các cơ quan, các đoàn thể
    """
)

# Where the name ends and the work begins. Small letters only: "Phòng Tổ chức cán bộ", "Ban Chỉ đạo" stay whole.
VERBS = _words(
    """
    chủ trì, phối hợp, có trách nhiệm, chịu trách nhiệm, có nhiệm vụ, làm đầu mối, là đầu mối, đầu mối, là cơ
    quan, là đơn vị, làm nhiệm vụ, phụ trách, đảm nhiệm, đảm nhận, thường xuyên, tổ chức, xây dựng, triển khai,
    tham mưu, tổng hợp, chuẩn bị, rà soát, theo dõi, đôn đốc, hướng dẫn, cập nhật, bố trí, tuyên truyền, căn cứ,
    thực hiện, chỉ đạo, quán triệt, đăng tải, đăng ký, lập, gửi, báo cáo, vận động, phát động, kiểm tra, giám
    sát, bảo đảm, đảm bảo, cử, mời, tiếp tục, đẩy mạnh, tăng cường, chủ động, nghiêm túc, ban hành, cung cấp,
    tham gia, hỗ trợ, phổ biến, thông báo, tiếp nhận, hoàn thành, phát huy, nâng cao, đề xuất, trình, thẩm định,
    đánh giá, sơ kết, tổng kết, khen thưởng, biểu dương, phát hiện, nhân rộng, viết, đưa tin, đăng, soạn thảo,
    hoàn thiện, hoàn chỉnh, cấp, bảo vệ, giữ gìn, tạo điều kiện, lồng ghép, huy động, phân công, giao, mua,
    treo, trang trí, khảo sát, thống kê, lựa chọn, giới thiệu, bình chọn, thăm, tặng, dự, tập hợp, nắm, xử lý,
    giải quyết, giải đáp, trả lời, kịp thời, định kỳ, đồng thời, khẩn trương, trực tiếp, cùng, cùng với, đề
    nghị, yêu cầu, gắn, sử dụng, quản lý, thành lập, duy trì, công khai, niêm yết, ghi, chụp, quay, đưa, biên
    soạn, biên tập, phản ánh, tiếp thu, tập trung, ưu tiên, cam kết, ký, xác định, quyết định, phê duyệt, cân
    đối, thanh toán, quyết toán, dự toán, chi, tư vấn, truyền thông, tập huấn, bồi dưỡng, đào tạo, thu thập, ra
    quân, dọn, trồng, nghiên cứu, đổi mới, ứng dụng, cải cách, rút ngắn, khắc phục, nhắc nhở, lấy ý kiến, góp ý,
    tổ chức thực hiện, hằng tháng, hàng tháng, hằng tuần, hàng tuần, hằng quý, hàng quý, trước, trong, để, nhằm,
    theo, khi, có, phải, sẽ, cần, được, rà, dán, kê, sắp xếp, đón, tiếp, sửa, trao, quay phim, ra, gặp, đối
    thoại, ủng hộ, quyên góp, hưởng ứng, thi đua, chấm, nộp, lắp, thiết kế, tuyển chọn, kết nối, thu gom, kiểm
    kê, kiện toàn, chăm lo, thúc đẩy, khuyến khích, quảng bá, chuyển, bàn giao, cài đặt, vận hành, khai thác,
    phân bổ, thẩm tra, tăng, tổng vệ sinh, xem xét, thống nhất, tiến hành, chấp hành, đóng góp, ghi nhận, tôn
    vinh, nghiệm thu, dẫn chương trình, bám sát, nêu gương, gương mẫu, phấn đấu, đi đầu, luôn, đều, nhanh chóng,
    bổ sung, điều chỉnh, sao gửi, phát hành, số hóa, lưu trữ, quy định, phân loại, phân tích, dự thảo, nhập,
    khởi công, khánh thành, họp, tham dự, chăm sóc, khám, điều tra, xác minh, tuần tra, bảo trì, tiếp cận, thể
    hiện, trả, từ, tại, cũng, đã, đang, bảo quản, nghiêm cấm, tuân thủ, kiến nghị, cảnh báo, khai báo, phun,
    gây, dành, hạn chế, ngăn chặn, phòng ngừa, tuyên dương, mở, đặt, giúp, giúp đỡ, thay, góp phần, tạo môi
    trường, tạo lập, phát tờ rơi, phát sóng, phát quà, làm tốt, làm sạch, làm công tác, làm việc với, túc trực,
    trực chiến, trực ban, phân luồng, xử phạt, cấp phát, cấp cứu, tiêm, điều phối, điều động, đối chiếu, đối
    soát, tự kiểm tra, tự đánh giá, tự tổ chức, liên hệ, liên kết, tích cực, quan tâm, nêu cao, nắm bắt, phục
    vụ, chốt, thi công, sửa chữa, khơi thông, rút kinh nghiệm, xuất bản, thu hút, trích, tham vấn, phản biện,
    mua sắm, trình bày, trình chiếu, xét chọn, xét duyệt, công bố, công nhận, lưu giữ, nâng cấp, chỉnh trang,
    dâng hương, viếng, gặp mặt, biểu diễn, luyện tập, tập luyện, cứu trợ, hòa giải, hoà giải, đăng cai, lên
    lịch, lên kế hoạch, dự kiến, đa dạng, kết hợp, chuẩn y, tranh thủ, rà soát lại, tổ chức cho, khuyến cáo, tôn
    tạo, sưu tầm, trưng bày, giảng dạy, mỗi, hằng năm, hàng năm, đến hết, vào, sau, ngay
    """
)
# "lãnh đạo" is a verb in "Đảng ủy lãnh đạo việc …" and a noun in "các đồng chí lãnh đạo Sở".
_LEADING = r"lãnh\s+đạo(?=\s*,|\s+(?:việc|chỉ|thực|tổ|công|cấp|cán|triển|đảng|các\s+cấp))"
# Verbs that are none before these words: "đơn vị có liên quan", "các ban xây dựng Đảng", "trường học trong tỉnh".
_UNLESS = {
    "có": r"liên quan|thẩm quyền|chức năng|uy tín|điều kiện",
    "trong": r"toàn|cơ quan|khu|tỉnh|huyện|xã|phường|trường|đơn vị|ngành|hệ thống|các (?:khu|cơ|trường)|và ngoài",
    "tại": r"các (?:khu|xã|thôn|doanh)|khu|địa phương|cơ sở",
    "xây dựng": r"Đảng|nông thôn mới|đời sống",
    "cải cách": r"hành chính",
    "từ": r"thiện|tỉnh đến|huyện đến|xã đến",
    "thực hiện": (
        r"(?:Quy chế|Chương trình|Đề án|Nghị quyết|Chỉ thị|Cuộc vận động|Phong trào)"
        r"[^.;:(]*\s(?:tổng hợp|tham mưu|chỉ đạo|theo dõi)"
    ),
}
_LATER = r"làm(?=\s+(?:Trưởng|Phó|Tổ|Chủ|nòng cốt|thư ký|thường trực))"
_ANY_VERB = "|".join(
    re.escape(verb) + (rf"(?!\s+(?:{_UNLESS[verb]}))" if verb in _UNLESS else "")
    for verb in sorted(VERBS, key=len, reverse=True)
)
_END = re.compile(rf"(?P<verb>[:;.(]|,?\s+(?:{_LEADING}|{_LATER}|{_ANY_VERB})(?![\w]))")
_BEING = re.compile(rf"\s(?:được|bị)\s+(?:{_ANY_VERB})(?:(?:,|\s+và)\s+(?:{_ANY_VERB}))*(?![\w])")
_AMBIGUOUS = (
    re.compile(  # verbs that are part of many names: "bộ phận tiếp nhận", "ban tổ chức", "tổ công tác", "phòng tổ chức"
        r"(?:ban|bộ phận|phòng|tổ|hội đồng|ủy ban|uỷ ban|đội|cơ quan|đơn vị|nhóm|trung tâm|cục|các phòng|"
        r"các ban|người|công chức|cán bộ)\Z",
        re.I,
    )
)
# A post that "phụ trách …" tells from others like it: "Phó Hiệu trưởng phụ trách chuyên môn".
_POST = re.compile(r"(?:viên|\bphó (?:\w+ ){0,2}\w+|công chức|cán bộ|lãnh đạo|đồng chí)\Z")
_SEPARATOR = re.compile(r"\s*(?:[;,+\n]|\bvà\b|\bcùng(?:\s+với)?\b|\bvới\b|/)\s*")
_NOBODY = re.compile(r"[\s\-–—.…/]*\Z|không\Z", re.I)
_TRIM = " ,;:.\t\n"
_LABEL = re.compile(r"(?:đơn vị|cơ quan|bộ phận)?\s*(?:chủ trì|phối hợp|thực hiện|tham mưu)\s*:\s*", re.I)


def starts_with_unit(text: str) -> bool:
    return bool(UNIT_START.match(text))


def take_unit(text: str) -> tuple[str, str]:
    """Cut `text`, which begins with a unit's name, into name and rest; ("", text) when no end is in sight."""
    start = UNIT_START.match(text)
    if not start:
        return "", text
    passive = _passive(text[:400])
    for end in _END.finditer(text[:400]):
        name = text[: end.start()].strip(_TRIM)
        if passive[0] <= end.start() < passive[1]:
            continue
        if end.start() < start.end() or not _complete(name, end["verb"]) or _IN_CHARGE.match(text, end.start()):
            continue
        return one_line(name), text[end.start() :].lstrip(" ,")
    return "", text


# What somebody is in charge of tells who it is: "Giáo viên Tổng phụ trách Đội: …".
_IN_CHARGE = re.compile(r",?\s+phụ\s+trách\s[^.;:(]{1,40}:")


def _passive(text: str) -> tuple[int, int]:
    """Where a collective is described by what is done to it: "Các đảng viên được kiểm tra, giám sát …"."""
    match = _BEING.search(text) if _COLLECTIVE.match(text) else None
    return match.span() if match and match.start() < 60 else (0, 0)


def _complete(name: str, verb: str) -> bool:
    """Whether `name` can end before `verb`: "phòng" cannot end before "tổ chức", "Văn phòng" can."""
    folded = name.lower()
    if verb.strip() in {":", ";", ".", "(", "-", "–"}:
        return True
    if folded in _WHOLE or folded.split(", ")[-1] in _WHOLE:
        return True
    if re.search(r"(?:\bvà|\bcác|,|\bphụ trách)\Z", folded) or (verb.strip() == "phụ trách" and _POST.search(folded)):
        return False
    return not (UNIT_START.fullmatch(name) and _AMBIGUOUS.search(folded)) and not _AMBIGUOUS.fullmatch(folded)


def take_units(text: str) -> tuple[tuple[str, ...], str]:
    """Cut a list of units ("Sở A, Phòng B và Công đoàn tổ chức …") into its names and the rest."""
    names, rest = take_unit(text)
    if not names:
        whole = text.strip(_TRIM)
        return (split_units(whole), "") if len(whole) < 250 and starts_with_unit(whole) else ((), text)
    return split_units(names), rest


def split_units(text: str) -> tuple[str, ...]:
    """Divide a list of names. "và" and "," divide only before the beginning of another name; a collective stays whole.

    "-" and blanks mean nobody.
    """
    if _NOBODY.match(text):
        return ()
    names: list[str] = []
    separator = ""
    position = 0
    for match in [*_SEPARATOR.finditer(text), None]:
        piece = text[position : match.start() if match else len(text)]
        _append(names, piece, separator, text[position:])
        separator = match.group() if match else ""
        position = match.end() if match else len(text)
    return tuple(name for name in (one_line(n).strip(_TRIM + "-–") for n in names) if name and not _NOBODY.match(name))


# An office that serves two bodies: "Văn phòng HĐND và UBND tỉnh", "Văn phòng Đoàn ĐBQH và HĐND tỉnh".
_SHARED_OFFICE = re.compile(r"\bvăn phòng\b[^,]*(?:hđnd|hội đồng nhân dân|đbqh|đại biểu quốc hội|đảng ủy)\Z", re.I)


def _append(names: list[str], piece: str, separator: str, rest: str) -> None:
    if names and separator.strip() == "và" and _SHARED_OFFICE.search(names[-1]):
        names[-1] = f"{names[-1]}{separator}{piece}"
    elif not names or _HARD.search(separator) or (starts_with_unit(rest) and not _same_collective(names[-1], piece)):
        names.append(piece)
    else:
        names[-1] = f"{names[-1]}{separator}{piece}"


_HARD = re.compile(r"[;\n+]")


def _same_collective(name: str, piece: str) -> bool:
    """ "các phòng" + "đơn vị thuộc Sở" is one collective; "các phòng chuyên môn" + "các đơn vị thuộc Sở" too.

    So is "UBND các xã" + "phường".
    """
    if not (_COLLECTIVE.match(name) or _SEVERAL.search(name)) or "thuộc" in name:
        return False
    return piece[:1].islower() and not piece.lower().startswith(("ủy ban", "uỷ ban", "văn phòng"))


_SEVERAL = re.compile(r"\bcác\s+(?:\w+\s*[,-]\s*)*(?:\w+\s*){1,2}\Z")


def strip_label(text: str) -> str:
    return _LABEL.sub("", text, count=1)
