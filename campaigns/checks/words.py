"""Words and patterns that the rules look for in Vietnamese official texts."""

import re

PLAN_TITLE = re.compile(r"kế hoạch\b", re.IGNORECASE)
SYMBOL = re.compile(r"KH[-/][A-ZĐ0-9&-]+")
NUMBERED = re.compile(r"\bsố\b", re.IGNORECASE)
ARCHIVE = re.compile(r"[-–\s]*lưu\b", re.IGNORECASE)
SECRET = re.compile(r"\b(TUYỆT MẬT|TỐI MẬT|ĐỘ MẬT)\b")

VERBS = """thực hiện|triển khai|tổ chức|xây dựng|phát động|phát triển|nâng cao|tăng cường|đẩy mạnh|ứng dụng|kiểm tra
giám sát|đánh giá|đào tạo|bồi dưỡng|tuyên truyền|phổ biến|quán triệt|học tập|hưởng ứng|kỷ niệm|kỉ niệm|chào mừng
rà soát|sắp xếp|kiện toàn|cải cách|chuyển đổi|bảo đảm|đảm bảo|phòng|chống|khắc phục|ứng phó|hỗ trợ|thu hút|đổi mới
tiếp|đón|sơ kết|tổng kết|khảo sát|điều tra|thanh tra|tuyển dụng|luân chuyển|quản lý|bảo vệ|giao|ban hành|công bố
chuẩn bị|phối hợp|tham gia|tiếp nhận|xử lý|giải quyết|rèn luyện|củng cố|mở|lập|số hóa|số hoá|làm|thi đua|thi
hành động|công tác|vận động|kết nghĩa|giúp đỡ|đối thoại|tiến hành|hoàn thiện|hoàn thành|cung cấp|đầu tư|mua sắm"""
TITLE_VERBS = re.compile(rf"\b(?:{VERBS.replace(chr(10), '|')})\b", re.IGNORECASE)

UNITS = "phòng|ban|văn phòng|thanh tra|trung tâm|chi cục"
ORDERS = re.compile(
    rf"(?:^|[.;:]\s+)(?:giao|đề nghị|yêu cầu)\s+(?:cho\s+)?(?:các\s+)?(?:{UNITS}|đơn vị|bộ phận|chi bộ|công đoàn"
    r"|đoàn thanh niên)\b"
    rf"|\b(?:{UNITS})\b[^.;:]{{0,60}}?\b(?:chủ trì|chịu trách nhiệm|có trách nhiệm)\b",
    re.IGNORECASE,
)

WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5}
WEEKDAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAY = r"(?P<weekday>thứ\s+(?P<name>hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)"
DAY = r"(?P<day>\d{1,2})(?:\s?/\s?|\s+tháng\s+)(?P<month>\d{1,2})(?:(?:\s?/\s?|\s+năm\s+)(?P<year>\d{4}))?(?![\d/])"
WEEKDAY_AND_DAY = re.compile(rf"\b{WEEKDAY}\s*,?\s*\(?\s*(?:ngày\s+)?{DAY}", re.IGNORECASE)
FULL_DAY = re.compile(
    r"(?<![\d/.,-])(?P<day>\d{1,2})(?:\s?/\s?(?P<month>\d{1,2})\s?/\s?|\s+tháng\s+(?P<worded>\d{1,2})\s+năm\s+)"
    r"(?P<year>\d{4})(?![\d/])"
)
TIME_LEAD = re.compile(
    r"(?:trước|đến|đến hết|từ|xong|hết|chậm nhất|hạn|vào|trong|tổ chức)\s+(?:(?:ngày|là|vào|hết)\s+)*$", re.IGNORECASE
)

UNPADDED_DAY_WORDED = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?P<mid>\s+tháng\s+)(?P<month>\d{1,2})(?!\d)", re.IGNORECASE)
UNPADDED_DAY = re.compile(r"(?<![\d/.,-])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?P<year>/\d{4})(?![\d/])")
UNPADDED_SHORT_DAY = re.compile(r"(?<=\bngày )(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])", re.IGNORECASE)
UNPADDED_MONTH = re.compile(r"(?<=\btháng )(?P<month>[12])(?=(?:\s?/\s?|\s+năm\s+)\d{4})", re.IGNORECASE)
UNPADDED_NUMBER = re.compile(r"(?<![\w/.,-])(?P<number>[1-9])(?=[/-][A-ZĐ]{2}[\w/-]*)")

ABBREVIATION = re.compile(r"(?<![\w/.&-])[A-ZĐ][A-ZĐ&]{1,6}(?![\w/&-])")
EXPLAINED = (
    r"\(\s*(?:(?:sau đây|gọi|viết|được|là|chung|tắt)\s+)*[“\"']?{}[”\"']?\s*[);,]"
    r"|(?:viết|gọi)\s+tắt\s+là\s+[“\"']?{}\b"
)
USUAL_ABBREVIATIONS = """UBND HĐND MTTQ UBMTTQ TW TU KH QĐ NQ CT CV NĐ TT HD TB BC TTr KL VPCP CP TTg QH VN TNCS HCM BCH
BTV XHCN UBKT CBCC KT TM TL TUQ VT VP LĐ PCT PGĐ GĐ TP TX II III IV VI VII VIII IX XI XII XIII XIV XV XVI XX
USB PDF QR CD"""
KNOWN_ABBREVIATIONS = frozenset(USUAL_ABBREVIATIONS.split())

ENUMERATED = re.compile(r"(?:^|\s)(?:\d{1,2}|[a-zđ])\)")
QUOTES = (("“", "”"), ("‘", "’"), ("«", "»"))
SPACE_BEFORE_MARK = re.compile(r"(?<=\S)[ \u00a0]+(?=[,;:.!?)](?!\d))(?!\s*\.\.)")
SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
NO_SPACE_AFTER = re.compile(r"(?<=[^\W\d_])(?P<mark>[,;])(?=[^\W\d_])")
SYLLABLE = re.compile(r"[^\W\d_]+")
I_FOR_Y = re.compile(r"(?:[hklmst]|qu)y")
END_MARK = re.compile(r"\.\s*/\s*\.")
