"""Rules about title and symbol."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.checks import words
from campaigns.checks.reading import Reading, short
from campaigns.checks.rule import Found, rule

TITLE = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.5: tên loại và trích yếu")
LONGEST = 60


@rule("no_title", TITLE, blocking=True)
def has_title(plan: Reading) -> Iterator[Found]:
    if not plan.plan.document.title.strip():
        yield Found("head", _("Chưa có trích yếu (tên kế hoạch)."))


@rule("long_title", TITLE)
def title_is_brief(plan: Reading) -> Iterator[Found]:
    title = plan.plan.document.title
    if len(title.split()) > LONGEST:
        yield Found("head", _("Trích yếu dài hơn %(count)s tiếng; nên viết gọn.") % {"count": LONGEST}, title)


@rule("title_kind", TITLE)
def title_says_no_kind(plan: Reading) -> Iterator[Found]:
    title = plan.plan.document.title
    if words.PLAN_TITLE.match(title.strip()):
        yield Found("head", _("Trích yếu lặp lại chữ “Kế hoạch” đã in ở dòng trên."), title)


@rule("title_verb", TITLE)
def title_says_what_is_done(plan: Reading) -> Iterator[Found]:
    title = plan.plan.document.title
    if title.strip() and not words.TITLE_VERBS.search(title):
        yield Found("head", _("Trích yếu chưa nói làm việc gì (thực hiện, tổ chức, triển khai …)."), title)


@rule("title_stop", TITLE)
def title_has_no_stop(plan: Reading) -> Iterator[Found]:
    title = plan.plan.document.title.rstrip()
    if title.endswith((".", ";", ":", ",")):
        yield Found("head", _("Cuối trích yếu không có dấu “%(sign)s”.") % {"sign": title[-1]}, title)


@rule("symbol", gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.3: số, ký hiệu"), blocking=True)
def has_symbol(plan: Reading) -> Iterator[Found]:
    symbol = plan.plan.document.symbol
    if not words.SYMBOL.fullmatch(symbol):
        message = _("Ký hiệu “%(symbol)s” chưa đúng dạng KH-<chữ viết tắt cơ quan>.")
        yield Found("head", message % {"symbol": short(symbol)})
