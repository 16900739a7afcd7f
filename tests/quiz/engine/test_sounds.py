"""An MP3 is frames from begin to end, and tells nothing but its sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.sounds import NoSoundError, read_sound
from tests.media_samples import FRAME, MP3, SECRET, mp3_telling


def test_tags_are_left_out():
    sound = read_sound(mp3_telling())
    assert (sound.mime, sound.content, round(sound.seconds, 2)) == ("audio/mpeg", MP3, 1.04)
    assert SECRET not in sound.content
    assert read_sound(sound.content) == sound


@pytest.mark.parametrize(
    "content", [b"", b"ID3", FRAME * 9, MP3 + b"<script>", b"RIFF" + MP3, MP3[1:], b"OggS" + MP3]
)
def test_what_is_no_mp3_is_refused(content):
    with pytest.raises(NoSoundError):
        read_sound(content)


@given(st.integers(0, 60), st.binary(max_size=6))
def test_no_damage_stops_the_reader(at, put):
    content = mp3_telling()
    try:
        sound = read_sound(content[:at] + put + content[at + 1 :])
    except NoSoundError:
        return
    assert read_sound(sound.content) == sound
