"""What holds content: cards, notices, badges, empty places, page headers."""

from typing import Any

from django.template import Context

from frontend.components.library import TONES, dashed, draw, one_of, register, template_of

NOTICE_ICONS = {
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "error": "circle-alert",
}
LEVELS = ("2", "3", "4")


@register.simple_block_tag(takes_context=True)
def card(
    context: Context,
    content: str,
    *,
    title: str = "",
    level: int = 2,
    icon: str = "",
    tone: str = "plain",
    anchor: str = "",
) -> str:
    values = {
        "content": content,
        "title": title,
        "level": one_of("level", str(level), LEVELS),
        "icon_name": icon,
        "classes": dashed("card", one_of("tone", tone, ("plain", "accent", "quiet"))),
        "anchor": anchor,
    }
    return draw(context, "card", values)


@register.simple_block_tag(takes_context=True)
def notice(
    context: Context, content: str, *, tone: str = "info", title: str = "", code: str = ""
) -> str:
    """Something to know. An `error` is read out at once; `code` is the refusal's code."""
    values = {
        "content": content,
        "title": title,
        "code": code,
        "classes": dashed("notice", one_of("tone", tone, NOTICE_ICONS)),
        "icon_name": NOTICE_ICONS[tone],
        "role": "alert" if tone == "error" else "status",
    }
    return draw(context, "notice", values)


@register.inclusion_tag(template_of("badge"))
def badge(text: str, *, tone: str = "neutral", icon: str = "") -> dict[str, Any]:
    return {
        "text": text,
        "classes": dashed("badge", one_of("tone", tone, TONES)),
        "icon_name": icon,
    }


@register.simple_block_tag(takes_context=True)
def empty_state(context: Context, content: str, *, title: str, icon: str = "inbox") -> str:
    """Nothing here yet: what would be here, and how to begin."""
    return draw(context, "empty_state", {"content": content, "title": title, "icon_name": icon})


@register.simple_block_tag(takes_context=True)
def page_header(
    context: Context, content: str, *, title: str, eyebrow: str = "", lead: str = ""
) -> str:
    """The page's h1; the content is its actions."""
    # What a mere line break between the tags leaves is no content.
    actions = content if content.strip() else ""
    values = {"content": actions, "title": title, "eyebrow": eyebrow, "lead": lead}
    return draw(context, "page_header", values)
