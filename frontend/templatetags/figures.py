"""`{% load figures %}`: figures as tables write them."""

from decimal import Decimal

from django.template import Library

from quiz.rules.figures import show_duration, show_number

register = Library()


@register.simple_tag
def taken(milliseconds: int) -> str:
    """A time taken: “04:12”."""
    return show_duration(milliseconds)


@register.simple_tag
def figure(value: int | Decimal | None) -> str:
    """A number without needless zeros: 10.00 → “10”, 87.5 → “87,5”; “—” for none."""
    return "—" if value is None else show_number(value)
