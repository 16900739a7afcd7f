"""Every pair of colours that text or a border needs is told apart, in every look."""

import re

import pytest

from frontend.bundles import SOURCE

TOKENS = (SOURCE / "foundation" / "tokens.css").read_text(encoding="utf-8")
LOOKS = ("light", "dark", "glare", "contrast")
TEXT = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink", "teal-soft"),
    ("ink", "gold-soft"),
    ("ink", "red-soft"),
    ("ink", "green-soft"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("ink-soft", "sunken"),
    ("ink-soft", "teal-soft"),
    ("ink-soft", "red-soft"),
    ("ink-soft", "gold-soft"),
    ("ink-soft", "green-soft"),
    ("teal", "paper"),
    ("teal", "surface"),
    ("teal", "sunken"),
    ("teal", "teal-soft"),
    ("teal-deep", "paper"),
    ("on-teal", "teal"),
    ("on-teal", "teal-deep"),
    ("on-hero", "hero-start"),
    ("on-hero", "hero-end"),
    ("on-hero-soft", "hero-start"),
    ("on-hero-soft", "hero-end"),
    ("gold", "hero-start"),
    ("on-gold", "gold"),
    ("on-gold", "gold-deep"),
    ("gold-ink", "gold-soft"),
    ("green-ink", "green-soft"),
    ("green-ink", "surface"),
    ("red-ink", "red-soft"),
    ("red-ink", "surface"),
    ("on-red", "red"),
    ("on-red", "red-deep"),
    ("paper", "ink"),
]
# Borders of inputs, the ring of focus, the bar of progress (WCAG 1.4.11).
SHAPES = [
    ("line-strong", "surface"),
    ("line-strong", "paper"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("gold", "hero-end"),
    ("red", "surface"),
]


def palette(look: str) -> dict[str, str]:
    """The colours of one look over those of the light one."""
    blocks = re.findall(r":root(?:\[data-look=\"(\w+)\"\])? \{(.*?)\n\}", TOKENS, re.DOTALL)
    colours: dict[str, str] = {}
    for name, body in blocks:
        if name in ("", look):
            colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body))
    return colours


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def too_close(look: str, pairs: list[tuple[str, str]], least: float) -> list[str]:
    colours = palette(look)
    measured = [(a, b, contrast(colours[a], colours[b])) for a, b in pairs]
    return [f"{a} on {b}: {ratio:.2f}" for a, b, ratio in measured if ratio < least]


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("look", LOOKS)
def test_text_is_readable_in_every_look(look: str) -> None:
    assert too_close(look, TEXT, 4.5) == []


@pytest.mark.parametrize("look", LOOKS)
def test_shapes_are_told_apart_in_every_look(look: str) -> None:
    assert too_close(look, SHAPES, 3) == []


def test_raised_contrast_raises_it() -> None:
    assert too_close("contrast", TEXT, 7) == []
