"""Rules about spelling, spaces, quotes and abbreviations."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.checks import mending, words
from campaigns.checks.reading import Passage, Reading
from campaigns.checks.rule import Found, rule

ONE_SPELLING = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.6.c: dùng từ ngữ chuẩn, thống nhất trong văn bản")
SPACES = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, mục I: kỹ thuật trình bày văn bản")
ABBREVIATED = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.6.c: viết tắt phải giải thích ở lần dùng đầu")
SECRETS = gettext_lazy("Luật Bảo vệ bí mật nhà nước: không soạn, gửi nội dung mật trên hệ thống này")


@rule("spelling", ONE_SPELLING, fixable=True)
def spelling_is_one(plan: Reading) -> Iterator[Found]:
    """Two spellings of one syllable in the document; both places are named, the rarer one is the link."""
    texts = [passage.text for passage in plan.everything]
    for counts in mending.spellings(texts).values():
        (usual, _often), (other, _rarely) = counts.most_common(2)
        here, there = _where(plan, usual), _where(plan, other)
        if here and there:
            given = {"one": here[1], "here": here[0].name, "other": there[1], "there": there[0].name}
            message = _("Viết không thống nhất: “%(one)s” (%(here)s) và “%(other)s” (%(there)s).") % given
            yield Found(there[0].place, message, f"{usual} {other}")


def _where(plan: Reading, syllable: str) -> tuple[Passage, str] | None:
    """The first passage with a syllable, and that syllable with the word behind it."""
    pattern = re.compile(rf"(?<![^\W\d_]){syllable}(?![^\W\d_])(?: [^\W\d_]+)?", re.IGNORECASE)
    for passage in plan.everything:
        if match := pattern.search(passage.text):
            return passage, match.group()
    return None


@rule("spaces", SPACES, fixable=True)
def no_space_before_marks(plan: Reading) -> Iterator[Found]:
    for passage in plan.everything:
        if mending.close_up(passage.text) != passage.text:
            message = _("Dấu câu viết liền chữ trước, cách chữ sau (%(where)s).") % {"where": passage.name}
            yield Found(passage.place, message, passage.text)


@rule("double_spaces", SPACES, fixable=True)
def no_double_spaces(plan: Reading) -> Iterator[Found]:
    for passage in plan.everything:
        if mending.single_spaces(passage.text) != passage.text:
            message = _("Có hai dấu cách liền nhau (%(where)s).") % {"where": passage.name}
            yield Found(passage.place, message, passage.text)


@rule("quotes", SPACES)
def quotes_are_closed(plan: Reading) -> Iterator[Found]:
    for passage in plan.everything:
        text = passage.text
        uneven = any(text.count(start) != text.count(end) for start, end in words.QUOTES)
        if uneven or text.count('"') % 2:
            yield Found(passage.place, _("Dấu ngoặc kép mở mà chưa đóng (%(where)s).") % {"where": passage.name}, text)


@rule("brackets", SPACES)
def brackets_are_closed(plan: Reading) -> Iterator[Found]:
    for passage in plan.everything:
        text = words.ENUMERATED.sub(" ", passage.text)
        if text.count("(") != text.count(")"):
            message = _("Dấu ngoặc đơn chưa đủ cặp (%(where)s).") % {"where": passage.name}
            yield Found(passage.place, message, passage.text)


@rule("abbreviation", ABBREVIATED)
def abbreviations_are_explained(plan: Reading) -> Iterator[Found]:
    """Letters that nobody explained where they are used first; usual ones and lines in capitals are left."""
    seen: set[str] = set(words.KNOWN_ABBREVIATIONS)
    own = plan.plan.document.symbol.removeprefix("KH-")
    seen.update(re.split(r"[-&]", own))
    for passage in plan.passages:
        if passage.text.isupper():
            continue
        for match in words.ABBREVIATION.finditer(passage.text):
            name = match.group()
            if name in seen:
                continue
            seen.add(name)
            pattern = words.EXPLAINED.format(re.escape(name), re.escape(name))
            if not re.search(pattern, passage.text, re.IGNORECASE):
                message = _("“%(name)s” dùng lần đầu ở %(where)s mà chưa giải thích.")
                yield Found(passage.place, message % {"name": name, "where": passage.name}, name)


@rule("secret", SECRETS, blocking=True)
def nothing_secret(plan: Reading) -> Iterator[Found]:
    for passage in plan.everything:
        if words.SECRET.search(passage.text):
            yield Found(passage.place, _("Văn bản có dấu hiệu mật: không được soạn, gửi trên hệ thống này."))
