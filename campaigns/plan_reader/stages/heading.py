"""The head of the first page: bodies, number and symbol, place and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from campaigns.plan_reader.blocks import Paragraph
from campaigns.plan_reader.draft import Heading, Problem
from campaigns.plan_reader.wording import clean, fold, is_rule, one_line

NUMBER = re.compile(
    r"số\s*:?\s*(?P<number>\d{1,5}[a-zđ]?)?\s*[.…_]*\s*(?P<sign>[-–/])\s*(?P<symbol>[A-ZĐÀ-Ỹ\d][\w.&]*(?:\s*[-–/]\s*[\w.&]+)*)",
    re.I,
)
NUMBER_ONLY = re.compile(r"số\s*:?\s*(?P<number>\d{1,5}[a-zđ]?)?[\s.…_]*\Z", re.I)
_BLANK = r"[\s.…_]*"
DATE = re.compile(
    rf"(?P<place>[^,\d]{{2,60}}?)\s*,?\s*ngày{_BLANK}(?P<day>\d{{1,2}})?{_BLANK}tháng{_BLANK}(?P<month>\d{{1,2}})?{_BLANK}"
    rf"năm{_BLANK}(?P<year>\d{{4}})?",
    re.I,
)
DATE_NUMERIC = re.compile(
    r"(?P<place>[^,\d]{2,60}?)\s*,\s*ngày\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})", re.I
)
DATE_REST = re.compile(r"(?:ngày|tháng|năm|\d)[\s\d…._]*(?:(?:tháng|năm)[\s\d…._]*)*\Z", re.I)
NATIONAL = ("cộng hòa xã hội chủ nghĩa", "độc lập-tự do-hạnh phúc", "độc lập-tự do", "đảng cộng sản việt nam")
YOUTH = ("đoàn tncs hồ chí minh", "đoàn thanh niên cộng sản hồ chí minh")
STAMP = re.compile(r"(?:dự thảo.*|hỏa tốc|hoả tốc|khẩn|thượng khẩn|bản sao|lần \d+|v/v .*)\Z", re.I)
BODY_START = re.compile(
    r"(?:ubnd|ủy ban|uỷ ban|hđnd|hội đồng|hội|sở|ban|trường|phòng|đảng ủy|đảng uỷ|đảng bộ|tỉnh ủy|tỉnh uỷ|"
    r"thành ủy|thành uỷ|huyện ủy|huyện uỷ|"
    r"quận ủy|quận uỷ|thị ủy|thị uỷ|chi bộ|chi ủy|chi uỷ|trung tâm|bộ|cục|chi cục|tổng cục|tổng công ty|"
    r"công ty|công đoàn|cđcs|liên đoàn|đoàn|mặt trận|mttq|bch|"
    r"viện|bệnh viện|trạm|văn phòng|công an|tòa án|toà án|kho bạc|bảo hiểm|thanh tra|học viện|đài|báo|"
    r"liên minh|ban chỉ đạo|bcđ|"
    r"hợp tác xã|nhà|thư viện|bảo tàng)\b",
    re.I,
)
# A line that ends so goes on, and one that begins so belongs to the line above.
UNFINISHED = re.compile(
    r"(?:,|\b(?:và|các|của|thuộc|về|với|trong))\Z|\A(?:ủy ban nhân dân|uỷ ban nhân dân|ủy ban mttq.*|"
    r"đảng ủy|đảng uỷ)\Z",
    re.I,
)
PLACE_START = re.compile(r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|đảo)\b", re.I)


def read_heading(head: Sequence[Paragraph]) -> tuple[Heading, tuple[Problem, ...]]:
    """Reads: the paragraphs above KẾ HOẠCH. Writes: the heading, and problems for what is missing or not understood."""
    found: dict[str, Any] = {}
    bodies: list[Paragraph] = []
    strays: list[Paragraph] = []
    for line in _lines(head):
        _sort_line(line, found, bodies, strays)
    names = join_names(bodies)
    if names:
        found["issuing_body"] = names[-1]
        found["parent_body"] = names[-2] if len(names) > 1 else None
    heading = Heading(**found, source=head[0].place.through(head[-1].place)) if head else Heading()
    unused = [Problem("head_text", _("Không rõ là gì trong phần đầu: “%s”.") % p.text, p.place) for p in strays]
    unused += [
        Problem("head_text", _("Có nhiều hơn hai cơ quan ở phần đầu: “%s”.") % name, heading.source)
        for name in names[:-2]
    ]
    return heading, (*unused, *_missing(heading))


def _lines(head: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The lines of the head without rules; a date broken over two lines is put together."""
    before: Paragraph | None = None
    for line in _single_lines(head):
        if before and before.column == line.column and "ngày" in before.text and DATE_REST.match(line.text):
            before = replace(before, text=f"{before.text} {line.text}")
            continue
        if before:
            yield before
        before = line
    if before:
        yield before


def _single_lines(head: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in head:
        for line in clean(paragraph.text).split("\n"):
            if not is_rule(line):
                yield replace(paragraph, text=one_line(line))


def _sort_line(line: Paragraph, found: dict[str, object], bodies: list[Paragraph], strays: list[Paragraph]) -> None:
    """Put one line of the head where it belongs."""
    folded = fold(line.text)
    if any(words in folded for words in NATIONAL) or (line.column == 1 and folded == "việt nam"):
        return
    if folded in YOUTH and (line.column == 1 or bodies):
        return
    if "number" not in found and (match := NUMBER.match(line.text) or NUMBER_ONLY.match(line.text)):
        found["number"] = match["number"]
        found["symbol"] = _symbol(match)
    elif "year" not in found and (match := DATE.match(line.text) or DATE_NUMERIC.match(line.text)):
        found["place"] = match["place"].strip(" ,.…*")
        for part in ("day", "month", "year"):
            found[part] = int(match[part]) if match[part] else None
    elif STAMP.match(line.text) or line.column == 1:
        strays.append(line)
    else:
        bodies.append(line)


def _symbol(match: re.Match[str]) -> str | None:
    symbol = match.groupdict().get("symbol")
    return re.sub(r"\s*([-–/])\s*", r"\1", symbol).replace("–", "-").rstrip(".") if symbol else None


def join_names(lines: Sequence[Paragraph]) -> list[str]:
    """Names of bodies, each in one line: a name may run over several lines ("ỦY BAN NHÂN DÂN / PHƯỜNG AN HÒA").

    Where light type is followed by bold type, the first is the parent and the second the issuing body.
    """
    weights = [line.bold for line in lines]
    if True in weights and False in weights and weights == sorted(weights):
        border = weights.index(True)
        return [" ".join(line.text for line in part) for part in (lines[:border], lines[border:])]
    names: list[str] = []
    for line in lines:
        if names and _goes_on(names[-1], line.text):
            names[-1] = f"{names[-1]} {line.text}"
        else:
            names.append(line.text)
    return names


def _goes_on(name: str, line: str) -> bool:
    return bool(UNFINISHED.search(name) or not BODY_START.match(line) or PLACE_START.match(line))


def _missing(heading: Heading) -> Iterator[Problem]:
    wanted = {
        "issuing_body": _("Không thấy tên cơ quan ban hành ở phần đầu."),
        "number": _("Kế hoạch chưa có số."),
        "symbol": _("Không thấy ký hiệu của kế hoạch."),
        "day": _("Kế hoạch chưa ghi ngày ban hành."),
        "year": _("Không thấy năm ban hành."),
    }
    for name, message in wanted.items():
        if getattr(heading, name) is None:
            yield Problem(f"missing_{name}", message, heading.source)
