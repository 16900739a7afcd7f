"""What a person can press: buttons, copy buttons, the dialog a button opens."""

from typing import Any

from django.template import Context

from frontend.components.library import dashed, draw, one_of, plain, register, template_of

BUTTON_KINDS = ("primary", "accent", "secondary", "quiet", "danger")
BUTTON_SIZES = ("small", "medium", "large")


@register.simple_block_tag(takes_context=True)
def button(
    context: Context,
    content: str,
    *,
    kind: str = "primary",
    size: str = "medium",
    href: str = "",
    icon: str = "",
    icon_end: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
    action: str = "",
    anchor: str = "",
    opens: str = "",
    submits: bool = True,
    validates: bool = True,
    disabled: bool = False,
    full: bool = False,
    download: bool = False,
) -> str:
    """A link with `href`, else a button; `opens` names a dialog and works without script."""
    values = {
        "content": content,
        "classes": dashed(
            "button",
            one_of("kind", kind, BUTTON_KINDS),
            one_of("size", size, BUTTON_SIZES),
            "full" if full else "",
        ),
        "href": f"#{opens}" if opens else href,
        "icon_name": icon,
        "icon_end": icon_end,
        "name": name,
        "value": plain(value),
        "form": form,
        "action": action,
        "anchor": anchor,
        "opens": opens,
        "submits": submits,
        "validates": validates,
        "disabled": disabled,
        "download": download,
    }
    return draw(context, "button", values)


@register.inclusion_tag(template_of("copy_button"))
def copy_button(*, text: str, label: str = "") -> dict[str, Any]:
    """Copies `text`; absent without script."""
    return {"text": text, "label": label}


@register.simple_block_tag(takes_context=True)
def dialog(context: Context, content: str, *, anchor: str, title: str) -> str:
    """A window over the page, opened by `{% button opens=anchor %}`."""
    return draw(context, "dialog", {"content": content, "anchor": anchor, "title": title})
