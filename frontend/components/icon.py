"""Icons: inline SVG from Lucide, drawn once per process."""

from functools import lru_cache

import lucide
from django.template import TemplateSyntaxError
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from frontend.components.library import register


@register.simple_tag
def icon(name: str, *, size: int = 20, label: str = "") -> SafeString:
    """An icon of Lucide. Without `label` it is decoration and hidden from screen readers."""
    return draw_icon(name, size, str(label))


@lru_cache(maxsize=512)
def draw_icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """The SVG. Raises TemplateSyntaxError for a name Lucide does not have."""
    attributes = {"class": f"icon icon--{name}", "focusable": "false"}
    attributes |= {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    try:
        svg = lucide._render_icon(name, size, **attributes)  # noqa: SLF001
    except lucide.IconDoesNotExist:
        raise TemplateSyntaxError(f"icon {escape(name)!r} does not exist") from None
    lean = " ".join(svg.split()).replace("> <", "><").replace(" />", "/>")
    return mark_safe(lean)  # noqa: S308  (Lucide's own drawing)
