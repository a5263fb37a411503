"""Patterns of years, days and anniversaries in Vietnamese official texts, for moving a plan to another year."""

import re

LONG_PERIOD = re.compile(
    r"(?:giai\s+đoạn|nhiệm\s+kỳ|nhiệm\s+kì|thời\s+kỳ|khóa|khoá)\s+(?:từ\s+năm\s+)?\d{4}\s*(?:[-–]|đến(?:\s+năm)?)\s*\d{4}"
    r"|(?:tầm\s+nhìn|định\s+hướng)\s+(?:đến\s+)?(?:năm\s+)?\d{4}",
    re.IGNORECASE,
)
WEEKDAY = r"(?P<weekday>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)"
WEEKDAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
DAY = re.compile(
    rf"(?:{WEEKDAY}(?P<gap>\s*,?\s*\(?\s*(?:ngày\s+)?))?"
    r"(?<![\d/.,])(?P<day>\d{1,2})(?:(?P<slash>\s?/\s?)(?P<month>\d{1,2})\s?/\s?(?P<year>\d{4})"
    r"|\s+tháng\s+(?P<worded_month>\d{1,2})\s*,?\s+năm\s+(?P<worded_year>\d{4}))(?![\d/])",
    re.IGNORECASE,
)
WEEKDAY_SHORT = re.compile(
    rf"{WEEKDAY}(?P<gap>\s*,?\s*\(?\s*(?:ngày\s+)?)(?P<day>\d{{1,2}})(?:\s?/\s?|\s+tháng\s+)(?P<month>\d{{1,2}})(?!\s?[/\d]|\s+năm)",
    re.IGNORECASE,
)
YEARS = re.compile(
    r"(?P<lead>\bnăm\s+học\s+|\bniên\s+khóa\s+)(?P<first>\d{4})(?P<sign>\s*[-–]\s*)(?P<last>\d{4})", re.IGNORECASE
)
YEAR = re.compile(
    r"(?P<lead>\bnăm\s+|\btháng\s+\d{1,2}\s?/\s?|\bquý\s+(?:IV|I{1,3}|[1-4])\s?/\s?|\b(?:xuân|tết|hè)\s+|(?<![\w/.,-]))"
    r"(?P<year>20\d\d)(?![\d/]|[.,]\d|-[A-ZĐ])",
    re.IGNORECASE,
)
ANNIVERSARY = re.compile(
    r"(?P<lead>\bk[ỷỉ]\s+niệm\s+(?:lần\s+thứ\s+)?|\blần\s+thứ\s+)?(?<!\d)(?P<count>\d{1,3})"
    r"(?P<tail>\s+năm\s+(?=Ngày|ngày\s+[A-ZĐTtSs]|ngày|thành\s+lập|Cách\s+mạng|Quốc\s+khánh|Chiến\s+thắng|giải\s+phóng))?"
)
BEGINS_WITH_BASE = re.compile(r"^(?P<lead>(?:căn\s+cứ|thực\s+hiện|theo|triển\s+khai)\s+)", re.IGNORECASE)
BY = "chậm nhất ngày {day}"
