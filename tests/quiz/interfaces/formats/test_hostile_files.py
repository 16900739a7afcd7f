"""Files made to harm: refused in a sentence, in bounded time and memory, nothing written."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quiz.interfaces.formats.refusals import UnreadableFile
from quiz.interfaces.formats.texts import MOST_BYTES
from tests.quiz.interfaces.formats.files import (
    READERS,
    gift,
    manifest,
    moodle,
    qti,
    qti_item,
    zipped,
)

HEAD = b'<?xml version="1.0"?>'
LOL = b'<!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def refused(read: Callable, data: bytes) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        read(io.BytesIO(data), name="tep")
    assert str(refusal.value.message)
    assert str(refusal.value.hint)
    return refusal.value.code


@pytest.mark.parametrize("read", READERS)
def test_two_hundred_megabytes_of_zeros_are_refused_unread(read: Callable, tmp_path: Path) -> None:
    path = tmp_path / "zeros"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    tracemalloc.start()
    began = perf_counter()
    with path.open("rb") as file, pytest.raises(UnreadableFile) as refusal:
        read(file, name="zeros")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refusal.value.code == "file_too_large"
    assert peak < 3 * MOST_BYTES
    assert perf_counter() - began < 5


@pytest.mark.parametrize("read", READERS)
def test_a_megabyte_of_zeros_is_no_text(read: Callable) -> None:
    assert refused(read, bytes(1024**2)) in ("wrong_encoding", "file_damaged")


@pytest.mark.parametrize("read", READERS)
def test_letters_of_another_encoding_are_refused_with_what_to_do(read: Callable) -> None:
    data = "Hỏi gì? {=có ~không}\nA. có\nANSWER: A".encode("utf-16")[2:]
    assert refused(read, data) in ("wrong_encoding", "file_damaged")
    assert refused(read, b"C\xb6i c\xb8ch {=a ~b}\nANSWER: A") in ("wrong_encoding", "file_damaged")


@pytest.mark.parametrize("root", [b"<quiz>&b;</quiz>", qti_item().encode()])
def test_entities_and_document_types_are_refused(root: bytes) -> None:
    for read in READERS[2:]:
        assert refused(read, HEAD + b"<!-- a --> " + LOL + root) == "forbidden_xml"
        utf16 = (HEAD + LOL + root).decode().encode("utf-16")
        assert refused(read, utf16) == "forbidden_xml"
        hidden = b'<?xml version="1.0" encoding="utf-7"?>' + LOL + root
        assert refused(read, hidden) == "wrong_encoding"


def test_a_document_type_is_refused_before_any_of_it_is_parsed() -> None:
    for read in READERS[2:]:
        assert refused(read, LOL + b"<quiz") == "forbidden_xml"


def test_an_external_entity_reads_no_file_of_the_server(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("bí mật")
    text = f'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file://{secret}">]><quiz>&x;</quiz>'
    assert refused(READERS[2], text.encode()) == "forbidden_xml"


def test_an_entity_nobody_declared_is_damage() -> None:
    assert refused(READERS[2], b"<quiz>&nbsp;</quiz>") == "file_damaged"


def test_elements_nested_without_end_are_refused() -> None:
    assert refused(READERS[2], b"<quiz>" + b"<a>" * 100_000) == "file_damaged"


def test_a_million_empty_elements_are_refused_before_they_become_a_tree() -> None:
    assert refused(READERS[2], b"<quiz>" + b"<a/>" * 1_000_000) == "file_unpacks_too_large"


def test_html_nested_without_end_is_read_as_text_in_time() -> None:
    began = perf_counter()
    question = (
        '<question type="multichoice"><questiontext><text><![CDATA['
        + "<div>" * 50_000
        + "sâu]]></text></questiontext></question>"
    )
    assert moodle(question).items[0].draft.stem == "sâu"
    assert perf_counter() - began < 3


@pytest.mark.parametrize(
    "name", ["../a.xml", "/etc/a.xml", "a/../../b.xml", "..\\a.xml", "C:\\a.xml"]
)
def test_a_part_that_would_land_outside_condemns_the_package(name: str, tmp_path: Path) -> None:
    data = zipped({name: qti_item(), "imsmanifest.xml": manifest("a.xml")})
    assert refused(READERS[3], data) == "unsafe_package"


@pytest.mark.parametrize(
    "href", ["../a.xml", "/etc/passwd", "http://example.org/a.xml", "file:///a.xml", "//x/a.xml"]
)
def test_a_reference_out_of_the_package_is_named_and_not_followed(href: str) -> None:
    data = zipped({"a.xml": qti_item(), "imsmanifest.xml": manifest(href, "a.xml")})
    reading = qti(data)
    assert [fault.code for fault in reading.skipped] == ["outside_package"]
    assert len(reading.items) == 1


def test_a_bomb_is_refused_by_what_comes_out_of_it() -> None:
    bomb = zipped({"imsmanifest.xml": b" " * (61 * 1024**2)})
    assert len(bomb) < 100_000
    assert refused(READERS[3], bomb) == "file_unpacks_too_large"


def test_a_part_that_declares_less_than_it_holds_is_refused() -> None:
    data = bytearray(zipped({"imsmanifest.xml": b" " * (61 * 1024**2)}))
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    assert refused(READERS[3], bytes(data)) == "file_unpacks_too_large"


def test_more_parts_than_items_anyone_has_are_refused() -> None:
    names = {f"{n}.xml": b"" for n in range(45_001)}
    data = zipped({**names, "imsmanifest.xml": manifest("a.xml")}, method=zipfile.ZIP_STORED)
    assert refused(READERS[3], data) == "file_unpacks_too_large"


def test_a_package_cut_off_anywhere_is_damaged() -> None:
    data = zipped({"a.xml": qti_item(), "imsmanifest.xml": manifest("a.xml")})
    for length in range(1, len(data), 41):
        assert refused(READERS[3], data[:length]) in ("file_damaged", "wrong_encoding")


def test_a_zip_that_is_no_package_says_so() -> None:
    assert refused(READERS[3], zipped({"word/document.xml": "<a/>"})) == "not_of_this_format"
    assert refused(READERS[3], zipped({"imsmanifest.xml": manifest()})) == "not_of_this_format"


def test_other_xml_says_so() -> None:
    for read in READERS[2:]:
        assert refused(read, b"<html/>") == "not_of_this_format"


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    qti(zipped({"a.xml": qti_item(), "imsmanifest.xml": manifest("a.xml")}))
    assert list(tmp_path.iterdir()) == []


def test_a_gift_file_full_of_open_braces_is_read_in_time() -> None:
    began = perf_counter()
    gift("{=a ~b}\n\n" + "{" * 1_000_000 + "\n\n" + "\\" * 500_000 + "::" * 200_000)
    assert perf_counter() - began < 5


MARKUP = st.sampled_from(
    ["{", "}", "~", "=", "#", "####", "::", "\\", "%50%", "\n\n", "$CATEGORY: ", "// [tag:", "]",
     "A. ", "B) ", "ANSWER: A", "\n", "<p>", "</li>", "&lt;", "[html]", "T", "<![CDATA[", "->"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(MARKUP | st.text(max_size=8), max_size=30))
def test_no_text_crashes_a_reader(parts: list[str]) -> None:
    data = "".join(parts).encode("utf-8", "ignore")
    for read in READERS:
        try:
            read(io.BytesIO(data), name="tep")
        except UnreadableFile:
            continue


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200))
def test_no_bytes_crash_a_reader(data: bytes) -> None:
    for read in READERS:
        for begun in (data, b"<quiz>" + data, b"PK\x03\x04" + data):
            try:
                read(io.BytesIO(begun), name="tep")
            except UnreadableFile:
                continue


@settings(max_examples=100, deadline=None)
@given(parts=st.lists(MARKUP | st.text(max_size=8), max_size=12), place=st.integers(0, 3))
@example(parts=["<p>", "<B) "], place=0)
@example(parts=["<p>", "<b}x>"], place=1)
def test_no_content_of_sound_xml_crashes_a_reader(parts: list[str], place: int) -> None:
    text = "".join(parts).encode("utf-8", "ignore").decode()
    inner = text.replace("&", "&amp;").replace("<", "&lt;")
    slots = ["Hỏi?", "một", "hai", "100"]
    slots[place] = inner.replace('"', "")
    data = (
        f'<quiz><question type="multichoice"><questiontext><text>{slots[0]}</text></questiontext>'
        f'<answer fraction="{slots[3]}"><text>{slots[1]}</text></answer>'
        f'<answer fraction="0"><text>{slots[2]}</text></answer></question></quiz>'
    )
    item = qti_item(prompt=slots[0], choices=f'<simpleChoice identifier="{slots[3]}"/>')
    for read, written in ((READERS[2], data), (READERS[3], item)):
        try:
            read(io.BytesIO(written.encode()), name="tep")
        except UnreadableFile:
            continue
