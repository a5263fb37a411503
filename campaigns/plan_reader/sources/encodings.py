"""Bytes of a text file → text; also the Vietnamese encodings from before Unicode (TCVN3, VNI)."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from campaigns.plan_reader.draft import Unreadable


class Decoded(NamedTuple):
    text: str
    legacy: str | None = None  # "TCVN3" or "VNI" when the text was converted


def decode(data: bytes) -> Decoded:
    """The text of a file. Raises Unreadable for binary data and for encodings that cannot be told."""
    if data.startswith(codecs.BOM_UTF8):
        return Decoded(_strict(data[3:], "utf-8"))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(_strict(data, "utf-16"))
    if b"\0" in data[:4096]:
        return Decoded(_strict(data, _utf16_without_mark(data)))
    try:
        return repaired(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_single_byte(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_("Tệp văn bản bị hỏng ở byte thứ %d.") % error.start) from error


def _utf16_without_mark(data: bytes) -> str:
    """Which half of the byte pairs is zero tells the order; anything else with zeros is no text."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or max(even, odd) < len(sample) // 10 or min(even, odd) > len(sample) // 50:
        raise Unreadable(_("Tệp không phải văn bản (có dữ liệu nhị phân); hãy dùng tệp .docx, .pdf hoặc .txt."))
    return "utf-16-be" if even > odd else "utf-16-le"


def _decode_single_byte(data: bytes) -> Decoded:
    if sum(byte < 9 or 13 < byte < 32 for byte in data[:4096]) > 8:
        raise Unreadable(_("Tệp không phải văn bản (có dữ liệu nhị phân); hãy dùng tệp .docx, .pdf hoặc .txt."))
    decoded = repaired(data.decode("latin-1"))
    if decoded.legacy:
        return decoded
    windows = data.decode("cp1258", "replace")
    if "\ufffd" not in windows and COMMON.search(windows):
        return Decoded(windows)
    raise Unreadable(_("Không rõ bảng mã của tệp; hãy lưu lại dưới dạng UTF-8 (Unicode)."))


def repaired(text: str) -> Decoded:
    """Text that is TCVN3 or VNI in disguise is converted; any other text is returned as it is."""
    sample = text[:20000]
    if UNICODE.search(sample):
        return Decoded(text)
    for name, sign, convert in (("TCVN3", TCVN3_WORDS, from_tcvn3), ("VNI", VNI_WORDS, from_vni)):
        if len(sign.findall(sample)) >= 2:
            return Decoded(convert(text), name)
    return Decoded(text)


# Letters only Unicode Vietnamese has; and words that betray the older encodings ("của", "và", "kế hoạch").
UNICODE = re.compile("[\u1ea0-\u1ef9\u01a0\u01a1\u01af\u01b0\u0111\u0110\u0300-\u0323]")
COMMON = re.compile("của|các|thực|hoạch|ngày")
TCVN3_WORDS = re.compile(r"cña|vµ|kÕ ho¹ch|thùc hiÖn|®­îc|c¸c|®Õn|ngµy|Trªn ®©y")
VNI_WORDS = re.compile(r"cuûa|vaø|keá hoaïch|thöïc hieän|ñöôïc|caùc|ñeán|ngaøy|Treân ñaây", re.IGNORECASE)

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_VNI_SINGLE = {
    "ñ": "đ",
    "Ñ": "Đ",
    "ô": "ơ",
    "Ô": "Ơ",
    "ö": "ư",
    "Ö": "Ư",
    "æ": "ỉ",
    "Æ": "Ỉ",
    "ó": "ĩ",
    "Ó": "Ĩ",
    "ò": "ị",
    "Ò": "Ị",
    "î": "ỵ",
    "Î": "Ỵ",
}
_VNI_TONES = "øùûõï"
_VNI_AFTER = {
    "a": dict(zip("øùûõïêèéúüëâàáåãä", "àáảãạăằắẳẵặâầấẩẫậ", strict=True)),
    "e": dict(zip("øùûõïâàáåãä", "èéẻẽẹêềếểễệ", strict=True)),
    "o": dict(zip("øùûõïâàáåãä", "òóỏõọôồốổỗộ", strict=True)),
    "ô": dict(zip(_VNI_TONES, "ờớởỡợ", strict=True)),
    "u": dict(zip(_VNI_TONES, "ùúủũụ", strict=True)),
    "ö": dict(zip(_VNI_TONES, "ừứửữự", strict=True)),
    "y": dict(zip("øùûõ", "ỳýỷỹ", strict=True)),
}


def from_tcvn3(text: str) -> str:
    return "".join(_TCVN3.get(char, char) for char in text)


def from_vni(text: str) -> str:
    """VNI writes a letter and, after it, a second character for its mark: "keá" is "kế"."""
    out: list[str] = []
    position = 0
    while position < len(text):
        base, mark = text[position], text[position + 1 : position + 2]
        letter = _VNI_AFTER.get(base.lower(), {}).get(mark.lower())
        if letter and mark:
            out.append(letter.upper() if base.isupper() else letter)
            position += 2
        else:
            out.append(_VNI_SINGLE.get(base, base))
            position += 1
    return "".join(out)
