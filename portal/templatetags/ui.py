"""Small words of the screen: icons, states, deadlines, numbers, days. Pure: no queries, no side effects."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from campaigns.deadlines import DueState, due_words
from campaigns.models import Task
from campaigns.states import DeadlineClass

register = template.Library()

SHA256 = re.compile(r"\b([0-9a-f]{64})\b")

# state → (tone, icon, words); every value of the state tables of documents, campaigns, reports and jobs
STATES: dict[str, tuple[str, str, Any]] = {
    "draft": ("quiet", "edit", gettext_lazy("Dự thảo")),
    "proposed": ("soon", "hourglass", gettext_lazy("Chờ xác nhận nội dung")),
    "submitted": ("soon", "hourglass", gettext_lazy("Chờ kiểm tra thể thức")),
    "checked": ("soon", "sign", gettext_lazy("Chờ ký")),
    "signed": ("today", "sign", gettext_lazy("Đã ký, chờ cấp số")),
    "numbered": ("today", "number", gettext_lazy("Đã cấp số, chờ phát hành")),
    "issued": ("done", "seal", gettext_lazy("Đã ban hành")),
    "closed": ("quiet", "lock", gettext_lazy("Đã kết thúc")),
    "returned": ("overdue", "returned", gettext_lazy("Bị trả lại")),
    "recalled": ("overdue", "undo", gettext_lazy("Đã thu hồi")),
    "replaced": ("quiet", "repeat", gettext_lazy("Đã được thay thế")),
    "discarded": ("quiet", "delete", gettext_lazy("Đã bỏ")),
    "planned": ("quiet", "edit", gettext_lazy("Trong dự thảo")),
    "assigned": ("today", "send", gettext_lazy("Mới giao")),
    "accepted": ("today", "check", gettext_lazy("Đã nhận")),
    "in_progress": ("today", "working", gettext_lazy("Đang thực hiện")),
    "awaiting": ("soon", "hourglass", gettext_lazy("Chờ xác nhận")),
    "done": ("done", "done", gettext_lazy("Hoàn thành")),
    "handed_back": ("overdue", "returned", gettext_lazy("Đơn vị trả lại")),
    "redo": ("overdue", "repeat", gettext_lazy("Thực hiện lại")),
    "paused": ("quiet", "paused", pgettext_lazy("state", "Tạm dừng")),
    "withdrawn": ("quiet", "withdrawn", pgettext_lazy("task", "Đã thu hồi")),
    "queued": ("quiet", "hourglass", gettext_lazy("Đang chờ")),
    "running": ("today", "working", gettext_lazy("Đang chạy")),
    "failed": ("overdue", "error", gettext_lazy("Không thành công")),
    "cancelled": ("quiet", "undo", gettext_lazy("Đã dừng")),
    "asked": ("soon", "hourglass", gettext_lazy("Chờ quyết định")),
    "granted": ("done", "done", gettext_lazy("Đã đồng ý")),
    "refused": ("overdue", "refused", gettext_lazy("Không đồng ý")),
    "drafting": ("today", "edit", gettext_lazy("Đang soạn")),
    "confirmed": ("done", "done", gettext_lazy("Đã xác nhận")),
    "missing": ("overdue", "due-late", gettext_lazy("Chưa có")),
    "open": ("today", "working", gettext_lazy("Đang mở")),
    "not_due": ("quiet", "calendar", gettext_lazy("Chưa đến hạn")),
    "due_soon": ("soon", "clock", gettext_lazy("Sắp đến hạn")),
    "due_today": ("today", "due-today", gettext_lazy("Đến hạn hôm nay")),
    "overdue": ("overdue", "due-late", gettext_lazy("Quá hạn")),
    "done_in_time": ("done", "due-done", gettext_lazy("Xong đúng hạn")),
    "done_extended": ("done", "due-done", gettext_lazy("Xong đúng hạn sau gia hạn")),
    "done_late": ("soon", "due-done", gettext_lazy("Xong muộn")),
    "no_due_date": ("quiet", "calendar", gettext_lazy("Không có hạn")),
    "recurring": ("quiet", "repeat", gettext_lazy("Thường xuyên")),
}
UNKNOWN_STATE = ("quiet", "open", "")


@register.simple_tag
@lru_cache(maxsize=1024, typed=True)
def icon(name: str, label: str = "", classes: str = "") -> SafeString:
    """One icon of static/icons.svg; hidden from screen readers unless `label` says what it means."""
    hidden = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    css = f"icon {classes}".strip()
    return format_html('<svg class="{}" {}><use href="{}#{}"></use></svg>', css, hidden, static("icons.svg"), name)


@register.simple_tag
def state_badge(state: str, label: str = "") -> SafeString:
    """A state as icon + word + colour; `label` replaces the usual word."""
    tone, name, words = STATES.get(str(state), UNKNOWN_STATE)
    return badge(label or words or str(state), tone, name)


@register.simple_tag
def badge(label: str, tone: str = "quiet", name: str = "") -> SafeString:
    """Any other short mark; `tone` is quiet, soon, today, overdue or done."""
    return _badge(str(label), tone, name)


@lru_cache(maxsize=1024)
def _badge(label: str, tone: str, name: str) -> SafeString:
    return format_html('<span class="badge-state tone-{}">{}{}</span>', tone, icon(name) if name else "", label)


@register.simple_tag
def due_cell(due_on: date | None, kind: str, days: int = 0, working_days: int = 0, wording: str = "") -> SafeString:
    """
    A deadline as "20/10/2026 · quá hạn 3 ngày làm việc" with icon and colour.

    `kind` is the deadline class (not_due, due_soon, due_today, overdue, done_in_time, done_late, no_due_date,
    recurring);
    `days` and `working_days` count from the due date, without sign; `wording` is the deadline as the plan says it.
    """
    tone, name, _words = STATES.get(str(kind), UNKNOWN_STATE)
    text = due_words(str(kind), days, working_days)
    shown = (
        format_html('<time datetime="{}">{}</time><span class="due-dot"> · </span>', due_on.isoformat(), day(due_on))
        if due_on
        else ""
    )
    title = _("Nguyên văn: %(wording)s") % {"wording": wording} if wording else ""
    mark = format_html(' title="{}"', title) if title else ""
    return format_html(
        '<span class="due tone-{}"{}>{}<span>{}<span class="due-words">{}</span></span></span>',
        tone,
        mark,
        icon(name),
        shown,
        text,
    )


@register.simple_tag
def plain_due(due_on: date | None, today: date, is_done: bool = False) -> SafeString:
    """A day by which something is asked, counted in calendar days: "20/10/2026 · quá hạn 3 ngày"; "" without a day."""
    if due_on is None:
        return SafeString("")
    left = (due_on - today).days
    if is_done:
        kind, words = "no_due_date", ""
    elif left < 0:
        kind, words = "overdue", ngettext("quá hạn %(days)d ngày", "quá hạn %(days)d ngày", -left) % {"days": -left}
    elif left == 0:
        kind, words = "due_today", _("đến hạn hôm nay")
    else:
        kind = "due_soon" if left <= 3 else "not_due"
        words = ngettext("còn %(days)d ngày", "còn %(days)d ngày", left) % {"days": left}
    tone, name, _label = STATES[kind]
    more = format_html('<span class="due-dot"> · </span><span class="due-words">{}</span>', words) if words else ""
    shown = format_html('<time datetime="{}">{}</time>', due_on.isoformat(), day(due_on))
    return format_html('<span class="due tone-{}">{}<span>{}{}</span></span>', tone, icon(name), shown, more)


@register.simple_tag
def task_due(task: Task, due: DueState) -> SafeString:
    """The deadline of a task; a bare day where there is nothing to be late with."""
    if due.kind in (DeadlineClass.NOT_COUNTED, DeadlineClass.DONE_NO_DUE_DATE):
        return format_html('<span class="quiet">{}</span>', day(task.due_on) or "–")
    return due_cell(task.due_on, due.shown_as or due.kind, due.days, due.working_days, task.due_wording)


@register.filter
def day(value: date | None) -> str:
    """15/10/2026; "" without a day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{value:%d/%m/%Y}"


@register.filter
def moment(value: datetime | None) -> str:
    """09:01, 15/10/2026 in the office's time zone; "" without a moment."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M, %d/%m/%Y}"


@register.filter
def iso(value: datetime) -> str:
    """The moment for machines, in the office's time zone: 2026-10-12T09:01:00+07:00."""
    return (timezone.localtime(value) if timezone.is_aware(value) else value).isoformat(timespec="seconds")


@register.filter
def day_in_words(value: date | None) -> str:
    """hôm nay, hôm qua, ngày mai, else 15/10/2026."""
    if value is None:
        return ""
    plain = timezone.localtime(value).date() if isinstance(value, datetime) else value
    words = {-1: _("hôm qua"), 0: _("hôm nay"), 1: _("ngày mai")}
    return words.get((plain - timezone.localdate()).days) or day(plain)


@register.filter
def number(value: int | float | Decimal | str | None, places: int | None = None) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English; words stay as they are; `places` fixes the decimals."""
    if value is None or isinstance(value, str):
        return value or ""
    if places is not None:
        value = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    elif isinstance(value, (Decimal, float)):
        value = Decimal(str(value)).normalize()
        value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
    return str(number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True))


@register.filter
def short_hashes(text: str) -> SafeString:
    """The text with every SHA-256 cut to its first 12 characters; the whole stands in its title."""
    parts = SHA256.split(str(text))
    if len(parts) == 1:
        return conditional_escape(text)
    shown = [format_html('<abbr class="num" title="{}">{}…</abbr>', part, part[:12]) for part in parts[1::2]]
    return format_html_join("", "{}{}", zip_longest(parts[::2], shown, fillvalue=""))


@register.filter
def shortened(text: str, length: int) -> str:
    """At most `length` characters, the last one "…" when something was cut off."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


@register.filter
def initials(name: str) -> str:
    """The letters of the round mark of a person: first letters of the family and the given name."""
    words = str(name).split()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else "?"


@register.simple_tag
def crumb(label: str, url: str = "") -> SafeString:
    """One place of the breadcrumb; without `url` it is the page itself."""
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, label)
    return format_html('<li><span aria-current="page">{}</span></li>', label)


@register.simple_tag(takes_context=True)
def with_query(context: Context, *drop: str, **values: Any) -> str:
    """The query string of this page with `values` set, those None or named in `drop` removed, and page 1 again."""
    query = context["request"].GET.copy()
    for name in [*drop, *values, "page", "after", "before"]:
        query.pop(name, None)
    for name, value in values.items():
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def sort_head(context: Context, key: str, label: str, classes: str = "") -> SafeString:
    """A <th> that sorts by ?sort=key, then ?sort=-key; says its order to screen readers."""
    current = context["request"].GET.get("sort", "")
    order = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    following = f"-{key}" if current == key else key
    sign = {"ascending": "sort-up", "descending": "sort-down", "none": "sort"}[order]
    return format_html(
        '<th scope="col" class="{}" aria-sort="{}"><a class="sort-link" href="{}">{}{}</a></th>',
        classes,
        order,
        with_query(context, sort=following),
        label,
        icon(sign),
    )


@register.simple_tag
def page_numbers(page: Page) -> list[int | None]:
    """Numbers to show for a numbered pagination; None is a gap."""
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [entry if isinstance(entry, int) else None for entry in elided]


@register.simple_tag
def segment_bar(segments: Iterable[dict[str, Any]], label: str = "") -> SafeString:
    """A quiet stacked bar as SVG; segments are dicts with tone, label, count (and url, used by the deadline bar)."""
    rows = [row for row in segments if row["count"]]
    total = sum(row["count"] for row in rows)
    parts, start = [], 0.0
    for row in rows:
        width = 100 * row["count"] / total
        parts.append((f"{start:.2f}%", f"{width:.2f}%", row["tone"], f"{row['label']}: {number(row['count'])}"))
        start += width
    shape = '<rect x="{}" y="0" width="{}" height="8" class="mark-{}"><title>{}</title></rect>'
    name = label or _("Tỷ lệ theo hạn")
    return format_html(
        '<svg class="segment-bar" role="img" aria-label="{}" height="8">{}</svg>',
        name,
        format_html_join("", shape, parts),
    )


@register.simple_tag
def share_bar(value: float, tone: str = "today", label: str = "") -> SafeString:
    """A thin bar for a share from 0 to 1 (confidence, completion); the share is also its accessible name."""
    percent = max(0, min(100, round(value * 100)))
    name = f"{label} {percent}%".strip()
    return format_html(
        '<svg class="share-bar" role="img" aria-label="{}" height="4">'
        '<rect width="{}%" height="4" class="mark-{}"></rect></svg>',
        name,
        percent,
        tone,
    )


def _without(context: Context, name: str) -> str:
    """This page without one value; with it empty where nothing else is left: a bare address may open something else."""
    address = with_query(context, name)
    return address if address != "?" else f"?{name}="


@register.simple_tag(takes_context=True)
def filter_chips(context: Context, filters: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """The filters in force as chips: label "Đơn vị: Văn phòng Sở" and the address without it."""
    chips = []
    for entry in filters:
        value = str(entry.get("value") or "")
        if value:
            words = {str(key): text for key, text in entry.get("options", [])}.get(value, value)
            chips.append({"label": f"{entry['label']}: {words}", "url": _without(context, entry["name"])})
    return chips


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any]], chosen: Any) -> SafeString:
    """The <option>s of a select, one of them chosen."""
    marks = {True: SafeString(" selected"), False: ""}
    rows = ((str(value), marks[str(value) == str(chosen)], words) for value, words in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.simple_tag(takes_context=True)
def kept_query(context: Context, filters: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """What a filter form has to carry along as hidden fields (sort, saved view), without the filters and the page."""
    names = {entry["name"] for entry in filters} | {"page", "after", "before"}
    return [(name, value) for name, value in context["request"].GET.items() if name not in names]


@register.simple_tag
def query_of(**values: Any) -> str:
    """A query string from the given values, without the empty ones."""
    return "?" + urlencode({name: value for name, value in values.items() if value not in (None, "")})


@register.filter
def errors_of(form: Any) -> list[tuple[str, str]]:
    """(anchor, message) of every error of a form or formset's form, for the linked summary; "" is the form itself."""
    rows = [("", str(message)) for message in form.non_field_errors()]
    for field in form:
        rows += [
            (field.id_for_label or f"div_{field.auto_id}", f"{field.label}: {message}") for message in field.errors
        ]
    return rows


@register.simple_tag
def state_icon(state: str) -> SafeString:
    """The icon of a state in its colour's parent; the word stands beside it."""
    return icon(STATES.get(str(state), UNKNOWN_STATE)[1])


@register.filter
def state_tone(state: str) -> str:
    """The tone of a state or deadline class, for a class "tone-…"."""
    return STATES.get(str(state), UNKNOWN_STATE)[0]


@register.simple_tag(takes_context=True)
def matrix_cell(context: Context, cell: dict[str, Any], row: str) -> SafeString:
    """One cell of the matrix: a mark, a link (`url`) or a button that posts (`action`); its words are "unit: state"."""
    tone, name, words = STATES.get(str(cell["state"]), UNKNOWN_STATE)
    label = f"{row}: {cell.get('label') or words}"
    inner = format_html('{}<span class="visually-hidden">{}</span>', icon(name), label)
    if cell.get("action"):
        return format_html(
            '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<button class="matrix-cell tone-{}" title="{}">{}</button></form>',
            cell["action"],
            context.get("csrf_token", ""),
            tone,
            label,
            inner,
        )
    if cell.get("url"):
        return format_html(
            '<a class="matrix-cell tone-{}" href="{}" title="{}">{}</a>', tone, cell["url"], label, inner
        )
    return format_html('<span class="matrix-cell tone-{}" title="{}">{}</span>', tone, label, inner)
