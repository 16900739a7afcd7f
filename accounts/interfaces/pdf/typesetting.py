"""PDF by typst: a template, its data as JSON, the fonts of the house, QR codes as SVG."""

import io
import json
from pathlib import Path
from typing import Any

import segno
import typst
from fontpkg_be_vietnam_pro import ROOT as FONT_ROOT

_FONTS = typst.Fonts(include_system_fonts=False, font_paths=[str(Path(FONT_ROOT) / "files")])


def typeset(template: Path, data: dict[str, Any]) -> bytes:
    """The document that `template` makes of `data` (its `sys.inputs.data`)."""
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    return typst.compile(str(template), format="pdf", font_paths=_FONTS, sys_inputs=inputs)


def qr_svg(link: str, *, error: str = "m") -> str:
    """A QR code; `error` as in the standard: m may lose 15 % of its area, q a quarter."""
    out = io.BytesIO()
    segno.make(link, error=error, micro=False).save(
        out, kind="svg", border=2, dark="#0f2430", light="#ffffff", xmldecl=False
    )
    return out.getvalue().decode()
