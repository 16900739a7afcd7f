"""Whether a library can decode a picture's pixels, and not only its head."""

import json

import typst

_FORMATS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_SOURCE = b"""#set page(width: 16pt, height: 16pt, margin: 0pt)
#let sent = json(bytes(sys.inputs.sent))
#image(bytes(sent.bytes), format: sent.format, width: 100%, height: 100%)"""


def decodes(*, content: bytes, mime: str) -> bool:
    """Decodes the whole picture, so its sides have to be looked at before."""
    sent = json.dumps({"bytes": list(content), "format": _FORMATS[mime]})
    try:
        typst.compile(_SOURCE, format="png", ppi=72, sys_inputs={"sent": sent})
    except RuntimeError:
        return False
    return True
