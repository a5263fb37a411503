"""Component tags, filters and templates: what they print, and that every component is shown on the style page."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.messages.storage.base import BaseStorage
from django.core.paginator import Paginator
from django.http import Http404
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from portal import design
from portal.templatetags import ui

COMPONENTS = Path(settings.BASE_DIR) / "templates/components"


def show(source: str, **context: object) -> str:
    """Render template text with both libraries loaded."""
    request = context.pop("request", RequestFactory().get("/nhiem-vu/"))
    return Template("{% load ui component %}" + source).render(Context({"request": request, **context}))


class NoMessages(BaseStorage):
    """A request without stored messages."""

    def _get(self, *args: object, **kwargs: object) -> tuple[list[object], bool]:
        return [], True


def design_page(query: str = "") -> str:
    """The style page as somebody without a post sees it, without a database."""
    request = RequestFactory().get(f"/thiet-ke/{query}")
    request.user = SimpleNamespace(is_authenticated=True, username="vanthu", pk=1)  # type: ignore[assignment]
    request.post = None  # type: ignore[attr-defined]
    request._messages = NoMessages(request)  # type: ignore[attr-defined]
    return design.page(request).content.decode()


def test_due_cell_has_date_words_icon_tone_and_wording():
    cell = ui.due_cell(date(2026, 10, 20), "overdue", 5, 3, "trước ngày 21/10")
    assert 'class="due tone-overdue"' in cell
    assert '<time datetime="2026-10-20">20/10/2026</time>' in cell
    assert "quá hạn 3 ngày làm việc" in cell
    assert "icons.svg#due-late" in cell
    assert 'title="Nguyên văn: trước ngày 21/10"' in cell


def test_due_cell_without_date():
    assert "<time" not in ui.due_cell(None, "recurring")


def test_short_hashes():
    sha256 = "5f" * 32
    assert ui.short_hashes(f"ban hành (SHA-256: {sha256}) <b>") == (
        f'ban hành (SHA-256: <abbr class="num" title="{sha256}">5f5f5f5f5f5f…</abbr>) &lt;b&gt;'
    )
    assert ui.short_hashes("xác nhận nội dung") == "xác nhận nội dung"


@pytest.mark.parametrize(
    ("value", "places", "vi", "en"),
    [
        (1234.5, None, "1.234,5", "1,234.5"),
        (Decimal("1200.00"), None, "1.200", "1,200"),
        (1036, None, "1.036", "1,036"),
        (0, None, "0", "0"),
        (93.25, 1, "93,3", "93.3"),
        (None, None, "", ""),
        ("11/13", None, "11/13", "11/13"),
    ],
)
def test_number_follows_the_language(value, places, vi, en):
    with translation.override("vi"):
        assert ui.number(value, places) == vi
    with translation.override("en"):
        assert ui.number(value, places) == en


def test_day_and_moment_are_in_the_office_time_zone():
    late = datetime(2026, 10, 12, 18, 5, tzinfo=UTC)
    assert (ui.day(late), ui.moment(late)) == ("13/10/2026", "01:05, 13/10/2026")
    assert (ui.day(date(2026, 1, 2)), ui.day(None), ui.moment(None), ui.day_in_words(None)) == (
        "02/01/2026",
        "",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 10, 12), "hôm nay"),
        (date(2026, 10, 11), "hôm qua"),
        (date(2026, 10, 13), "ngày mai"),
        (date(2026, 10, 20), "20/10/2026"),
    ],
)
def test_day_in_words(value, words, monkeypatch):
    monkeypatch.setattr(ui.timezone, "localdate", lambda: date(2026, 10, 12))
    assert ui.day_in_words(value) == words


@pytest.mark.parametrize(("name", "letters"), [("Trần Minh Đức", "TĐ"), ("Hằng", "H"), ("", "?")])
def test_initials(name, letters):
    assert ui.initials(name) == letters


def test_badges_escape_what_they_show():
    assert "&lt;b&gt;" in ui.state_badge("draft", "<b>")
    assert "Đã ban hành" in ui.state_badge("issued")
    assert "unknown" in ui.state_badge("unknown")


def test_icon_is_hidden_unless_it_has_a_label():
    assert 'aria-hidden="true"' in ui.icon("bell")
    assert 'role="img" aria-label="Thông báo"' in ui.icon("bell", "Thông báo")


def test_every_icon_named_in_python_and_templates_is_in_the_sprite():
    sprite = (Path(settings.BASE_DIR) / "static/icons.svg").read_text()
    names = {name for _, name, _ in ui.STATES.values()}
    assert {name for name in names if f'id="{name}"' not in sprite} == set()


def test_sort_head_turns_around_and_keeps_the_filters():
    request = RequestFactory().get("/?unit=3&sort=due&page=4")
    head = show('{% sort_head "due" "Hạn" %}', request=request)
    assert 'aria-sort="descending"' not in head
    assert 'aria-sort="ascending"' in head
    assert 'href="?unit=3&amp;sort=-due"' in head
    other = show('{% sort_head "title" "Tên" %}', request=request)
    assert 'aria-sort="none"' in other
    assert 'href="?unit=3&amp;sort=title"' in other


def test_filters_show_chips_that_remove_one_filter():
    request = RequestFactory().get("/?unit=2&state=done&sort=due&page=3")
    filters = [
        {"name": "unit", "label": "Đơn vị", "value": "2", "options": [(1, "Văn phòng"), (2, "Phòng A")]},
        {"name": "state", "label": "Trạng thái", "value": "", "options": [("done", "Xong")]},
    ]
    chips = ui.filter_chips(Context({"request": request}), filters)
    assert chips == [{"label": "Đơn vị: Phòng A", "url": "?state=done&sort=due"}]
    assert ui.kept_query(Context({"request": request}), filters) == [("sort", "due")]
    page = show('{% part "filters" filters=filters %}', request=request, filters=filters)
    assert '<option value="2" selected>Phòng A</option>' in page


def test_page_numbers_are_elided():
    assert ui.page_numbers(Paginator(range(1036), 25).page(7)) == [1, None, 6, 7, 8, None, 42]


def test_query_of_drops_empty_values():
    assert ui.query_of(unit=3, state="", due=None) == "?unit=3"


def test_bars_say_their_shares():
    assert 'width="75.00%"' in ui.segment_bar(
        [{"count": 3, "tone": "done", "label": "xong"}, {"count": 1, "tone": "overdue", "label": "muộn"}]
    )
    assert "<rect" not in ui.segment_bar([{"count": 0, "tone": "done", "label": "xong"}])
    assert 'aria-label="Độ tin cậy 82%"' in ui.share_bar(0.82, "done", "Độ tin cậy")


def test_errors_of_a_form_link_to_their_fields():
    form = design.SampleForm({"title": "Kế hoạch", "unit": "0", "due_on": "32/13/2026", "kind": "a"})
    form.is_valid()
    form.add_error(None, "Kế hoạch đã ban hành.")
    assert [anchor for anchor, _ in ui.errors_of(form)] == ["", "id_due_on"]


def test_matrix_cell_is_a_button_a_link_or_a_mark():
    context = Context({"csrf_token": "abc"})
    button = ui.matrix_cell(context, {"state": "missing", "action": "/nhac/"}, "Văn phòng")
    assert 'action="/nhac/"' in button
    assert 'value="abc"' in button
    assert "Văn phòng: Chưa có" in button
    assert ui.matrix_cell(context, {"state": "confirmed", "url": "/x/"}, "A").startswith("<a ")
    assert ui.matrix_cell(context, {"state": "confirmed"}, "A").startswith("<span ")


def test_component_takes_content_and_slots_and_does_not_see_the_page():
    page = show(
        '{% component "panel" title=name %}<p>a</p>{% slot "actions" %}<b>c</b>{% endslot %}{% endcomponent %}',
        name="<T>",
        count=5,
    )
    assert "<h2>&lt;T&gt;</h2>" in page
    assert "<b>c</b>" in page
    assert '<div class="panel-body"><p>a</p></div>' in page
    assert "count" not in page


@pytest.mark.parametrize(
    "source", ["{% component panel %}{% endcomponent %}", '{% component "panel" 3 %}{% endcomponent %}']
)
def test_component_refuses_what_is_not_a_name_and_named_arguments(source):
    with pytest.raises(Exception, match="component takes"):
        show(source)


def test_every_component_stands_on_the_style_page_or_in_another_component():
    pages = [*COMPONENTS.parent.glob("portal/design*.html"), *COMPONENTS.glob("*.html")]
    markup = " ".join(path.read_text().rpartition("{% endcomment %}")[2] for path in pages)
    used = set(re.findall(r'{% (?:part|component) "(\w+)"', markup))
    assert {path.stem for path in COMPONENTS.glob("*.html")} - used == set()


def test_every_component_says_how_it_is_used():
    silent = {path.name for path in COMPONENTS.rglob("*.html") if "{% comment %}" not in path.read_text()}
    assert silent == {"head.html"}


@pytest.mark.parametrize("query", ["", "?rows=0", "?full=signing", "?full=job", "?full=panel"])
def test_style_page_has_no_inline_script_or_style(query, settings):
    settings.DESIGN_PAGE = True
    page = design_page(query)
    assert "<script>" not in page
    assert " style=" not in page
    assert " onclick=" not in page


def test_style_page_has_one_h1_and_unique_ids(settings):
    settings.DESIGN_PAGE = True
    page = design_page()
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert page.count("<h1") == 1
    assert sorted(ids) == sorted(set(ids))


def test_style_page_is_not_there_in_production(settings):
    settings.DESIGN_PAGE = False
    with pytest.raises(Http404):
        design_page()


# --- what is rendered once --------------------------------------------------------------------------------------------
def test_kept_parts_differ_by_arguments_and_language():
    def bell(unread: int) -> str:
        return show('{% kept "frame/bell" unread=unread %}', unread=unread)

    assert (bell(3), "3" in bell(3), "3" in bell(4)) == (bell(3), True, False)
    with translation.override("en"):
        assert bell(3) != show('{% kept "frame/bell" unread=0 %}')
        assert "Thông báo" not in bell(3)


def test_kept_parts_see_neither_request_nor_token():
    token = "token-of-one-person"
    for name in ("head", "words", "theme", "language"):
        assert token not in show(f'{{% kept "frame/{name}" %}}', csrf_token=token)


def test_an_icons_label_is_escaped_whatever_was_shown_before():
    from django.utils.safestring import SafeString

    ui.icon("done", SafeString("<b>"))
    assert "<b>" not in ui.icon("done", "<b>")
