"""Codes of documents: number and symbol, their canonical spelling and the key under which they are found.

Grammar (Decree 30/2020, Annex I.II.3; Guidance 05-HD/VPTW): Party `365-CV/ĐUK`, State `05/KH-SKHCN`, rules of law
`30/2020/NĐ-CP`, letters without a kind `1946/UBND-VXNV`; wrong separators and loose spaces are met in real text.
"""

import re
from functools import lru_cache

from .kinds import SYMBOL_KINDS
from .reading import plain

_TYPES = "|".join(sorted(map(re.escape, SYMBOL_KINDS), key=len, reverse=True))

# Reads "365-CV/ĐUK", "07/NQ - HĐND", "84 QĐ/TWĐTN", "30/2020/NĐ-CP", "5053-CV/VPTW/nb", "124/QĐ/TTg".
CODE = re.compile(
    rf"""
    (?: (?<![\w/.,+-]) | (?<=(?i:số)) ) (?P<number> \d{{1,5}} [A-Za-zđĐ]? )
    (?P<symbol>
        (?: [ ]{{0,2}} [-/] [ ]{{0,2}} (?: (?:19|20)\d\d [ ]? [-/] [ ]? )?
          | [ ] (?= (?i:{_TYPES}) [ ]?[-/] )                 # "84 QĐ/TWĐTN"
        )
        GROUP
        (?: [ ]{{0,2}} [-/] [ ]{{0,2}} GROUP )?               # spaces are forgiven round the first separators only
        (?: [-/] GROUP ){{0,5}}
        (?: / [a-z]{{2,3}} \b )?                              # "/nb": internal
    )
    """.replace("GROUP", r"(?! [A-ZĐ][a-zđ]+ \b ) [A-ZĐƯƠ] [A-ZĐƯƠa-zđ\d&]* (?: \. [A-ZĐ]+ )* (?! [^\W_] )"),
    re.VERBOSE,
)
_SEPARATED = re.compile(r"\s*([-/])\s*")
_SPACE_FOR_DASH = re.compile(r"^(\d+[A-Za-zđĐ]?)\s+(?=[^\s/-]+(?P<next>[/-]))")
_MIXED_CASE = {"CTR": "CTr", "TTR": "TTr", "TTG": "TTg", "QYĐ": "QyĐ", "QĐI": "QĐi", "CTRPH": "CTrPH"}
_MISSPELT = re.compile(rf"(?<![^-/])(?:{'|'.join(_MIXED_CASE)})(?![^-/])")
_HEAD = re.compile(r"^(\d+[A-Za-zđĐ]?)[-/]?(.*)$", re.DOTALL)


def normalise_code(code: str) -> str:
    """The canonical spelling: "57 – NQ/ TW" → "57-NQ/TW", "12-CTR/TU" → "12-CTr/TU".

    Leading zeros and wrong separators stay as they are.
    """
    return canonical(" ".join(plain(code).split()))


def canonical(code: str) -> str:
    """The same for a code whose characters are plain already."""
    if " " in code:
        code = _SPACE_FOR_DASH.sub(lambda m: m[1] + ("-" if m["next"] == "/" else "/"), code)
        code = _SEPARATED.sub(r"\1", code).replace(" ", "")
    return _MISSPELT.sub(lambda m: _MIXED_CASE[m[0]], code.rstrip(".,;:"))


@lru_cache(maxsize=4096)
def split_code(code: str) -> tuple[str, str | None]:
    """Number and symbol of a canonical code: "365-CV/ĐUK" → ("365", "CV/ĐUK"), "02" → ("02", None)."""
    match = _HEAD.match(code)
    return (match[1], match[2] or None) if match else (code, None)


def identity_key(code: str) -> str:
    """The key under which the same code is found however it is typed.

    Case, spaces, dashes, Ð, NFD and leading zeros do not count:
    "5-ct/tw", "05 – CT/TW" and "05-CT/TW" share one key. Identity of a document is issuer + this key + year or term.
    """
    return normalise_code(code).lstrip("0").casefold().replace("/", "-")
