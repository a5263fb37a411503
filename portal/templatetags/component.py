"""
Components of templates/components/: {% part "tabs" tabs=views %} and, with content and slots,
{% component "panel" title="…" %}…{% slot "actions" %}…{% endslot %}{% endcomponent %}.

A component's template sees its named arguments, `content`, `slots` (name → markup), `request` and `csrf_token`,
nothing else of the page.

{% kept "frame/rail" navigation=navigation %} shows a component that says the same for everybody with equal arguments.
"""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Engine
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
SLOTS = "_component_slots"


def render_component(context: Context, name: str, values: dict[str, Any]) -> SafeString:
    """The component's markup in a context of its own."""
    found = Engine.get_default().get_template(f"components/{name}.html")
    known = {key: context[key] for key in ("request", "csrf_token") if key in context}
    return found.render(context.new({**known, **values}))


@register.simple_tag(takes_context=True)
def part(context: Context, name: str, **values: Any) -> SafeString:
    """A component without content."""
    return render_component(context, name, {**values, "content": "", "slots": {}})


@lru_cache(maxsize=1024, typed=True)
def _kept(name: str, language: str, /, **values: Hashable) -> SafeString:
    return Engine.get_default().get_template(f"components/{name}.html").render(Context(values))


@register.simple_tag
def kept(name: str, **values: Hashable) -> SafeString:
    """A component rendered once in a process for the same language and arguments.

    It sees its arguments alone, neither request nor token, so that nothing of one person's page reaches another's.
    """
    render = _kept.__wrapped__ if settings.DEBUG else _kept  # who works on a template sees it change
    return render(name, get_language() or "", **values)


class ComponentNode(Node):
    """Renders the content first, collecting the slots met in it, then the component's template around both."""

    def __init__(self, name: str, arguments: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.name, self.arguments, self.nodelist = name, arguments, nodelist

    def render(self, context: Context) -> SafeString:
        values: dict[str, Any] = {key: value.resolve(context) for key, value in self.arguments.items()}
        slots: dict[str, SafeString] = {}
        with context.push(**{SLOTS: slots}):
            content = self.nodelist.render(context)
        return render_component(context, self.name, {**values, "content": SafeString(content.strip()), "slots": slots})


class SlotNode(Node):
    """Hands its markup to the component around it and leaves nothing in its own place."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        slots: dict[str, SafeString] = context[SLOTS]
        slots[self.name] = SafeString(self.nodelist.render(context).strip())
        return SafeString("")


def quoted(token: Token, bits: list[str]) -> str:
    """The quoted name that must come first in the tag."""
    if len(bits) < 2 or bits[1][0] not in "\"'" or bits[1][-1] != bits[1][0]:
        raise TemplateSyntaxError(f"{bits[0]} takes a quoted name first: {{% {token.contents} %}}")
    return bits[1][1:-1]


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """{% component "name" key=value … %}content{% endcomponent %}"""
    bits = token.split_contents()
    name, rest = quoted(token, bits), bits[2:]
    arguments = token_kwargs(rest, parser)
    if rest:
        raise TemplateSyntaxError(f"component takes only named arguments, found {rest[0]!r}")
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(name, arguments, nodelist)


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    """{% slot "name" %}markup{% endslot %}, directly inside a component."""
    name = quoted(token, token.split_contents())
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name, nodelist)
