"""Small questions about Vietnamese text that several stages ask."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_NEW_TONE = re.compile(
    r"(?P<first>(?<!q)u(?=y)|o(?=[ae]))(?P<second>[aey])(?P<tone>[\u0300\u0301\u0303\u0309\u0323])(?![a-z])"
)
# The words a legal basis begins with.
LEAD = re.compile(
    r"(?:[-–+•]\s*)?(?P<lead>căn cứ(?: vào)?|thực hiện|theo đề nghị|xét đề nghị|theo|triển khai thực hiện|triển khai|"
    r"tiếp tục thực hiện|trên cơ sở|để thực hiện|để triển khai(?: thực hiện)?|nhằm thực hiện|nhằm triển khai|xét|"
    r"thi hành|chấp hành|xuất phát từ|(?:nhằm |để )?cụ thể h(?:óa|oá)|hưởng ứng|quán triệt)\b",
    re.I,
)


def clean(text: str) -> str:
    """NFC, plain spaces, no invisible characters, Icelandic Ð as Đ; line breaks stay, words are never changed."""
    text = unicodedata.normalize("NFC", text).replace("\u00d0", "Đ").replace("\u00f0", "đ")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    lines = (unspaced(line) if " " in line[1:3] else line for line in _INVISIBLE.sub("", text).split("\n"))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in lines)


def one_line(text: str) -> str:
    """The same text without line breaks."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """For comparing only: lower case, one dash without spaces round it, the tone as in "hòa" (not "hoà")."""
    text = re.sub(r"\s*-\s*", "-", _DASHES.sub("-", one_line(clean(text)).lower()))
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _NEW_TONE.sub(r"\g<first>\g<tone>\g<second>", decomposed))


def is_upper(text: str) -> bool:
    """Whether every letter is a capital (and there are at least two)."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 1 and not any(c.islower() for c in letters)


def unspaced(text: str) -> str:
    """ "K Ế  H O Ạ C H" → "KẾ HOẠCH": letters set apart are put together, two spaces or more divide words."""
    tokens = text.split()
    if len(tokens) < 5 or any(len(token) > 1 for token in tokens):
        return text
    words = re.split(r"\s{2,}", text.strip())
    joined = " ".join(word.replace(" ", "") for word in words)
    return _SPACED_KINDS.get(joined.replace(" ", "").upper(), joined)


# Where every gap is one space wide the words cannot be told, but for these.
_SPACED_KINDS = {"KẾHOẠCH": "KẾ HOẠCH", "CHƯƠNGTRÌNH": "CHƯƠNG TRÌNH", "PHƯƠNGÁN": "PHƯƠNG ÁN", "ĐỀÁN": "ĐỀ ÁN"}


def starts_lower(text: str) -> bool:
    return bool(text) and text[0].islower()


def is_rule(text: str) -> bool:
    """A typed line such as "______", "-----", "* * *" or nothing."""
    return not text.strip(" _-–—*.=─~\n")


_ROMAN = re.compile(r"(?P<tens>X{0,3})(?P<ones>IX|IV|V?I{0,3})\Z")
_ONES = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}


def roman_value(text: str) -> int | None:
    """1 to 39 for a well-formed Roman number in capitals, else None."""
    match = _ROMAN.match(text)
    if not match or not text:
        return None
    return 10 * len(match["tens"]) + _ONES[match["ones"]]
