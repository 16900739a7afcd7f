"""How often the site is visited, in the footer of public pages."""

from typing import Any

from django.template import Context

from frontend.components.library import register, template_of
from training.domain.visits import shows_visits


@register.inclusion_tag(template_of("visits"), takes_context=True)
def visit_figures(context: Context) -> dict[str, Any]:
    """Empty places that the browser fills in: a page stays the same however many have read it.

    A page that is not to be counted gives `uncounted`.
    """
    request = context.get("request")
    counted = request is not None and not context.get("uncounted")
    return {"shown": counted and shows_visits(path=request.path)}
