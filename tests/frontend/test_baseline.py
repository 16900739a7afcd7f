"""Styles and scripts speak only what Chromium 80 understands: Zalo's browser on older phones."""

import re
from pathlib import Path

import pytest

from frontend.bundles import SOURCE

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
TOO_NEW_CSS = {
    "@layer": r"@layer\b",
    "@container": r"@container\b",
    ":has()": r":has\(",
    ":is()": r":is\(",
    ":where()": r":where\(",
    "inset": r"(?<![-\w])inset\s*:",
    "aspect-ratio": r"(?<![-\w])aspect-ratio\s*:",
    "color-mix()": r"color-mix\(",
    "oklch()": r"oklch\(",
    "dynamic viewport": r"\d[sld]v[hw]\b",
    "logical shorthand": r"(?<![-\w])(?:margin|padding|inset)-(?:inline|block)\s*:",
    "media range": r"@media[^{]*[<>]",
    "subgrid": r"\bsubgrid\b",
    "nested rule": r"&[\s.:\[>]",
    "selector list in :not()": r":not\([^()]*,",
    "file selector": r"::file-selector-button",
    "overflow: clip": r"overflow(?:-[xy])?\s*:\s*clip",
}
TOO_NEW_JS = {
    "logical assignment": r"\?\?=|\|\|=|&&=",
    "replaceAll": r"\.replaceAll\(",
    "replaceChildren": r"\.replaceChildren\(",
    "at()": r"\.at\(",
    "structuredClone": r"\bstructuredClone\(",
    "hasOwn": r"Object\.hasOwn\(",
    "randomUUID": r"\.randomUUID\(",
    "AbortSignal.timeout": r"AbortSignal\.timeout\(",
    "Promise.any": r"Promise\.any\(",
    "static block": r"\bstatic\s*\{",
    "private method": r"^\s+#\w+\([^)]*\)\s*\{",
    "top-level await": r"^(?:const [^=]+= )?await\b",
    "numeric separator": r"\b\d+_\d+\b",
    "findLast": r"\.findLast(?:Index)?\(",
}
INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\bsrc=)")
TEMPLATES = Path(SOURCE).parents[1] / "templates"


def sources(ending: str) -> list[Path]:
    return sorted(SOURCE.rglob(f"*.{ending}"))


def newer_than_baseline(text: str, patterns: dict[str, str]) -> list[str]:
    return [name for name, pattern in patterns.items() if re.search(pattern, text, re.MULTILINE)]


def flex_with_gap(css: str) -> list[str]:
    """Rules that lay out with flexbox and count on gap, which came with Chromium 84."""
    return [
        selector.strip()
        for selector, body in RULE.findall(css)
        if re.search(r"display:\s*(?:inline-)?flex", body) and re.search(r"\bgap\s*:", body)
    ]


@pytest.mark.parametrize("path", sources("css"), ids=lambda path: path.stem)
def test_stylesheet_is_understood_by_the_oldest_browser(path: Path) -> None:
    css = COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert newer_than_baseline(css, TOO_NEW_CSS) == []
    assert flex_with_gap(css) == []


@pytest.mark.parametrize("path", sources("js"), ids=lambda path: path.stem)
def test_script_is_understood_by_the_oldest_browser(path: Path) -> None:
    assert newer_than_baseline(path.read_text(encoding="utf-8"), TOO_NEW_JS) == []


@pytest.mark.parametrize("path", sources("css"), ids=lambda path: path.stem)
def test_only_tokens_hold_literal_colours(path: Path) -> None:
    allowed = {"tokens", "print", "picture", "progress"}
    literal = re.findall(r"#[0-9a-fA-F]{3,8}\b", COMMENT.sub("", path.read_text(encoding="utf-8")))
    assert literal == [] or path.stem in allowed


def test_templates_hold_no_inline_style_or_script() -> None:
    found = [
        str(path.relative_to(TEMPLATES))
        for path in sorted(TEMPLATES.rglob("*.html"))
        if INLINE.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_guard_itself_sees_what_is_too_new() -> None:
    css = "@layer a{} .a:has(b){inset:0} .c{display:flex;gap:1rem}"
    assert newer_than_baseline(css, TOO_NEW_CSS) == ["@layer", ":has()", "inset"]
    assert flex_with_gap(".c{display:flex;gap:1rem} .d{display:grid;gap:1rem}") == [".c"]
    assert newer_than_baseline("a ??= b;\nx.at(-1)", TOO_NEW_JS) == ["logical assignment", "at()"]
