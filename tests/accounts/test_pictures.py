"""A picture is what its bytes are, and tells nothing but its pixels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.interfaces.decoding import decodes
from accounts.pictures import NoPictureError, read_picture
from tests.media_samples import (
    JPEG,
    PNG,
    PNG_TELLING,
    SECRET,
    WEBP,
    jpeg_telling,
    webp_telling,
)


@pytest.mark.parametrize(
    ("content", "mime"), [(PNG, "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp")]
)
def test_plain_picture_stays_as_it_is(content, mime):
    picture = read_picture(content)
    assert (picture.mime, picture.width, picture.height) == (mime, 8, 4)
    assert picture.content == content
    assert decodes(content=picture.content, mime=mime)


@pytest.mark.parametrize("telling", [PNG_TELLING, jpeg_telling(), webp_telling()])
def test_what_a_picture_tells_besides_its_pixels_is_left_out(telling):
    assert SECRET in telling
    picture = read_picture(telling)
    assert SECRET not in picture.content
    assert decodes(content=picture.content, mime=picture.mime)
    assert read_picture(picture.content) == picture


def test_a_photograph_taken_upright_stays_upright():
    picture = read_picture(jpeg_telling(turn=6))
    assert (picture.width, picture.height) == (4, 8)
    assert SECRET not in picture.content
    assert read_picture(picture.content) == picture


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"GIF89a" + bytes(20), b"<svg/>", PNG[:-1], PNG[:40], JPEG[:-2], JPEG[:9]),
        *(WEBP[:-1], PNG.replace(b"IDAT", b"IDAX"), webp_telling(b"ANMF"), webp_telling(b"ANIM")),
    ],
)
def test_what_is_no_whole_still_picture_is_refused(content):
    with pytest.raises(NoPictureError):
        read_picture(content)


def test_a_damaged_scan_is_noticed_by_decoding():
    assert not decodes(content=PNG[:8] + PNG[8:33] + PNG[-12:], mime="image/png")


@given(st.sampled_from([PNG_TELLING, jpeg_telling(6), webp_telling()]), st.data())
def test_no_damage_stops_the_reader(content, data):
    at = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:at] + data.draw(st.binary(max_size=4)) + content[at + 1 :]
    try:
        picture = read_picture(damaged)
    except NoPictureError:
        return
    assert read_picture(picture.content) == picture
