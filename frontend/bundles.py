"""Stylesheets put together: one file per kind of page, so that a page asks for one.

Cascade layers need a newer browser than the oldest we serve (Chromium 80 drops `@layer` blocks
whole), so the order of the files is the order of the layers: foundation, layout, components, pages.
"""

import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent / "static" / "frontend"
SHARED = ("foundation/tokens.css", "foundation/base.css", "foundation/layout.css")
READING = (*SHARED, "layout/header.css", "layout/footer.css", "components/*.css")
BUNDLES = {
    # Entry pages share the bundle of the reading pages: who registers has already fetched it.
    "public.css": (*READING, "pages/public/*.css", "pages/entry/*.css", "foundation/print.css"),
    "kiosk.css": ("foundation/tokens.css", "foundation/base.css", "pages/kiosk/*.css"),
    "workplace.css": (
        *READING,
        "layout/workplace.css",
        "pages/workplace/*.css",
        "foundation/print.css",
    ),
}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{};,>])\s*")
_SPACE = re.compile(r"\s+")


def write_bundles(folder: Path) -> None:
    """Write every bundle into `folder`, with its fonts' faces where `build_fonts` made them."""
    faces = folder / "fonts" / "faces.css"
    head = faces.read_text(encoding="utf-8") if faces.exists() else ""
    for name, patterns in BUNDLES.items():
        parts = [path.read_text(encoding="utf-8") for path in list_sources(patterns)]
        (folder / name).write_text(squeeze("\n".join([head, *parts])), encoding="utf-8")


def list_sources(patterns: tuple[str, ...]) -> Iterator[Path]:
    """The files of a bundle in the order in which they override each other."""
    for pattern in patterns:
        yield from sorted(SOURCE.glob(pattern))


def squeeze(css: str) -> str:
    """The same rules without comments and needless spaces."""
    bare = _SPACE.sub(" ", _COMMENT.sub("", css))
    return _AROUND.sub(r"\1", bare).replace(";}", "}").strip()
