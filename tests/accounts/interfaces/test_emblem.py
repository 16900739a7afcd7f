"""A body's emblem is drawn anew: nothing of the upload survives but its pixels."""

import pytest
import typst

from accounts.interfaces.emblem import MOST_BYTES, SIDE, BadEmblem, draw_emblem

RED = "<rect width='80' height='40' fill='red'/>"
SVG = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 80 40'>{RED}</svg>".encode()


def sides(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def picture(width: int, height: int) -> bytes:
    page = f"#set page(width: {width}pt, height: {height}pt, fill: red)"
    return bytes(typst.compile(page.encode(), format="png", ppi=72))


def test_a_large_picture_is_made_small_and_a_small_one_is_not_enlarged():
    assert sides(draw_emblem(picture(1200, 600))) == (SIDE, SIDE // 2)
    assert sides(draw_emblem(picture(30, 60))) == (30, 60)
    assert sides(draw_emblem(SVG)) == (SIDE, SIDE)


def test_what_hides_behind_the_pixels_is_gone():
    assert b"secret" not in draw_emblem(picture(9, 9) + b"secret")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\nrubbish, and more of it than a header",
        b"\xff\xd8\xff\xe0",
        picture(9, 9)[:16] + (70_000).to_bytes(4, "big") * 2 + picture(9, 9)[24:],
        SVG.replace(RED.encode(), b"<script>alert(1)</script>"),
        SVG.replace(RED.encode(), b"<image href='/etc/passwd'/>"),
        SVG.replace(RED.encode(), b"<use xlink:href='http://a/b'/>"),
        SVG.replace(RED.encode(), b"<rect fill='url(http://a)'/>"),
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG,
        b"\x89PNG\r\n\x1a\n" + b"0" * MOST_BYTES,
    ],
)
def test_files_that_are_no_safe_picture_are_refused(content: bytes):
    with pytest.raises(BadEmblem):
        draw_emblem(content)
