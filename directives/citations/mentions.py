"""Stage 1 of the reader: where documents are mentioned, and of which kind. Reads the text; writes mentions in order."""

import re
from dataclasses import dataclass
from functools import lru_cache

from . import words
from .codes import CODE, canonical
from .kinds import KIND_PATTERN, SHORT_KINDS, SHORT_PATTERN, kind_of_symbol, kind_of_word
from .laws import LAW
from .tail import ORGANISATION

# Not the second word of "pháp luật", "kỷ luật".
_KIND = re.compile(
    rf"""
    (?<!\w) (?<! [Pp]háp[ ] ) (?<! [Kk]ỷ[ ] )
    (?: (?P<word> (?i:{KIND_PATTERN}) ) (?!\w) | (?P<short> {SHORT_PATTERN} ) (?= \s* (?: số | \d ) ) )
    """,
    re.VERBOSE,
)
# Between a kind and its code: nothing, "số", "số:", "(số", or the issuer and "số".
_GAP = re.compile(
    r"""
    [\s,(]* (?: của \s+ (?P<issuer> [^;:\n(]{2,150}? ) [\s,]* (?: [:(] \s* )? )?
    (?: mang \s+ )? (?:(?P<so>số|sỐ|Số|SỐ) \s* [:.]? \s* )?
    """,
    re.VERBOSE,
)
# "Công văn hỏa tốc số", "Quy chế làm việc số": a word or three between a kind and "số".
_WORDY_GAP = re.compile(
    r"(?:\s+(?!(?:tại|theo|của|về|và|có|ban|này|trên|các|do|được|trong|từ|đã|là|tổng|một|mã|bảng|mẫu|biểu|gói|với)\s)[a-zà-ỹđ]+){1,3}\s+số\s*:?\s*"
)
_NAMED_GAP = re.compile(r"(?P<name>\s[^;:.\n(]{3,110}?)\s*\(?\s*số\s*:?\s*", re.IGNORECASE)
# "Kết luận số 01", "Nghị quyết số 18, 19-NQ/TW".
_BARE = re.compile(r"[\s]*số\s*:?\s*(?P<number>\d{1,5}[a-zđ]?)(?![\w%]|[.,/-]\d|\s*[-/]\s*[A-ZĐ]{2})", re.IGNORECASE)
# "Nghị quyết 57 của Bộ Chính trị": without "số" only where a date or an issuer follows, and for kinds
# that count nothing else.
_BARER = re.compile(
    rf"\s+(?P<number>\d{{1,5}})(?=\s*,?\s+ngày\s*\d{{1,2}}\s*(?:[/.-]|tháng)|\s+của\s+(?:{ORGANISATION}))",
    re.VERBOSE | re.IGNORECASE,
)
_BARER_KINDS = {"NQ", "NĐ", "CT", "KL", "QyĐ", "TT", "PL"}
_BARE_KINDS = {*SHORT_KINDS.values(), "NQLT"}
# What numbers that are no documents follow.
_FALSE_FRIENDS = tuple(
    words.phrases("""
        qcvn, tcvn, tcxdvn, tccs, iso, iec, en, astm, mẫu, biểu, biểu mẫu, bảng, hình, phụ lục, tài khoản, stk
        điện thoại, đt, fax, hotline, gói thầu, hóa đơn, hoá đơn, biển, biển kiểm soát, bks, bản vẽ, quyển, thẻ, lô
        lô đất, thửa, thửa đất, tờ bản đồ, quốc lộ, tỉnh lộ, nhà, mã
    """)
)
_LETTERS_ONLY = re.compile(r"/[A-ZĐ]{2,}-[A-ZĐ]{2,}$")
_SO_BEFORE = re.compile(r"(?<!\w)số\s*:?\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Mention:
    """A document's mention: head span (kind … code), code span, and the fields as later stages find them."""

    start: int
    end: int
    code_start: int
    code_end: int
    kind: str | None
    code: str | None
    has_word: bool
    bracketed: bool = False
    name: tuple[int, int] | None = None
    inner_issuer: tuple[int, int] | None = None


def find_mentions(text: str) -> list[Mention]:
    """Every mention in order of appearance; heads never overlap."""
    kinds = list(_KIND.finditer(text))
    found = _coded(text, kinds)
    found += _bare(text, kinds, found)
    found += _laws(text, found)
    found.sort(key=lambda mention: mention.start)
    return found


def _coded(text: str, kinds: list[re.Match[str]]) -> list[Mention]:
    found: list[Mention] = []
    index = 0
    floor = 0
    for match in CODE.finditer(text):
        start = match.start()
        while index < len(kinds) and kinds[index].end() <= start:
            index += 1
        mention = _head(text, match, kinds[max(0, index - 3) : index], floor)
        if mention:
            found.append(mention)
            floor = mention.end
    return found


def _head(text: str, match: re.Match[str], before: list[re.Match[str]], floor: int) -> Mention | None:
    """The mention around a code, or None when the number is no document's."""
    start, end = match.span()
    if end - start and text[max(0, start - 1)] == ":" and start >= 2 and text[start - 2].isdigit():
        return None
    if _is_other_number(text[max(0, start - 40) : start]):
        return None
    code, by_symbol = _read_code(match.group(), match.end("number") - start)
    for kind in reversed(before):
        if kind.start() < floor or start - kind.end() > 160:
            break
        gap = _GAP.fullmatch(text, kind.end(), start)
        if gap or (kind["word"] and kind["word"][0].isupper() and _WORDY_GAP.fullmatch(text, kind.end(), start)):
            word = " ".join((kind["word"] or kind["short"]).split())
            mention = Mention(kind.start(), end, start, end, kind_of_word(word), code, True)
            mention.bracketed = "(" in text[kind.end() : start] and ")" not in text[kind.end() : start]
            if gap and gap["issuer"]:
                mention.inner_issuer = gap.span("issuer")
            return mention
        if kind_of_word(kind["word"] or "") in {"L", "PL"} and (named := _NAMED_GAP.fullmatch(text, kind.end(), start)):
            mention = Mention(kind.start(), end, start, end, kind_of_word(kind["word"]), code, True)
            mention.name = (
                kind.start() if kind["word"].lower().startswith("bộ") else named.start("name"),
                named.end("name"),
            )
            return mention
    near = max(floor, start - 8)
    so = _SO_BEFORE.search(text, near, start) if "ố" in text[near:start].lower() else None
    if not (by_symbol or _looks_official(code) or (so and _LETTERS_ONLY.search(code))):
        return None
    return Mention(so.start() if so else start, end, start, end, by_symbol or "CV", code, False)


@lru_cache(maxsize=4096)
def _read_code(written: str, digits: int) -> tuple[str, str | None]:
    """The canonical code, whose number takes so many `digits` in what is written, and the kind its symbol names."""
    code = canonical(" ".join(written.split()))
    return code, kind_of_symbol(code[digits:])


def _is_other_number(before: str) -> bool:
    """Whether the words before a number say that it is no document's: "Mẫu số", "tài khoản:", "QCVN"."""
    named = " ".join(before.lower().rstrip(" :").split()).removesuffix("số").rstrip()
    if not named.endswith(_FALSE_FRIENDS):
        return False
    return any(named.endswith(friend) and not named[: -len(friend)][-1:].isalnum() for friend in _FALSE_FRIENDS)


def _looks_official(code: str) -> bool:
    """A symbol without a kind that only an organisation's letters can be: "1946/UBND-VXNV"."""
    return bool(re.search(r"[/-](?:UBND|HĐND|VPCP|UBTVQH|B[A-ZĐ]{2,}|S[A-ZĐ]{2,}|MTTQ|TLĐ)[A-Z\d]*-[A-ZĐ]", code))


def _bare(text: str, kinds: list[re.Match[str]], found: list[Mention]) -> list[Mention]:
    taken = {mention.start for mention in found}
    bare: list[Mention] = []
    for kind in kinds:
        if kind.start() in taken or not kind["word"]:
            continue
        abbreviation = kind_of_word(kind["word"])
        match = _BARE.match(text, kind.end()) or (
            _BARER.match(text, kind.end()) if abbreviation in _BARER_KINDS else None
        )
        if match and abbreviation in _BARE_KINDS:
            start, end = match.span("number")
            bare.append(Mention(kind.start(), end, start, end, abbreviation, match["number"], True))
    return bare


def _laws(text: str, found: list[Mention]) -> list[Mention]:
    taken = sorted((mention.start, mention.end) for mention in found)
    laws: list[Mention] = []
    index = 0
    for match in LAW.finditer(text):
        while index < len(taken) and taken[index][1] <= match.start():
            index += 1
        if index < len(taken) and taken[index][0] < match.end():
            continue
        end = match.start() + len(match.group().rstrip())
        mention = Mention(match.start(), end, match.start(), end, "L", None, True)
        mention.name = (match.start() if match["word"].lower().startswith("bộ") else match.start("name"), end)
        laws.append(mention)
    return laws
