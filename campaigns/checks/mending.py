"""What the portal can put right by itself, since one form is right: padding, stray spaces, one spelling. Pure."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from campaigns.checks import words

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def _padded(number: str, below: int) -> str:
    return number.zfill(2) if int(number) < below else number


def pad(text: str) -> str:
    """Days and numbers below 10, months 1 and 2 with a leading zero (NĐ 30/2020, Phụ lục I, II.3, II.4)."""

    def day(match: re.Match[str]) -> str:
        found = match.groupdict()
        sign = found.get("mid") or "/"
        return f"{_padded(found['day'], 10)}{sign}{_padded(found['month'], 3)}{found.get('year') or ''}"

    for pattern in (words.UNPADDED_DAY_WORDED, words.UNPADDED_DAY, words.UNPADDED_SHORT_DAY):
        text = pattern.sub(day, text)
    text = words.UNPADDED_MONTH.sub(lambda match: match["month"].zfill(2), text)
    return words.UNPADDED_NUMBER.sub(lambda match: match["number"].zfill(2), text)


def close_up(text: str) -> str:
    """No space before a mark, one after it."""
    return words.NO_SPACE_AFTER.sub(r"\g<mark> ", words.SPACE_BEFORE_MARK.sub("", text))


def single_spaces(text: str) -> str:
    """One space between words."""
    return words.SPACES.sub(" ", text)


@lru_cache(maxsize=8192)
def syllable_key(syllable: str) -> str:
    """Two spellings of one syllable have one key: "hòa" and "hoà", "kỷ" and "kỉ". `syllable` is in lower case.

    The tone is taken off whichever letter carries it; a final i and y are one after h, k, l, m, s, t when the syllable
    has a tone ("ti" and "ty" are two words), and after qu.
    """
    apart = unicodedata.normalize("NFD", syllable)
    tone = "".join(sign for sign in apart if sign in TONES)
    letters = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in TONES))
    as_y = letters[:-1] + "y" if letters.endswith("i") else letters
    if words.I_FOR_Y.fullmatch(as_y) and (tone or letters.startswith("qu")):
        letters = as_y
    return letters + tone


def spellings(texts: Iterable[str]) -> dict[str, Counter[str]]:
    """The syllables that are written in two ways: key → spelling → how often. Names in capitals count for the tone's
    place only: people are called Mỹ or Mĩ as they like."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for match in words.SYLLABLE.finditer(text):
            spelling = match.group().lower()
            key = syllable_key(spelling)
            if not _is_name(text, match, key):
                found[key][spelling] += 1
    return {key: counts for key, counts in found.items() if len(counts) > 1}


def _is_name(text: str, match: re.Match[str], key: str) -> bool:
    """Is it a capital inside a sentence on a syllable whose i or y people choose for themselves?"""
    word = match.group()
    if not word[0].isupper() or word.isupper() or key[-2:-1] != "y":
        return False
    before = text[max(0, match.start() - 6) : match.start()].rstrip(' “"(')
    return before[-1:] not in ("", ".", ";", ":", "!", "?", "-")


def preferred(texts: Iterable[str]) -> dict[str, str]:
    """For each syllable written in two ways the rarer spelling → the usual one of this document."""
    wanted: dict[str, str] = {}
    for counts in spellings(texts).values():
        usual = counts.most_common(1)[0][0]
        wanted |= {spelling: usual for spelling in counts if spelling != usual}
    return wanted


def respell(text: str, wanted: Mapping[str, str]) -> str:
    """The text with each syllable of `wanted` in its other spelling, capitals as they were."""

    def one(match: re.Match[str]) -> str:
        word = match.group()
        other = wanted.get(word.lower())
        if other is None:
            return word
        return other.upper() if word.isupper() else other.capitalize() if word[0].isupper() else other

    return words.SYLLABLE.sub(one, text)


MENDERS: dict[str, Callable[[str], str]] = {"unpadded": pad, "spaces": close_up, "double_spaces": single_spaces}
"""Rules that are put right in one text alone; "spelling" needs the whole document (`preferred`)."""
