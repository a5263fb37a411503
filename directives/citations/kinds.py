"""Kinds of documents, as data: the words that name them and the abbreviations that symbols use.

State kinds: Decree 30/2020, Annex III. Party kinds: Regulation 399-QĐ/TW. Joint and legislative kinds:
usage of the field.
The word decides the kind, the symbol only where no word stands (a Party `QĐ` is a Quyết định or a Quy định).
"""

import re
from functools import lru_cache

# kind → the words that name it; the first word is the one printed in mentions.
KIND_WORDS: dict[str, tuple[str, ...]] = {
    "HP": ("Hiến pháp",),
    "L": ("Luật", "Bộ luật", "Lệnh"),
    "PL": ("Pháp lệnh",),
    "NQLT": ("Nghị quyết liên tịch",),
    "NQ": ("Nghị quyết", "Nghị quyết chuyên đề"),
    "NĐ": ("Nghị định",),
    "TTLT": ("Thông tư liên tịch", "Thông tư liên bộ"),
    "TT": ("Thông tư", "Thông tri"),
    "CT": ("Chỉ thị",),
    "QĐ": ("Quyết định",),
    "QyĐ": ("Quy định",),
    "QC": ("Quy chế", "Quy chế phối hợp"),
    "KL": ("Kết luận",),
    "TB": ("Thông báo", "Thông báo kết luận", "Thông báo ý kiến kết luận"),
    "TC": ("Thông cáo",),
    "HD": ("Hướng dẫn", "Hướng dẫn liên ngành", "Hướng dẫn liên tịch", "Công văn hướng dẫn"),
    "CTr": (
        "Chương trình",
        "Chương trình hành động",
        "Chương trình phối hợp",
        "Chương trình công tác",
        "Chương trình liên tịch",
    ),
    "KH": ("Kế hoạch", "Kế hoạch liên tịch", "Kế hoạch phối hợp", "Kế hoạch liên ngành", "Kế hoạch hành động"),
    "ĐA": ("Đề án",),
    "DA": ("Dự án",),
    "PA": ("Phương án",),
    "BC": ("Báo cáo",),
    "BB": ("Biên bản",),
    "TTr": ("Tờ trình",),
    "CV": ("Công văn", "Văn bản", "Văn bản chỉ đạo"),
    "CĐ": ("Công điện",),
    "VBHN": ("Văn bản hợp nhất",),
    "HĐ": ("Hợp đồng",),
    "BGN": ("Bản ghi nhớ", "Biên bản ghi nhớ"),
    "BTT": ("Bản thỏa thuận", "Thỏa thuận"),
    "GUQ": ("Giấy ủy quyền",),
    "GM": ("Giấy mời",),
    "GGT": ("Giấy giới thiệu",),
    "GP": ("Giấy phép",),
    "PG": ("Phiếu gửi",),
    "PC": ("Phiếu chuyển",),
    "PB": ("Phiếu báo",),
    "QH": ("Quy hoạch",),
    "CL": ("Chiến lược",),
    "ĐL": ("Điều lệ",),
    "SL": ("Sắc lệnh",),
    "QT": ("Quy trình",),
}

# Groups of a symbol that name a kind, upper case → kind.
SYMBOL_KINDS: dict[str, str] = {
    **{kind.upper(): kind for kind in KIND_WORDS if kind not in {"HP", "L", "QH", "SL"}},
    "QĐI": "QĐ",
    "QCPH": "QC",
    "CTRPH": "CTr",
    "CTPH": "CTr",
    "CTRHĐ": "CTr",
    "KHPH": "KH",
    "KHLT": "KH",
    "KHLN": "KH",
    "HDLN": "HD",
    "HDLT": "HD",
    "CTLT": "CTr",
    "CTRLT": "CTr",
    "QCLN": "QC",
    "TTLB": "TTLT",
    "TBKL": "TB",
    "TTR": "TTr",
}

# Kind and body written as one group: "134/QĐUB".
_GROWN = re.compile(r"(?P<kind>QĐ|CT|KH|NQ|TB|BC|TTr|CTr)(?:UB|UBND|HĐND|BCH|BTV)")

# Abbreviations that may stand before a number in place of the kind's word: "NQ số 18-NQ/TW", "VB số 12/SNV".
SHORT_KINDS: dict[str, str] = {
    short: short
    for short in (
        "NQ",
        "NĐ",
        "TT",
        "TTLT",
        "CT",
        "QĐ",
        "QyĐ",
        "KL",
        "TB",
        "HD",
        "CTr",
        "KH",
        "ĐA",
        "BC",
        "TTr",
        "CV",
        "CĐ",
        "PL",
        "QC",
    )
} | {"VB": "CV"}


def _spaced(word: str) -> str:
    return r"\s+".join(map(re.escape, word.lower().split()))


_BY_WORD = {" ".join(word.lower().split()): kind for kind, words in KIND_WORDS.items() for word in words}
_TONES = str.maketrans({"ỏ": "o", "ủ": "u", "ỷ": "y"})

# Every kind's word, longest first; case is free ("công văn", "QUYẾT ĐỊNH").
KIND_PATTERN = "|".join(_spaced(word) for word in sorted(_BY_WORD, key=len, reverse=True))
SHORT_PATTERN = "|".join(sorted(map(re.escape, SHORT_KINDS), key=len, reverse=True))


def kind_of_word(word: str) -> str | None:
    """The kind that a word names: "công  văn" → "CV", "VB" → "CV"; None for any other word."""
    return _BY_WORD.get(" ".join(word.lower().split())) or SHORT_KINDS.get(word)


@lru_cache(maxsize=4096)
def kind_of_symbol(symbol: str) -> str | None:
    """The kind a symbol's groups name: "NQ/TW" → "NQ", "2020/NĐ-CP" → "NĐ", "2025/QH15" → "L"; None when none does."""
    for group in re.split(r"[-/]", symbol):
        if kind := SYMBOL_KINDS.get(group.upper()):
            return kind
        if re.fullmatch(r"QH\d{1,2}|L", group):
            return "L"
        if grown := _GROWN.fullmatch(group):
            return SYMBOL_KINDS[grown["kind"].upper()]
    return None
