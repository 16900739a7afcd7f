"""Files made to harm: refused with a sentence, in bounded time and memory."""

import contextlib
import io
import struct
import time
import tracemalloc
import zlib

import pytest

from quiz.interfaces.formats import known_formats
from quiz.interfaces.formats.refusals import (
    AnotherFormat,
    EmptyFile,
    FileTooLarge,
    TooManyItems,
    TooManyLines,
    UnknownEncoding,
    UnreadableFile,
    WordDamaged,
    WordProtected,
    WordUnpacksTooLarge,
)
from quiz.interfaces.formats.text import read_text
from quiz.interfaces.formats.word import read_word
from tests.quiz.interfaces.formats.word_files import (
    ITEMS,
    bold,
    package,
    parts_of,
    read,
    saved,
    shapes,
    written,
)

SOUND = saved(written(ITEMS, bold))
DOCUMENT = "word/document.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def changed(**parts: bytes | str) -> bytes:
    """The sound file with other parts; “__” in a name stands for “/” and “_” for “.”."""
    named = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    return package({**parts_of(SOUND), **named})


def body(xml: str) -> bytes:
    return f'<w:document xmlns:w="{W}"><w:body>{xml}</w:body></w:document>'.encode()


def refusal(data: bytes, reader=read_word, name: str = "a.docx") -> type[UnreadableFile]:
    with pytest.raises(UnreadableFile) as refused:
        reader(io.BytesIO(data), name=name)
    assert str(refused.value.message)
    assert str(refused.value.hint)
    return type(refused.value)


def test_truncated_file_is_damaged():
    for share in (0.1, 0.5, 0.9, 0.99):
        assert refusal(SOUND[: int(len(SOUND) * share)]) is WordDamaged


def test_flipped_byte_in_the_document_is_damaged():
    data = bytearray(SOUND)
    start = data.find(b"word/document.xml")
    data[start + 60] ^= 0xFF
    assert refusal(bytes(data)) is WordDamaged


def test_bomb_is_stopped_at_the_limit():
    bomb = changed(word__document_xml=body("<w:p/>") + b" " * 90 * 1024 * 1024)
    assert len(bomb) < 200_000
    began = time.process_time()
    assert refusal(bomb) is WordUnpacksTooLarge
    assert time.process_time() - began < 2


def test_millions_of_empty_elements_are_not_built():
    bomb = changed(word__document_xml=body("<w:p/>" * 3_100_000))
    tracemalloc.start()
    assert refusal(bomb) is WordUnpacksTooLarge
    assert tracemalloc.get_traced_memory()[1] < 100 * 1024 * 1024
    tracemalloc.stop()


def test_element_of_a_million_attributes_is_not_built():
    attributes = "".join(f' a{n}=""' for n in range(100_000))
    assert refusal(changed(word__document_xml=body(f"<w:p{attributes}/>"))) is WordUnpacksTooLarge


def test_size_that_lies_in_the_directory_is_not_believed():
    data = bytearray(changed(word__document_xml=body("<w:p/>") + b" " * 90 * 1024 * 1024))
    at = data.rfind(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 10)
        at = data.rfind(b"PK\x01\x02", 0, at)
    assert issubclass(refusal(bytes(data)), UnreadableFile)


def test_external_entities_are_refused():
    doctype = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{W}">'
    document = f"{doctype}<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    assert refusal(changed(word__document_xml=document)) is WordDamaged


def test_entities_hidden_behind_a_long_comment_stay_unresolved():
    doctype = f"<!--{'x' * 5000}--><!DOCTYPE d [<!ENTITY x 'Câu 1: lộ?'>]>"
    document = f'{doctype}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p>'
    assert refusal(changed(word__document_xml=f"{document}</w:body></w:document>")) in {
        EmptyFile,
        WordDamaged,
    }


def test_names_that_climb_out_are_never_unpacked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = package({"../../evil.xml": "x", "/abs.xml": "x", **parts_of(SOUND)})
    assert shapes(read(data).items) == [*ITEMS]
    assert [*tmp_path.iterdir()] == []


def test_main_part_outside_the_package_is_not_followed():
    relations = parts_of(SOUND)["_rels/.rels"]
    for target in (b"../../../etc/passwd", b"http://127.0.0.1/x.xml", b"file:///etc/passwd"):
        data = package(
            {**parts_of(SOUND), "_rels/.rels": relations.replace(b"word/document.xml", target)}
        )
        assert shapes(read(data).items) == [*ITEMS]


def test_external_template_and_pictures_are_left_alone():
    parts = parts_of(SOUND)
    link = (
        b'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="http://127.0.0.1:9/t.dotm" '
        b'TargetMode="External"/></Relationships>'
    )
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", link)
    assert shapes(read(package(parts)).items) == [*ITEMS]


def test_macros_are_never_unpacked():
    """A bomb in the place of the macros changes nothing: the part is not opened."""
    macros = changed(word__vbaProject_bin=b"\0" * 95 * 1024 * 1024)
    assert shapes(read(macros).items) == [*ITEMS]


def test_two_hundred_megabytes_of_zeros_are_refused_unread():
    class Zeros(io.RawIOBase):
        """A file that only pretends: reading it whole would take 200 MB."""

        at = taken = 0

        def seekable(self):
            return True

        def seek(self, offset, whence=0):
            self.at = offset if whence == 0 else 200 * 1024 * 1024 + offset
            return self.at

        def tell(self):
            return self.at

        def read(self, size=-1):
            self.taken += size
            return b"\0" * size

    for reader in (read_text, read_word):
        zeros = Zeros()
        with pytest.raises(FileTooLarge):
            reader(zeros, name="a")
        assert zeros.taken == 0


def test_zeros_within_the_limit_are_no_text():
    assert refusal(b"\0" * 1_000_000, read_text) is UnknownEncoding
    assert refusal(b"\0" * 1_000_000) is AnotherFormat


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("a.rtf", b"{\\rtf1\\ansi C\\'e2u 1}"),
        ("a.pdf", b"%PDF-1.7\n..."),
        ("a.odt", package({"mimetype": "application/vnd.oasis.opendocument.text"})),
        ("a.html", b"<!DOCTYPE html><html><body>"),
        ("a.docx", package({"xl/workbook.xml": "<x/>"})),
    ],
)
def test_other_kinds_are_refused_by_saying_how_to_save(name, start):
    for reader in (read_word, read_text):
        with pytest.raises(AnotherFormat) as refused:
            reader(io.BytesIO(start), name=name)
        assert ".docx" in str(refused.value.hint)


def test_protected_document_asks_for_the_password_to_be_removed():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    assert refusal(data + "EncryptedPackage".encode("utf-16-le")) is WordProtected


def test_document_without_text_is_said_to_be_empty():
    assert refusal(changed(word__document_xml=body("<w:p/>"))) is EmptyFile
    assert refusal(b"  \n \n", read_text) is EmptyFile


def test_styles_based_on_each_other_come_to_an_end():
    styles = (
        f'<w:styles xmlns:w="{W}">'
        '<w:style w:styleId="A" w:default="1" w:type="paragraph"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B" w:type="paragraph"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    assert shapes(read(changed(word__styles_xml=styles)).items) == [*ITEMS]


def test_deeply_nested_elements_are_refused():
    deep = "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000
    assert refusal(changed(word__document_xml=body(f"<w:p>{deep}</w:p>"))) is WordDamaged


LONG = 100_000


@pytest.mark.parametrize(
    "text",
    [
        " " * LONG,
        "Câu 1:" + " " * LONG + "x",
        "Đáp án" + "\t" * LONG,
        "A." + " " * LONG,
        "-" * LONG,
        "*" * LONG,
        "(" * LONG,
        "(đúng " * (LONG // 6),
        "Câu 1: x\nA. y\nB. " + "(đúng " * (LONG // 6),
        "1." * (LONG // 2),
        "1 " * (LONG // 2),
        "1A " * (LONG // 3),
        "A. b " * (LONG // 5),
        "Câu 1: a " * (LONG // 9),
        "Câu 1:\nA.\nB.\n" * (LONG // 14),
        "Đáp án:\n" * (LONG // 8),
        "\n" * LONG,
        "Câu 1: x\nA. y\nB. z\n" + "\n" * LONG + "Đáp án: B",
        "A.\n" * (LONG // 3),
        "• A\n" * (LONG // 4),
        "chương " * (LONG // 7),
        "**" * (LONG // 2),
        "e\u0301" * (LONG // 2),
        "1. x\n" * (LONG // 5),
        "Câu 1: x\n- a\n- b\n" + "- c\n" * (LONG // 4),
        "12\n" * (LONG // 3),
    ],
    ids=lambda text: repr(text[:20]),
)
def test_text_made_to_be_slow_is_read_in_time(text):
    began = time.process_time()
    with contextlib.suppress(UnreadableFile):
        read_text(io.BytesIO(text.encode()), name="a.txt")
    assert time.process_time() - began < 2


def test_too_many_lines_are_refused(monkeypatch):
    monkeypatch.setattr(known_formats, "MOST_LINES", 1000)
    assert refusal(b"x\n" * 1_001, read_text) is TooManyLines
    assert refusal(changed(word__document_xml=body("<w:p/>" * 1_001))) is TooManyLines
    breaks = "<w:br/>" * 1_001
    breaking = body(f"<w:p><w:r>{breaks}</w:r></w:p>")
    assert refusal(changed(word__document_xml=breaking)) is TooManyLines


def test_more_items_than_a_bank_holds_are_refused():
    text = "Câu 1: x\nA. y\nB. z\n" * 21_000
    assert refusal(text.encode(), read_text) is TooManyItems


def test_checksum_that_lies_is_found():
    data = bytearray(SOUND)
    at = data.find(b"PK\x01\x02")
    while b"word/document.xml" not in data[at : at + 70]:
        at = data.find(b"PK\x01\x02", at + 4)
    data[at + 16 : at + 20] = struct.pack("<I", zlib.crc32(b"x"))
    assert refusal(bytes(data)) is WordDamaged
