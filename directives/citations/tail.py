"""Stage 2 of the reader: date and issuer behind a code.

Reads the text behind a mention; writes date, issuer and where the reading stopped.
"""

import datetime as dt
import re
from dataclasses import dataclass

from . import words
from .dates import DAY, to_date

_DATE = re.compile(
    rf"""
    [\s,]*
    (?: (?:cùng|được|(?:Quốc\s+hội(?:\s+khóa\s+\w+)?)|đã|đề|ra|do|ký
            |ban\s+hành|phát\s+hành|thông\s+qua) \s* ,? \s* ){{0,3}}
    (?: (?:vào\s+)? (?:hồi|lúc) \s+ \d{{1,2}} \s* (?:giờ|h) \s* (?: \d{{1,2}} \s* (?:phút)? )? \s* ,? \s* )?
    (?: ngày \s* {DAY} )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DATE_IN_BRACKETS = re.compile(rf"\s*\(\s*(?:ban\s+hành\s+|ký\s+)?(?:ngày\s*)?{DAY}\s*\)", re.VERBOSE | re.IGNORECASE)
_SAME_DAY = re.compile(r"[\s,]*cùng\s+ngày(?!\s*\d)", re.IGNORECASE)
_YEAR_ONLY = re.compile(
    r"[\s,]*\(?(?:(?:ban\s+hành|ký)\s+)?(?:tháng\s*\d{1,2}\s*(?:/|năm)\s*\d{4}|năm\s+\d{4})(?!\s*[-\d])\)?",
    re.IGNORECASE,
)
_ALIAS = re.compile(
    r"\s*\((?:sau\s+đây|dưới\s+đây|gọi\s+tắt|viết\s+tắt|gọi\s+là|bản\s+sao|kèm\s+theo|đính\s+kèm|được|đã)[^()\n]{0,200}\)",
    re.IGNORECASE,
)

ORGANISATION = rf"(?:{words.ORGANISATION})(?!\w)"
_ISSUER_LEAD = re.compile(
    rf"""
    [\s,]* (?: (?P<word> của (?:\s+liên\s+ngành)? | do | giữa ) \s+ (?!\d)
             | (?: - \s* )? (?={ORGANISATION}) )
    (?=\w)
    """,
    re.VERBOSE,
)
_LEAD_ANY_CASE = re.compile(
    _ISSUER_LEAD.pattern.replace("(?P<word> của", "(?P<word> CỦA | DO | GIỮA | Của | của"), re.VERBOSE
)
_AFTER_DO = re.compile(
    r"\s*(?:đã\s+)?(?:ký\s+)?(?:ban\s+hành|ký|phát\s+hành)(?=\s*(?:ngày|về|,|“|\"|v/v|$))", re.IGNORECASE
)

_ABOUT = r"v\s?/\s?v | về"
_ISSUER_STOP = re.compile(
    rf"""
    (?P<about> \s (?i:{_ABOUT}) (?!\w) )
  | (?P<verb> \s (?:{words.VERBS}) (?!\w) )
  | (?P<act> \s (?:{words.CAPITAL_ACTS}) (?=\s) )
  | (?P<noun> \s (?:{words.SUBJECT_NOUNS}) (?!\w) )
  | (?P<function> \s (?:{words.FUNCTION_WORDS}) (?!\w) )
  | (?P<day> [\s,]* \b ngày \s* [\d.…_/] | \s năm \s+ \d )
  | (?P<list> ,? \s (?: và | cùng
        | với ) \s+ (?: các\s+(?:văn\s+bản|quy\s+định|nghị|chỉ|kế|chương|nội|hướng|kết|công\s+văn
              |quyết\s+định|cơ\s+quan,|tài\s+liệu) | những | việc | tình\s+hình | thực\s+tiễn | một\s+số ) )
  | (?P<comma> , )
  | (?P<bracket> \( )
  | (?P<sentence> [;:\n“"«”»)*…\[] | \. {words.NOT_ABBREVIATED} (?=\s|$|/) | / (?=\s|\.) )
    """,
    re.VERBOSE,
)
_ISSUER_STOP_UPPER = re.compile(_ISSUER_STOP.pattern, re.VERBOSE | re.IGNORECASE)
_TERM_IN_BRACKETS = re.compile(
    r"\s*\((?:lần\s+thứ[^()]{1,40}|khóa\b[^()]{1,30}|khoá\b[^()]{1,30}|nhiệm\s+kỳ[^()]{1,30}|mở\s+rộng|cũ|nay\s+là[^()]{1,60}|trước\s+đây[^()]{0,60}|khối[^()]{1,40})\)",
    re.IGNORECASE,
)
# The term behind the code, before its issuer: "Nghị quyết số 04-NQ/TU (khóa XX) của Tỉnh ủy".
_TERM_AND_ISSUER = re.compile(rf"(?:{_TERM_IN_BRACKETS.pattern})(?=\s+của\s)", re.IGNORECASE)
# Bodies whose name goes on with what they do: "Ban Chỉ đạo thực hiện Quy chế dân chủ tỉnh".
_NAMED_BY_TASK = re.compile(
    r"(?:Ban\s+Chỉ\s+đạo|Tổ\s+công\s+tác|Hội\s+đồng|Ban\s+[Tt]ổ\s+chức|Tiểu\s+ban|Ủy\s+ban(?!\s+(?:nhân\s+dân|mặt\s+trận|MTTQ|kiểm\s+tra))|Tổ\s+giúp\s+việc|Ban\s+Quản\s+lý|Ban\s+Vận\s+động|Quỹ|Đoàn\s+(?:kiểm\s+tra|giám\s+sát|công\s+tác))[\w\s]{0,40}$",
    re.IGNORECASE,
)
# Names that are not whole before their verb: nobody is called "Đoàn" or "Ban Chỉ huy" alone.
_NAME_WITH_VERB = re.compile(
    r"(?:đoàn\s+(?:kiểm\s+tra|giám\s+sát|thanh\s+tra|khảo\s+sát)|ban\s+chỉ\s+(?:đạo|huy)\s+phòng\s+chống)",
    re.IGNORECASE,
)
_ISSUED = re.compile(r"\s(?:ban\s+hành|thông\s+qua)", re.IGNORECASE)  # what bodies do and none is named by
_BEFORE_NAME = re.compile(
    r"(?:.*(?:,|\bvà)\s+)?(?:ban|sở|phòng|bộ\s+phận|tổ|đội|cục|vụ|ủy\s+ban|cơ\s+quan|hội\s+đồng|trung\s+tâm|viện|ngành|văn\s+phòng|quỹ|ngân\s+hàng|chi\s+cục|lực\s+lượng)",
    re.IGNORECASE,
)
# Names in which one verb follows another: "Quỹ Đầu tư phát triển", "Viện Nghiên cứu xây dựng", "Bộ Ngoại giao".
_NAMED_BY_VERB = re.compile(
    r"(?:-|Ngoại|Bầu|Phối\s+hợp|Nghiên\s+cứu|Đầu\s+tư|Xúc\s+tiến|Hỗ\s+trợ|Phát\s+triển|Bảo\s+vệ|Quản\s+lý|Bồi\s+dưỡng|Giám\s+sát|[Dd]ự\s+án|và)$"
)
_QUOTE = re.compile(r"\s*[“\"«]")
_CLOSING = re.compile(r"\s*\)")
_DANGLING = re.compile(r"[\s,;:.(-]+(?:và|với|cùng|cùng\s+với|hoặc|theo|tại)(?:\s+(?:các|những))?$")
_ORGANISATION_NEXT = re.compile(rf"\s*(?:và\s+)?(?:{ORGANISATION})", re.VERBOSE)
_COMMA_NAME = re.compile(
    r",\s*(?:kỳ\s+họp\s+thứ|chống|giáo\s+dục|khen\s+thưởng|cứu\s+hộ|cứu\s+nạn|tìm\s+kiếm|chữa\s+cháy|phường|thị\s+trấn|thị\s+xã|thành\s+phố|đặc\s+khu|tỉnh|huyện|tham\s+nhũng|lãng\s+phí|chữa\s+bệnh|trật\s+tự|tôn\s+giáo|lái\s+xe|nhiệm\s+kỳ|khóa|khoá)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Tail:
    """Date and issuer behind a code; `end`: where the reading stopped, `own_date`: a date stood there, blank or not."""

    end: int
    date: dt.date | None = None
    own_date: bool = False
    bracketed: bool = False
    same_day: bool = False
    issuer: tuple[int, int] | None = None


def read_tail(text: str, start: int, limit: int, joint: bool, bracketed: bool) -> Tail:
    """Read dates and one issuer from `start`, in any order, not beyond `limit`."""
    tail = Tail(start)
    for _ in range(5):
        before = tail.end
        if not _read_date(text, tail, limit) and tail.issuer is None:
            _read_issuer(text, tail, limit, joint)
        if alias := _ALIAS.match(text, tail.end, limit) or _TERM_AND_ISSUER.match(text, tail.end, limit):
            tail.end = alias.end()
        if bracketed and (closing := _CLOSING.match(text, tail.end, limit)):
            tail.end, bracketed, tail.bracketed = closing.end(), False, True
        if tail.end == before:
            break
    return tail


def _read_date(text: str, tail: Tail, limit: int) -> bool:
    if tail.own_date:
        return False
    for pattern in (_DATE, _DATE_IN_BRACKETS):
        if match := pattern.match(text, tail.end, limit):
            tail.date, tail.own_date, tail.bracketed = to_date(match), True, pattern is _DATE_IN_BRACKETS
            tail.end = match.end()
            return True
    if match := _SAME_DAY.match(text, tail.end, limit):
        tail.same_day, tail.end = True, match.end()
        return True
    if match := _YEAR_ONLY.match(text, tail.end, limit):
        tail.own_date, tail.end = True, match.end()
        return True
    return False


def _read_issuer(text: str, tail: Tail, limit: int, joint: bool) -> None:
    lead = _LEAD_ANY_CASE.match(text, tail.end, limit)
    if not lead:
        return
    end = issuer_end(text, lead.end(), limit, joint)
    if end <= lead.end():
        return
    if not lead["word"] and "," in lead.group() and not joint and not _QUOTE.match(text, end):
        return  # the sentence's main clause: "…, Sở Nội vụ đề nghị"
    tail.issuer, tail.end = (lead.end(), end), end
    if (lead["word"] or "").lower() == "do" and (after := _AFTER_DO.match(text, end, limit)):
        tail.end = after.end()


def issuer_end(text: str, start: int, limit: int, joint: bool = False) -> int:
    """Where the name of the body that begins at `start` ends."""
    limit = min(limit, start + 260)
    shouting = text[start : start + 24].isupper()
    stop = _ISSUER_STOP_UPPER if shouting else _ISSUER_STOP
    position = start
    while match := stop.search(text, position, limit):
        onward = _goes_on(text, start, match, limit, joint)
        if onward is None:
            return _trimmed(text, start, match.start())
        position = onward
    return _trimmed(text, start, limit)


def _goes_on(text: str, start: int, match: re.Match[str], limit: int, joint: bool) -> int | None:
    """Where to look on when what was found belongs to the body's name; None when the name ends there."""
    kind, name = match.lastgroup, text[start : match.start()]
    if kind == "bracket":
        term = _TERM_IN_BRACKETS.match(text, match.start(), limit)
        return term.end() if term else None
    if kind == "comma":
        return _comma_goes_on(text, match, limit, joint)
    if kind == "verb" and not _ISSUED.fullmatch(match.group()):
        if _BEFORE_NAME.fullmatch(name) or _NAMED_BY_VERB.search(name):
            return match.end()
        if _NAME_WITH_VERB.fullmatch(text, start, match.end()):
            return match.end()
        if _NAMED_BY_TASK.fullmatch(name) and _stop_later(text, match.end(), limit):
            return match.end()
    if kind == "about" and _NAMED_BY_TASK.fullmatch(name) and _stop_later(text, match.end(), limit):
        return match.end()
    return None


def _stop_later(text: str, position: int, limit: int) -> bool:
    """Whether a subject, or the name's end, still follows: then the verb or "về" before it was part of the name."""
    later = re.compile(
        r"\s(?:về\s+việc|về|v/v|ban\s+hành|hướng\s+dẫn|quy\s+định)\b|[“\"]|(?P<end>[,;:\n.]|$)", re.IGNORECASE
    )
    match = later.search(text, position, min(limit, position + 120))
    return match is not None and match["end"] is None


def _comma_goes_on(text: str, match: re.Match[str], limit: int, joint: bool) -> int | None:
    if name := _COMMA_NAME.match(text, match.start(), limit):
        return name.end()
    after = re.compile(r"\s*([^\W\d_]\w*)").match(text, match.end(), limit)
    if not after or not after[1][0].isupper():
        return None
    if _ORGANISATION_NEXT.match(text, match.end(), limit):
        return match.end() if joint or _about_next(text, match.end(), limit) else None
    return after.end()


def _about_next(text: str, position: int, limit: int) -> bool:
    """Whether "về" follows the body after a comma: then it is a second issuer, not the sentence's main clause."""
    stop = _ISSUER_STOP.search(text, position, limit)
    return stop is not None and stop.lastgroup == "about"


def _trimmed(text: str, start: int, end: int) -> int:
    name = _DANGLING.sub("", text[start:end].rstrip(" ,;:.-/\n\r"))
    return start + len(name)
