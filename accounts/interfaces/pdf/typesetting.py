"""PDF by typst: a template, its data as JSON, the fonts of the house, QR codes as SVG."""

import io
import json
from pathlib import Path
from typing import Any

import segno
import typst
from fontpkg_be_vietnam_pro import ROOT as FONT_ROOT

OURS = typst.Fonts(include_system_fonts=False, font_paths=[str(Path(FONT_ROOT) / "files")])
# Times New Roman where the machine has it; the compiler brings a serif with all Vietnamese letters.
OFFICE = typst.Fonts(include_system_fonts=True)


def typeset(template: Path, data: dict[str, Any], *, fonts: typst.Fonts = OURS) -> bytes:
    """The document that `template` makes of `data` (its `sys.inputs.data`)."""
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    return typst.compile(str(template), format="pdf", font_paths=fonts, sys_inputs=inputs)


def qr_svg(
    link: str,
    *,
    error: str = "m",
    border: int = 2,
    dark: str = "#0f2430",
    mask: int | None = None,
) -> str:
    """A QR code; `error` as in the standard: m may lose 15 % of its area, q a quarter.

    `mask`: one of the standard's eight patterns instead of the search for the best, which takes
    four fifths of the time; any will do where the letters are as by chance.
    """
    out = io.BytesIO()
    segno.make(link, error=error, micro=False, mask=mask).save(
        out, kind="svg", border=border, dark=dark, light="#ffffff", xmldecl=False
    )
    return out.getvalue().decode()
