"""From text to citations, in stages: mentions, tails, list sharing, subjects."""

import bisect
import re

from . import words
from .codes import split_code
from .dates import DAY, to_date
from .lines import unwrapped
from .mentions import Mention, find_mentions
from .model import Citation
from .reading import Reading, read
from .subject import (
    OPENING,
    QUOTE_AND_COMMA,
    Landmarks,
    clause_leads_on,
    quoted_end,
    stop_of_subject,
    subject_start,
    trimmed,
)
from .tail import ORGANISATION, Tail, issuer_end, read_tail

_WINDOW = 1000
_ABOUT = (" về ", " về việc ", " V/v ", " v/v ")  # the subject follows at once: neither date nor issuer
_SHORTEST = 3  # letters that a date, an issuer or a subject takes at least
_PATH = r"(?:(?:điểm|khoản|Điều|điều|Mục|mục|Chương|chương|Phần|phần|tiết|Phụ\s+lục)\s+[\w.,() ]{1,24}?\s+)*"
# What joins two references of one list: ",", "và", "; số", "cùng với các".
_JOIN = re.compile(
    rf"[\s\"”)]*(?:,|;|\bvà\b|\bcùng\s+với\b|\bcùng\b|\bhoặc\b|,\s*và\b)\s*(?:và\s+|các\s+|những\s+|cả\s+)*{_PATH}(?:của\s+)?\s*",
    re.IGNORECASE,
)
_LIST_BEFORE = re.compile(
    rf"(?P<sign>,|;|\bvà|\bcùng\s+với|\bhoặc)\s*(?:và\s+|các\s+|những\s+|cả\s+)*{_PATH}$", re.IGNORECASE
)
_BETWEEN = frozenset(("", ",", ";", "và", ", và", "về", "về việc"))  # no date and no issuer stand in these
_ANY_SIGN = re.compile("[,;]|và|với|hoặc")
_BASE = re.compile(rf"[-–+*•\s\d.a-zđ)]{{0,6}}(?:{words.BASE_LEADS})\b", re.IGNORECASE)


def parse(text: str) -> list[Citation]:
    """The documents mentioned in `text`, in order of appearance; nested mentions are entries of their own."""
    reading = read(text)
    plain = unwrapped(reading.text)
    mentions = find_mentions(plain)
    tails = _tails(plain, mentions)
    _leads(plain, mentions, tails)
    _share(plain, mentions, tails)
    subjects = _subjects(plain, mentions, tails)
    _share_subjects(plain, mentions, tails, subjects)
    return [_citation(reading, *parts) for parts in zip(mentions, tails, subjects, strict=True)]


def _tails(text: str, mentions: list[Mention]) -> list[Tail]:
    tails = []
    for index, mention in enumerate(mentions):
        following = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
        limit = min(following, mention.end + 600)
        is_bare = limit - mention.end < _SHORTEST or text.startswith(_ABOUT, mention.end)
        if is_bare and not mention.inner_issuer and not mention.bracketed:
            tails.append(Tail(mention.end))
            continue
        joint = _is_joint(mention)
        tail = read_tail(text, mention.end, limit, joint, mention.bracketed)
        if mention.inner_issuer and tail.issuer is None:
            start, end = mention.inner_issuer
            tail.issuer = (start, issuer_end(text, start, end, joint))
        tails.append(tail)
    return tails


_TOGETHER = re.compile(r"PH\b")


def _is_joint(mention: Mention) -> bool:
    code = mention.code or ""
    return (
        (mention.kind or "") in {"TTLT", "NQLT"} or "LT" in code or "LN" in code or bool(_TOGETHER.search(code))
    )


_SIGNED = re.compile(
    r"""
    \s+ (?: (?:đã|vừa|cũng|vừa\s+mới|mới|sẽ|tiếp\s+tục|kịp\s+thời|chủ\s+động|thống\s+nhất) \s+ )*
    (?: ký \s+ ban \s+ hành | ban \s+ hành | ký | ra | có | thông \s+ qua
      | gửi | phát \s+ hành | tham\s+mưu\s+ban\s+hành )
    \s* (?: (?:các|những|văn\s+bản) \s+ )? $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LEAD_DAY = re.compile(rf"(?<!\w)ngày\s*{DAY}\s*,?\s*", re.VERBOSE | re.IGNORECASE)
_AT = re.compile(
    rf"(?:\b(?:của|theo|do|được)\s+)(?P<issuer>(?:(?!\b(?:của|theo|do|được)\s)[^,;:.\n]){{2,110}}?)\s*,?\s+(?:(?:phê\s+duyệt|ban\s+hành|công\s+bố|giao|cho\s+phép|thông\s+qua|công\s+nhận|quy\s+định|chấp\s+thuận|chỉ\s+đạo|nêu|kết\s+luận|yêu\s+cầu)\s+)?(?:kèm\s+theo|tại|theo|trong|bằng)\s+(?:các\s+)?{_PATH}$"
)
_ORGANISATION = re.compile(ORGANISATION, re.VERBOSE | re.IGNORECASE)


def _leads(text: str, mentions: list[Mention], tails: list[Tail]) -> None:
    """Date and issuer that stand before the reference: "Ngày 06/4/2023, Thủ tướng Chính phủ đã ký Quyết định số …"."""
    floor = 0
    for mention, tail in zip(mentions, tails, strict=True):
        start = max(floor, mention.start - 260)
        floor = mention.end
        if mention.start - start < _SHORTEST or text[start : mention.start].strip() in _BETWEEN:
            continue
        start = max(start, *(text.rfind(sign, start, mention.start) for sign in ("\n", ";", ". ")))
        before = text[start : mention.start]
        if signed := _SIGNED.search(before):
            _signed_lead(text, start, start + signed.start(), tail)
        elif tail.issuer is None and (at := _AT.search(before)) and _names_body(at["issuer"]):
            begin, end = start + at.start("issuer"), start + at.end("issuer")
            if issuer_end(text, begin, end) == end:
                tail.issuer = (begin, end)


def _names_body(name: str) -> bool:
    """Whether the words name a body or an office: they begin with one, or with a capital."""
    return bool(_ORGANISATION.match(name)) or (
        name[0].isupper() and not name.startswith(("Luật", "Điều", "Nghị", "Đề án"))
    )


def _signed_lead(text: str, start: int, end: int, tail: Tail) -> None:
    days = list(_LEAD_DAY.finditer(text, start, end))
    begin = days[-1].end() if days else _phrase_start(text, start, end)
    while begin < end and (text[begin].isspace() or text[begin] in "-–+,"):
        begin += 1
    dash = text.rfind("- ", begin, end) + 2
    if dash > 1 and _ORGANISATION.match(text, dash, end):  # "Ông Nguyễn Văn A - Chủ tịch UBND xã đã ký"
        begin = dash
    if not _ORGANISATION.match(text, begin, end) or end - begin > 160:
        return
    if tail.issuer is None:
        tail.issuer = (begin, end)
        if days and not tail.own_date:
            tail.date, tail.own_date = to_date(days[-1]), True


_PLACE = re.compile(r"\s*(?:tỉnh|thành\s+phố|huyện|quận|thị\s+xã|phường|xã)\b")


def _phrase_start(text: str, start: int, end: int) -> int:
    """Where the phrase that ends at `end` begins: behind a sign, but "UBND huyện A, tỉnh B" is one phrase."""
    begin = max(start, *(text.rfind(sign, start, end) + 1 for sign in ",:;\n)"))
    if begin > start and text[begin - 1] == "," and _PLACE.match(text, begin, end):
        return _phrase_start(text, start, begin - 1)
    return begin


def _joined(text: str, end: int, start: int) -> bool:
    """Whether only a comma or "và" stands between two references."""
    return start - end in range(1, 91) and ";" not in text[end:start] and bool(_JOIN.fullmatch(text, end, start))


def _share(text: str, mentions: list[Mention], tails: list[Tail]) -> None:
    """A date or issuer given once for several references holds for all: "A và B ngày … của …"; not across ";"."""
    joined = [
        _joined(text, tail.end, following.start) for tail, following in zip(tails, mentions[1:], strict=False)
    ]
    for index in range(len(mentions) - 2, -1, -1):
        this, following = tails[index], tails[index + 1]
        if mentions[index].code is None or not joined[index]:
            continue
        if not this.own_date and this.issuer is None and not following.bracketed:
            this.date, this.own_date = following.date, following.own_date
        if this.issuer is None and following.issuer and following.issuer[0] >= mentions[index + 1].end:
            this.issuer = following.issuer
    for index in range(1, len(mentions)):
        this, previous = tails[index], tails[index - 1]
        if not joined[index - 1]:
            continue
        if this.same_day or (not this.own_date and previous.issuer and previous.issuer[1] <= mentions[index - 1].start):
            this.date = previous.date
        if this.issuer is None and previous.issuer and previous.issuer[1] <= mentions[index - 1].code_start:
            this.issuer = previous.issuer
        if not mentions[index].has_word and mentions[index - 1].kind == "QyĐ" and mentions[index].kind == "QĐ":
            mentions[index].kind = "QyĐ"


def _subjects(text: str, mentions: list[Mention], tails: list[Tail]) -> list[tuple[int, int] | None]:
    starts = [mention.start for mention in mentions]
    landmarks = Landmarks(text)
    subjects = [_subject(landmarks, index, mentions, tails, starts) for index in range(len(mentions))]
    _cut_main_clauses(text, subjects)
    return subjects


def _cut_main_clauses(text: str, subjects: list[tuple[int, int] | None]) -> None:
    """ "… thực hiện Chỉ thị số 2-CT/TW về “X”, các …": no subject goes on past a quoted inner one and a comma."""
    for index, inner in enumerate(subjects):
        if not inner or text[inner[0] - 1] not in OPENING or text[inner[1] : inner[1] + 2] not in QUOTE_AND_COMMA:
            continue
        for before in range(max(0, index - 3), index):
            outer = subjects[before]
            if outer and outer[0] < inner[0] and inner[1] + 1 < outer[1]:
                subjects[before] = outer[0], inner[1] + 1


def _subject(
    landmarks: Landmarks, index: int, mentions: list[Mention], tails: list[Tail], starts: list[int]
) -> tuple[int, int] | None:
    text, mention, tail = landmarks.text, mentions[index], tails[index]
    if mention.code is None or mention.name:
        return mention.name and trimmed(text, *mention.name)
    limit = min(landmarks.sentence_end(tail.end), tail.end + _WINDOW)
    if limit - tail.end < _SHORTEST:
        return None
    found = subject_start(text, tail.end, limit, mention.start, mention.end + 20)
    if not found:
        return None
    start, _ = found
    if start < limit and text[start] in '“"«„' and (close := quoted_end(text, start, min(len(text), start + _WINDOW))):
        after = re.compile(r"\s+(?!của\b|ngày\b|và\b|do\b|theo\b|cùng\b|tại\b)[a-zà-ỹđ]").match(
            text, close + 1, max(limit, close + 1)
        )
        if not after:
            return trimmed(text, start, close + 1)
    beyond = bisect.bisect_left(starts, limit, index + 1)

    def goes_on(semicolon: int) -> bool:
        """A ";" belongs to a basis' only reference when no new clause and no other reference follows it."""
        is_last = not clause_leads_on(text, semicolon) and not any(
            other.start > semicolon for other in mentions[index + 1 : beyond]
        )
        return is_last and _is_first_in_base(text, mention, index, mentions)

    end = stop_of_subject(landmarks, start, limit, goes_on)
    if index + 1 < beyond and starts[index + 1] < end:
        end = min(end, _before_sibling(text, start, mentions[index + 1], end))
    return trimmed(text, start, end)


def _is_first_in_base(text: str, mention: Mention, index: int, mentions: list[Mention]) -> bool:
    line = text.rfind("\n", max(0, mention.start - 400), mention.start) + 1
    line = max(line, mention.start - 400 if mention.start > 400 and line == 0 else line)
    return (
        bool(_BASE.match(text, line)) and (index == 0 or mentions[index - 1].start < line) and mention.start - line < 40
    )


def _before_sibling(text: str, start: int, other: Mention, end: int) -> int:
    """Where the list's next reference begins that is no part of the subject ("… về X, Chỉ thị số 19-CT/TU …")."""
    begin = max(start, other.start - 60)
    sign = _LIST_BEFORE.search(text, begin, other.start) if _ANY_SIGN.search(text, begin, other.start) else None
    return sign.start() if sign and (other.code or sign["sign"] == ",") else end


def _share_subjects(
    text: str, mentions: list[Mention], tails: list[Tail], subjects: list[tuple[int, int] | None]
) -> None:
    """ "A ngày … và B ngày … của X về Y": Y is the subject of both when both have their date and one issuer."""
    for index in range(len(mentions) - 2, -1, -1):
        this, following = tails[index], tails[index + 1]
        if subjects[index] or not subjects[index + 1] or not mentions[index].code or not mentions[index + 1].code:
            continue
        if (
            this.date
            and this.issuer
            and this.issuer == following.issuer
            and _joined(text, this.end, mentions[index + 1].start)
        ):
            subjects[index] = subjects[index + 1]


def _citation(reading: Reading, mention: Mention, tail: Tail, subject: tuple[int, int] | None) -> Citation:
    start, end = reading.span(mention.start, mention.end)
    number, symbol = split_code(mention.code) if mention.code else (None, None)
    issuer = reading.slice(*tail.issuer) or None if tail.issuer else None
    about = reading.slice(*subject) or None if subject else None
    return Citation(
        reading.source[start:end], start, end, mention.kind, mention.code, number, symbol, tail.date, issuer, about
    )
