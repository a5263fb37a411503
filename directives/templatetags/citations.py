"""Texts in which the documents they cite are links."""

from urllib.parse import urlencode

from django import template
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from directives.citations.reading import nfc
from directives.recognition import Recognised, Recognition
from directives.widgets import AS_ENTERED, asking, below

register = template.Library()


@register.filter
def cited(text: str, recognition: Recognition | None) -> SafeString:
    """`text`, escaped, with links to the documents it cites; `recognition` is what the view asked of the register.

    {{ base.text|cited:citations }}, and before `linebreaksbr` where that is wanted. No query.
    """
    source = nfc(text or "")
    parts, position = [], 0
    for row in recognition.of(source) if recognition else []:
        start, end = row.citation.start, row.citation.end
        link = _link(source[start:end], row, may_record=recognition.may_record if recognition else False)
        parts += [escape(source[position:start]), link]
        position = end
    return mark_safe("".join([*parts, escape(source[position:])]))  # every part is escaped


@register.filter
def register_url(row: Recognised) -> str:
    """The form of a new entry with the fields as the citation fills them."""
    return f"{reverse('directives:create')}?{urlencode(row.fields)}"


@register.simple_tag
def cited_field(identity: str, name: str = "text") -> SafeString:
    """Attributes of a `<textarea>` among hundreds: it asks which documents it cites once somebody is there."""
    return flatatt({"id": identity, **asking(name, identity, AS_ENTERED)})


@register.simple_tag
def cited_below(identity: str) -> SafeString:
    """Where the answer to such a field is shown."""
    return below(identity)


def _link(words: str, row: Recognised, *, may_record: bool) -> SafeString:
    if row.directive:
        return _anchor(words, reverse("directives:detail", args=[row.directive.pk]), "cite", row.directive.label)
    if row.doubts:
        title = _("Sổ có văn bản cùng số, ký hiệu nhưng khác ngày hoặc khác cơ quan")
        return _anchor(words, reverse("directives:detail", args=[row.doubts[0].pk]), "cite cite-doubt", title)
    if may_record:
        return _anchor(words, register_url(row), "cite cite-unknown", _("Chưa có trong sổ: đăng ký văn bản này"))
    return escape(words)


def _anchor(words: str, url: str, css: str, title: str) -> SafeString:
    return format_html('<a class="{}" href="{}" title="{}">{}</a>', css, url, " ".join(title.split()), words)
