"""Fields in which documents are cited."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

AS_SEEN = "intersect once, input changed delay:600ms, focus"
AS_ENTERED = "focus once, input changed delay:600ms"
"""For a field among hundreds: only where somebody is."""


def asking(name: str, identity: str, trigger: str = AS_SEEN) -> dict[str, str]:
    """What a text area carries to ask for the documents it cites: they are shown in `place_of` its `identity`."""
    place = place_of(identity)
    return {
        "hx-post": f"{reverse('directives:recognise')}?field={name}",
        "hx-params": name,
        "hx-trigger": trigger,
        "hx-target": f"#{place}",
        "hx-swap": "innerHTML",
        "hx-sync": "this:queue last",
        "hx-indicator": f"#{place}",
        "data-quiet": "",
    }


def place_of(identity: str) -> str:
    return f"{identity}-citations"


def below(identity: str) -> SafeString:
    """The place where the answer goes."""
    return format_html('<div class="cited-documents" id="{}" aria-live="polite"></div>', place_of(identity))


class CitedTextarea(forms.Textarea):
    """A text area that says below itself which documents its text cites, as one types.

    The address it asks reads only. Without JavaScript the stored text shows the same as links (filter `cited`).
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The area, and the place where the answer goes."""
        identity = (attrs or {}).get("id") or name
        area = super().render(name, value, {**asking(name, identity), **self.attrs, **(attrs or {})}, renderer)
        return area + below(identity)
