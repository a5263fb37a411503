"""Fields in which documents are cited."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString


class CitedTextarea(forms.Textarea):
    """A text area that says below itself which documents its text cites, as one types.

    The address it asks reads only. Without JavaScript the stored text shows the same as links (filter `cited`).
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The area, and the place where the answer goes."""
        place = f"{(attrs or {}).get('id') or name}-citations"
        asking = {
            "hx-post": f"{reverse('directives:recognise')}?field={name}",
            "hx-params": name,
            "hx-trigger": "intersect once, input changed delay:600ms, focus",
            "hx-target": f"#{place}",
            "hx-swap": "innerHTML",
            "hx-sync": "this:queue last",
            "hx-indicator": f"#{place}",
            "data-quiet": "",
        }
        area = super().render(name, value, {**asking, **self.attrs, **(attrs or {})}, renderer)
        return format_html('{}<div class="recognised" id="{}" aria-live="polite"></div>', area, place)
