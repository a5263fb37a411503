"""Stage 3 of the reader: the subject (trích yếu). Reads the text behind date and issuer; writes the subject's span."""

import bisect
import re
from collections.abc import Callable

from . import words
from .kinds import KIND_PATTERN
from .tail import ORGANISATION

OPENING, CLOSING = "“«„‘", "”»’"
QUOTE_AND_COMMA = tuple(f"{quote}," for quote in CLOSING)
_LEAD = re.compile(
    r"""
    [\s,]* (?: \( \s* (?= v\s?/\s?v | về ) )?
    (?: (?P<about> (?: (?:có\s+)? (?:nội\s+dung|trích\s+yếu|chủ\s+đề|tiêu\s+đề) \s* :? \s* )?
                   (?: v\s?/\s?v | về\s+việc | về ) (?!\w) \s* :? \s* (?: việc \s+ (?= [“"] ) )? )
             | (?P<quote> (?= [“"«„] ) ) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_VERB_LEAD = re.compile(rf"\s+(?:{words.VERBS}|{words.CAPITAL_ACTS}|{words.SUBJECT_NOUNS})(?!\w)", re.VERBOSE)
_VERB_LEAD_UPPER = re.compile(_VERB_LEAD.pattern, re.VERBOSE | re.IGNORECASE)
_COMMA_VERB_LEAD = re.compile(r"\s*,\s*(?:quy\s+định|hướng\s+dẫn|sửa\s+đổi|phê\s+duyệt|ban\s+hành)(?!\w)")
_BLANK = re.compile(r"[\s,]*")
_INNER_LEAD = re.compile(r"(?:v\s?/\s?v|về\s+việc|về)\s+", re.IGNORECASE)
_SENTENCE = re.compile(
    rf"""
    [.!?…\n/]
    (?: (?<= \n )
      | (?<= / ) \.
      | (?<= [.!?…] ) {words.NOT_ABBREVIATED} [.!?…]* (?= \s | $ | / | ["”»)] )
    )
    """,
    re.VERBOSE,
)
_STOP = re.compile(
    rf"""
    (?= [\s;,:"()\[{OPENING}{CLOSING}] )                     # nothing else begins a stop
    (?: (?P<semicolon> ; )
  | (?P<clause> \s* , \s* (?:
        (?:{words.CLAUSES}) (?!\w) | \d{{1,3}}[ ]?%
      | (?:{words.PLAIN_BODIES}) \s (?= [^,;.\n]{{0,120}} \b (?:{words.MAIN_VERBS}) \b )
      | {ORGANISATION} (?= [^,;.\n]{{0,140}} \s (?:{words.MAIN_VERBS}) \b )
    ) )
  | (?P<more> ,? \s+ (?: và | cùng | với | cùng\s+với ) \s+ (?:{words.GENERAL_WORDS}) )
  | (?P<alias> \s* \( (?: sau\s+đây | dưới\s+đây | gọi\s+tắt | viết\s+tắt | gọi\s+là | bản\s+sao | kèm\s+theo
        | đính\s+kèm | có\s+(?:văn|bản|kế) | tại\s+Công | (?i:{KIND_PATTERN})\s+(?:số\s+)?\d ) )
  | (?P<valid> \s+ (?:còn|có)\s+hiệu\s+lực | \s+đã\s+(?:nêu|chỉ|xác|được|ban|đề|đạt) | \s+nêu\s+rõ
        | \s+(?:được|do)\s+ban\s+hành | \s+của\s+đơn\s+vị\s+mình | ,?\s+như\s+sau\b )
  | (?P<open> [{OPENING}(] )
  | (?P<close> [{CLOSING})] )
  | (?P<straight> " )
  | (?P<colon> \s*:(?!\s*[“"\d]) )
    )
    """,
    re.VERBOSE,
)
_BASE_LEAD = re.compile(
    r"\s*[-–+*•]?\s*(?:căn\s+cứ|thực\s+hiện|triển\s+khai|theo|tiếp\s+tục|để|nhằm|xét|trên\s+cơ\s+sở|được|với|đồng\s+thời|trân\s+trọng|kính|hoàn\s+thành|phấn\s+đấu|đề\s+nghị|yêu\s+cầu|giao)\b",
    re.IGNORECASE,
)


class Landmarks:
    """Where sentences end and where subjects may end, found once for every line in which a document is mentioned.

    Each line is searched once however many references it holds, so reading stays linear.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._lines: dict[int, tuple[list[int], list[int], list[tuple[int, str]]]] = {}

    def _line(self, position: int) -> tuple[list[int], list[int], list[tuple[int, str]]]:
        """Sentence ends, and places and kinds of the stops, of the line that `position` stands in."""
        index = bisect.bisect_left(self._breaks, position)
        if index not in self._lines:
            start = self._breaks[index - 1] + 1 if index else 0
            end = self._breaks[index] if index < len(self._breaks) else len(self.text)
            ends = [match.start() for match in _SENTENCE.finditer(self.text, start, end)] + [end]
            stops = [(match.start(), match.lastgroup or "") for match in _STOP.finditer(self.text, start, end)]
            self._lines[index] = ends, [place for place, _ in stops], stops
        return self._lines[index]

    def sentence_end(self, position: int) -> int:
        """The end of the sentence or line that `position` stands in."""
        ends = self._line(position)[0]
        return ends[bisect.bisect_left(ends, position)]

    def stops(self, start: int, limit: int) -> list[tuple[int, str]]:
        """Place and kind of everything between `start` and `limit` that may end a subject."""
        _, places, stops = self._line(start)
        first = bisect.bisect_left(places, start)
        return stops[first : bisect.bisect_left(places, limit, first)]


def subject_start(text: str, position: int, limit: int, first: int, last: int) -> tuple[int, bool] | None:
    """Where a subject begins, and whether it is introduced by its own verb; None when there is none.

    In capitals, as `text[first:last]` may be, a verb is one in capitals too.
    """
    if lead := _LEAD.match(text, position, limit):
        return lead.end(), False
    shouting = text[first:last].isupper()
    verb = (_VERB_LEAD_UPPER if shouting else _VERB_LEAD).match(text, position, limit) or _COMMA_VERB_LEAD.match(
        text, position, limit
    )
    if verb and (blank := _BLANK.match(text, position)):
        return blank.end(), True
    return None


def quoted_end(text: str, start: int, limit: int) -> int | None:
    """The closing quote that answers the opening one at `start`; None when it never closes."""
    if text[start] == '"':
        end = text.find('"', start + 1, limit)
        return end if end >= 0 else None
    depth = 0
    for index in range(start, limit):
        depth += (text[index] in OPENING) - (text[index] in CLOSING)
        if depth == 0:
            return index
        if text[index] == "\n":
            return None
    return None


def stop_of_subject(landmarks: Landmarks, start: int, limit: int, semicolon_goes_on: Callable[[int], bool]) -> int:
    """Where the subject that began at `start` must end; `semicolon_goes_on(index)` says which ";" belong to it."""
    depth = 0
    straight = False
    for place, group in landmarks.stops(start, limit):
        if group == "open":
            depth += 1
        elif group == "close":
            if depth == 0:
                return place
            depth -= 1
        elif group == "straight":
            straight = not straight
        elif depth or straight or place <= start:
            continue
        elif group == "semicolon":
            if not semicolon_goes_on(place):
                return place
        else:
            return place
    return limit


def clause_leads_on(text: str, semicolon: int) -> bool:
    """Whether what follows a semicolon begins a new basis or clause."""
    return bool(_BASE_LEAD.match(text, semicolon + 1))


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without outer quotes, "Về việc" inside them and punctuation at its ends; None when nothing is left."""
    if end - start > 1 and text[start].isalnum() and text[end - 1].isalnum():
        return start, end
    while True:
        before = (start, end)
        start += len(text[start:end]) - len(text[start:end].lstrip(" ,;:.\n\r\t"))
        end = start + len(text[start:end].rstrip(" ,;:./\n\r\t-…*"))
        if start >= end:
            return None
        body = text[start:end]
        if body[0] in OPENING + '"' and quoted_end(text, start, end) in (end - 1, None):
            start += 1
            if (inner := _INNER_LEAD.match(text, start, end)) and inner.end() < end:
                start = inner.end()
        elif (body[-1] in CLOSING and sum(map(body.count, OPENING)) < sum(map(body.count, CLOSING))) or (
            body[-1] == '"' and body.count('"') % 2
        ):
            end -= 1
        if (start, end) == before:
            return start, end
