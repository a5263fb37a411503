"""The tool that keeps the translations complete, on small projects made for the test, and what the portal then says."""

import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils import translation

from tools.translating import catalogue, others
from tools.translating.sources import Text, of_python, of_template
from tools.translating.unmarked import in_python, in_template

ROOT = Path(__file__).resolve().parents[2]
SOURCE = """
from django.utils.translation import gettext as _, ngettext

def title(n):
    return _("Kế hoạch %(year)s") % {"year": 2026} + ngettext("%(n)d nhiệm vụ", "%(n)d nhiệm vụ", n)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one module and no catalogue yet."""
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "campaigns/titles.py").write_text(SOURCE, encoding="utf-8")
    run(tmp_path, "collect")
    return tmp_path


def run(root: Path, command: str) -> tuple[int, list[str]]:
    """The tool's exit code and lines, about the project at `root`; Django's own messages are left aside."""
    done = subprocess.run(
        [sys.executable, "tools/translations.py", command, "--root", str(root)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    return done.returncode, [line for line in done.stdout.splitlines() if not line.startswith("vi:")]


def english(root: Path, translations: dict[str, str | dict[int, str]]) -> None:
    """Fill the project's English catalogue with these translations and compile both."""
    path = catalogue.path_of(root, "en")
    opened = polib.pofile(str(path))
    for entry in opened:
        given = translations[entry.msgid]
        if isinstance(given, dict):
            entry.msgstr_plural = given
        else:
            entry.msgstr = given
    opened.save(str(path))
    run(root, "compile")


def test_of_python_follows_every_name_of_gettext() -> None:
    source = """
from django.utils import translation
from django.utils.translation import gettext_lazy as lazy, npgettext, pgettext
a = lazy("Nhiệm" " vụ")
b = translation.gettext("Kế hoạch")
c = pgettext("month", "Tháng")
d = npgettext("task", "một", "nhiều", 2)
e = lazy(a)
f = other("Báo cáo")
"""

    assert set(of_python(source, "a.py")) == {
        Text("Nhiệm vụ", "a.py"),
        Text("Kế hoạch", "a.py"),
        Text("Tháng", "a.py", context="month"),
        Text("một", "a.py", plural="nhiều", context="task"),
    }


def test_of_template_reads_tags_blocks_and_arguments() -> None:
    source = """{% load i18n %}{% translate "Lưu" %}{% component "panel" title=_("Nhiệm vụ") %}
    {% blocktranslate count n=rows trimmed %}
      {{ n }} dòng
    {% plural %}
      {{ n }} dòng
    {% endblocktranslate %}{{ name|default:_("chưa có") }}{# {% translate "Không" %} #}"""

    assert set(of_template(source, "a.html")) == {
        Text("Lưu", "a.html"),
        Text("Nhiệm vụ", "a.html"),
        Text("%(n)s dòng", "a.html", plural="%(n)s dòng"),
        Text("chưa có", "a.html"),
    }


def test_in_python_finds_only_what_gettext_never_sees() -> None:
    source = '''"""Tài liệu."""
import re
from django.utils.translation import gettext as _
PATTERN = re.compile(r"ngày \\d+")
BRAND = "Cao Điểm"
SEEN = _("Nhiệm vụ")
PLAIN = "Plan"
MISSED = "Kế hoạch"
'''

    assert list(in_python(source)) == [(8, "Kế hoạch")]


def test_in_template_finds_only_what_gettext_never_sees() -> None:
    source = """{% load i18n %}{# Ghi chú #}{% comment %}Ghi chú{% endcomment %}{% translate "Lưu" %}
{% blocktranslate %}Nhiệm vụ{% endblocktranslate %}{% component "panel" title=_("Kế hoạch") %}
{% component "panel" title="Báo cáo" %}
<p>Đơn vị</p>"""

    assert [(line, text.strip()) for line, text in in_template(source)] == [
        (3, 'component "panel" title="Báo cáo"'),
        (3, "<p>Đơn vị</p>"),
    ]


def test_check_lists_what_is_not_translated(project: Path) -> None:
    assert run(project, "check") == (
        1,
        [
            "en: chưa dịch: '%(n)d nhiệm vụ'",
            "en: chưa dịch: 'Kế hoạch %(year)s'",
            "en: tệp .mo đã cũ; chạy python tools/translations.py compile",
        ],
    )


def test_check_lists_other_placeholders_and_a_stale_mo(project: Path) -> None:
    english(project, {"Kế hoạch %(year)s": "Plan", "%(n)d nhiệm vụ": {0: "One task", 1: "%(n)d tasks"}})
    path = catalogue.path_of(project, "en")
    path.write_text(path.read_text(encoding="utf-8").replace("One task", "A task"), encoding="utf-8")

    assert run(project, "check")[1] == [
        "en: khác chỗ điền: 'Kế hoạch %(year)s' → 'Plan'",
        "en: tệp .mo đã cũ; chạy python tools/translations.py compile",
    ]


def test_check_lists_new_and_gone_texts(project: Path) -> None:
    english(project, {"Kế hoạch %(year)s": "Plan %(year)s", "%(n)d nhiệm vụ": {0: "One task", 1: "%(n)d tasks"}})
    (project / "campaigns/titles.py").write_text(SOURCE.replace("Kế hoạch", "Báo cáo"), encoding="utf-8")

    assert run(project, "check")[1] == [
        "en: chưa có trong bảng dịch: 'Báo cáo %(year)s' (campaigns/titles.py)",
        "en: không còn trong mã nguồn: 'Kế hoạch %(year)s'",
    ]


def test_collect_keeps_translations_and_marks_a_reworded_text(project: Path) -> None:
    english(project, {"Kế hoạch %(year)s": "Plan %(year)s", "%(n)d nhiệm vụ": {0: "One task", 1: "%(n)d tasks"}})
    (project / "campaigns/titles.py").write_text(SOURCE.replace("Kế hoạch", "Kế hoạch năm"), encoding="utf-8")

    run(project, "collect")

    found = {entry.msgid: (entry.msgstr, entry.flags) for entry in polib.pofile(str(catalogue.path_of(project, "en")))}
    assert found == {
        "%(n)d nhiệm vụ": ("", ["python-format"]),
        "Kế hoạch năm %(year)s": ("Plan %(year)s", ["fuzzy", "python-format"]),
    }
    assert "en: cần xem lại: 'Kế hoạch năm %(year)s'" in run(project, "check")[1]


def test_collect_twice_writes_the_same_file(project: Path) -> None:
    before = catalogue.path_of(project, "en").read_bytes()

    run(project, "collect")

    assert catalogue.path_of(project, "en").read_bytes() == before


def test_every_message_of_django_that_users_meet_is_vietnamese() -> None:
    ours = {catalogue.key(entry) for entry in polib.pofile(str(catalogue.path_of(ROOT, "vi"))) if entry.translated()}

    assert ours == set(others.missing())


def test_django_speaks_vietnamese() -> None:
    with translation.override("vi"), pytest.raises(ValidationError) as caught:
        ProhibitNullCharactersValidator()("a\x00b")

    assert caught.value.messages == ["Nội dung có ký tự không dùng được (ký tự rỗng)."]


def test_a_state_reads_in_both_languages() -> None:
    from documents.states import DocumentState

    def label() -> str:
        return str(DocumentState.DRAFT.label)

    with translation.override("vi"):
        vietnamese = label()
    with translation.override("en"):
        in_english = label()

    assert (vietnamese, in_english) == ("Dự thảo", "Draft")


def test_refusals_of_fields_say_what_to_write() -> None:
    with translation.override("vi"):
        for field, typed, words in (
            (forms.DateField(), "31/02/2026", "Ngày chưa đúng; hãy ghi ngày/tháng/năm, ví dụ 20/10/2026."),
            (forms.IntegerField(), "hai", "Chỉ ghi số nguyên, ví dụ 25."),
            (forms.CharField(max_length=5), "quá dài", "Chỉ được tới 5 ký tự; hiện có 7. Hãy rút gọn."),
            (forms.CharField(), " ", "Chưa điền mục này."),
        ):
            with pytest.raises(ValidationError) as refused:
                field.clean(typed)
            assert refused.value.messages == [words]
