"""What the component tags share: the library, the templates' home, checked attribute values."""

from collections.abc import Collection, Mapping
from typing import Any

from django.template import Context, Library, TemplateSyntaxError

register = Library()

TONES = ("neutral", "info", "success", "warning", "danger", "accent")


def template_of(component: str) -> str:
    return f"frontend/components/{component}.html"


def draw(context: Context, component: str, values: Mapping[str, Any]) -> str:
    """The component's template, given nothing of the page but `values` and the request."""
    template = context.template.engine.get_template(template_of(component))
    return template.render(context.new(dict(values)))


def plain(value: Any) -> Any:
    """A number as programs read it: a template would print 1000 in an attribute as 1.000."""
    return str(value) if isinstance(value, int) else value


def one_of(attribute: str, value: str, allowed: Collection[str]) -> str:
    """`value`, if it is among `allowed`; a mistyped one raises TemplateSyntaxError."""
    if value not in allowed:
        raise TemplateSyntaxError(f"{attribute}={value!r}: one of {', '.join(allowed)}")
    return value


def dashed(component: str, *variants: str) -> str:
    """The class names: `button button--primary button--large`."""
    return " ".join([component, *(f"{component}--{variant}" for variant in variants if variant)])
