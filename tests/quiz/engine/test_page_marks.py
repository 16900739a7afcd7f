from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.page_marks import PageMark, content_digest, is_ours, read_mark, write_mark

KEY, RELEASE = b"k" * 32, "ab" * 32
MARK = PageMark("pl", 2, 3, 25, 75_000_000, content_digest([["1", "Nguyễn Thị A"]]))


@given(
    st.builds(
        PageMark,
        st.sampled_from(["pl", "ttr", "gcn"]),
        st.integers(1, 9999),
        st.integers(1, 9999),
        st.integers(0, 10**6),
        st.integers(0, 10**14),
        st.binary(min_size=16, max_size=16).map(bytes.hex),
    )
)
def test_a_mark_is_read_back_as_written(mark: PageMark):
    read, mac = read_mark(write_mark(mark, release=RELEASE, key=KEY))
    assert (read, is_ours(read, mac, release=RELEASE, key=KEY)) == (mark, True)


@pytest.mark.parametrize(
    "change",
    [
        {"paper": "qd"},
        {"page": 1},
        {"pages": 2},
        {"rows": 26},
        {"money": 75_000_001},
        {"content": content_digest([["1", "Nguyễn Thị B"]])},
    ],
)
def test_whoever_changes_anything_on_a_mark_has_no_mark(change: dict[str, object]):
    _read, mac = read_mark(write_mark(MARK, release=RELEASE, key=KEY))
    assert not is_ours(replace(MARK, **change), mac, release=RELEASE, key=KEY)
    assert not is_ours(MARK, mac, release="cd" * 32, key=KEY)
    assert not is_ours(MARK, mac, release=RELEASE, key=b"x" * 32)


@pytest.mark.parametrize("text", ["", "pl", "pl-0-1-0-0", "pl-1-1-0-0-ab-cd", "pl-١-1-0-0"])
def test_what_is_no_mark_is_not_read(text: str):
    assert read_mark(text) is None


def test_the_code_beside_the_qr_is_short_enough_to_compare_by_eye():
    mark = replace(MARK, content="3f2a91c055d1" + "0" * 20)
    assert mark.code == "3F2A-91C0-55D1"


def test_a_qr_code_of_a_long_address_stays_readable_on_paper():
    """Version 10 has 57 modules: 0.35 mm each at 20 mm."""
    import segno

    address = "https://timhieucchc.phutho.gov.vn/ban-in/tim-hieu-cai-cach-hanh-chinh-2026/12/3/"
    code = segno.make(address + write_mark(MARK, release=RELEASE, key=KEY) + "/", error="m")
    assert code.version <= 10
