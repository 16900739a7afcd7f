"""QR codes as pictures for papers made by Word and Excel."""

import io

import segno


def qr_png(link: str) -> io.BytesIO:
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="png", scale=8, border=2)
    out.seek(0)
    return out
