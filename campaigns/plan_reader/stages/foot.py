"""The end of the plan: closing words, recipients, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from campaigns.plan_reader.blocks import Block, Paragraph
from campaigns.plan_reader.draft import Passage, Problem, Recipient, Signer
from campaigns.plan_reader.markers import Rank, find_marker
from campaigns.plan_reader.stages.regions import AUTHORITY, POSITION, RECIPIENTS
from campaigns.plan_reader.wording import clean, is_rule, is_upper, one_line

CLOSING = re.compile(
    r"trên đây là|trên đây,|kế hoạch này (?:có hiệu lực|được)|nhận được kế hoạch này|căn cứ (?:nội dung )?kế hoạch này",
    re.I,
)
# Words that close a plan only in its very last paragraph.
LAST_WORDS = re.compile(
    r"(?:yêu cầu|đề nghị|trong quá trình|quá trình|[^.;]{0,90}(?:yêu cầu|đề nghị)\s)|.{0,80}(?:nghiêm túc|"
    r"tổ chức) (?:triển khai )?thực hiện",
    re.I,
)
END_MARK = re.compile(r"\./\.?\s*\Z")
SIGNED = re.compile(r"\(?\s*(?:đã ký|ký tên|ký, đóng dấu|chữ ký|ký điện tử|ký số)[^)]*\)?\Z|\[.*\]\Z|\(.*\)\Z", re.I)
NAME = re.compile(r"(?:[^\W\d_]+\.\s?|\b(?:TS|ThS|PGS|GS|BS|Ths|Ts)\.?\s?){0,3}(?:[^\W\d_]+\s+){1,5}[^\W\d_]+\Z")


def take_closing(body: Sequence[Block]) -> tuple[tuple[Block, ...], Passage | None]:
    """Reads: the body. Writes: the body without its closing paragraphs, and these as one passage."""
    end = len(body)
    start = end
    for index in range(end - 1, max(-1, end - 6), -1):
        block = body[index]
        if not isinstance(block, Paragraph) or ((marker := find_marker(block.text)) and marker.rank <= Rank.SYMBOL):
            break
        if CLOSING.match(block.text):
            start = index
            break
    if start == end and end and isinstance(body[-1], Paragraph) and _is_last_word(body[-1]):
        start = end - 1
    closing = [block for block in body[start:] if isinstance(block, Paragraph)]
    if not closing:
        return tuple(body), None
    text = " ".join(one_line(p.text) for p in closing)
    return tuple(body[:start]), Passage(text, closing[0].place.through(closing[-1].place))


def _is_last_word(block: Paragraph) -> bool:
    return not find_marker(block.text) and bool(LAST_WORDS.match(block.text)) and bool(END_MARK.search(block.text))


def read_foot(foot: Sequence[Paragraph]) -> tuple[tuple[Recipient, ...], Signer, tuple[Problem, ...]]:
    """Reads: the paragraphs from "Nơi nhận" on. Writes: recipients, signer, and what is neither."""
    listed, signature = _divide(list(_lines(foot)))
    recipients = tuple(_recipients(listed))
    signer, unused = _signer(signature)
    problems = [Problem("foot_text", _("Không rõ là gì ở cuối văn bản: “%s”.") % p.text, p.place) for p in unused]
    if not recipients:
        problems.append(Problem("missing_recipients", _("Không thấy nơi nhận.")))
    if signer.name is None:
        problems.append(Problem("missing_signer", _("Không thấy họ tên người ký.")))
    return recipients, signer, tuple(problems)


def _lines(foot: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in foot:
        for number, line in enumerate(clean(paragraph.text).split("\n")):
            if line and not is_rule(line):
                first = paragraph.place.first + number
                yield replace(paragraph, text=line, place=replace(paragraph.place, first=first, last=first))


def _divide(lines: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Recipients and signature: by column where there are two, else the signature is what looks like one."""
    columns = {line.column for line in lines}
    if 0 in columns and 1 in columns:
        left = [line for line in lines if line.column != 1]
        right = [line for line in lines if line.column == 1]
        if any(RECIPIENTS.match(line.text) for line in right) and not any(RECIPIENTS.match(line.text) for line in left):
            left, right = right, left
        return left, right
    listed: list[Paragraph] = []
    signature: list[Paragraph] = []
    inside = False
    for line in lines:
        if RECIPIENTS.match(line.text):
            inside = True
        elif inside and _opens_signature(line, listed):
            inside = False
        (listed if inside else signature).append(line)
    return listed, signature


def _opens_signature(line: Paragraph, listed: Sequence[Paragraph]) -> bool:
    """A line in capitals that is a post, or any unmarked line after the archive line ("Lưu: VT.")."""
    if find_marker(line.text):
        return False
    if is_upper(line.text) and (AUTHORITY.match(line.text) or POSITION.match(line.text)):
        return True
    after_archive = bool(listed) and re.search(r"\blưu\b.*\.\s*\Z", listed[-1].text, re.I) is not None
    return after_archive or (is_upper(line.text) and len(line.text) > 5)


_BULLET = re.compile(r"[-–—−•+*·●\uf0b7]\s*")


def _recipients(lines: Sequence[Paragraph]) -> Iterator[Recipient]:
    """One per entry; an entry may be wrapped over lines, or several stand in one line after semicolons."""
    entries: list[Paragraph] = []
    bulleted = any(_BULLET.match(line.text) for line in lines)
    closed = sum(line.text.rstrip().endswith((";", ".")) for line in lines) * 2 > len(lines)
    for line in lines:
        text = RECIPIENTS.sub("", line.text, count=1).strip() if RECIPIENTS.match(line.text) else line.text
        if not text:
            continue
        if entries and _goes_on(entries[-1].text, text, bulleted, closed):
            entries[-1] = replace(
                entries[-1], text=f"{entries[-1].text} {text}", place=entries[-1].place.through(line.place)
            )
        else:
            entries.append(replace(line, text=text))
    for entry in entries:
        for part in re.split(r";\s*(?=[-–+•]|\S)", entry.text):
            text = _BULLET.sub("", part, count=1).strip() if _BULLET.match(part) else part.strip()
            text = re.sub(r"\s*[;.,]+\s*\Z", "", text).replace(" :", ":")
            if text:
                yield Recipient(text, entry.place)


def _goes_on(entry: str, text: str, bulleted: bool, closed: bool) -> bool:
    """Whether a line is the rest of an entry: without a bullet of its own, or "- XH" below "… tổ chức CT"."""
    ended = entry.rstrip().endswith((";", "."))
    if _BULLET.match(text):
        cut = re.match(r"[-–] ?[A-ZĐ]{2,}\b", text) is not None and is_upper(entry.rsplit(maxsplit=1)[-1])
        return closed and not ended and cut
    return bulleted or (not ended and text[0].islower())


def _signer(lines: Sequence[Paragraph]) -> tuple[Signer, list[Paragraph]]:
    """Authority (TM., KT. …), own post and name; whatever else stands there is handed back."""
    authority: list[str] = []
    position: list[str] = []
    names: list[Paragraph] = []
    unused: list[Paragraph] = []
    for line in lines:
        match = AUTHORITY.match(line.text)
        if SIGNED.match(line.text):
            continue
        if match and is_upper(match["rest"] or line.text):
            authority.append(match["authority"] + ("." if match["sign"] == "." else ""))
            if match["authority"] == "Q":
                position.append(match["rest"])
        elif POSITION.match(line.text) and not names:
            position = position or [line.text]  # what else the signer is stands below, in `lines` alone
        elif is_upper(line.text) and not names and (position or authority) and not _is_upper_name(line, lines):
            if position:
                position.append(line.text)
        elif NAME.match(line.text) and (position or authority or line.column == 1):
            names.append(line)
        else:
            unused.append(line)
    place = lines[0].place.through(lines[-1].place) if lines else Signer().place
    strays = unused + names[:-1]
    return (
        Signer(
            authority=" ".join(authority) or None,
            position=" ".join(position) or None,
            name=names[-1].text if names else None,
            place=place,
            lines=tuple(line.text for line in lines if line not in strays),
        ),
        strays,
    )


def _is_upper_name(line: Paragraph, lines: Sequence[Paragraph]) -> bool:
    """A name typed in capitals: the last line of the signature that is no post."""
    return line is lines[-1] and bool(NAME.match(line.text))
