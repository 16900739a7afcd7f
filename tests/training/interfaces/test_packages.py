"""A SCORM package is taken when it is one; a hostile one is refused with the reason."""

import io
import stat
import struct
import zipfile

import pytest

from tests.training.scorm_packages import golf, manifest, of_2004, zipped
from training.interfaces.checking import packages
from training.interfaces.checking.found import FileRefused
from training.interfaces.checking.packages import check_package


@pytest.fixture
def look(tmp_path):
    """(what is found, the folder of the unpacked package)."""

    def looked(content: bytes):
        (tmp_path / "upload").write_bytes(content)
        folder = tmp_path / "made"
        folder.mkdir(exist_ok=True)
        return check_package(tmp_path / "upload", folder), folder / "package"

    return looked


@pytest.mark.parametrize("prefix", ["", "golf/"])
def test_a_package_of_1_2_is_read_at_the_top_or_one_folder_down(look, prefix):
    extra = {"__MACOSX/imsmanifest.xml": "x"} if prefix else {}
    found, folder = look(zipped(golf(), prefix=prefix) if not extra else both(prefix, extra))
    facts = found.facts
    assert (found.kind, facts["version"], facts["title"]) == ("scorm", "1.2", "Một cửa")
    assert facts["scos"] == [
        {
            "id": "I1",
            "title": "Bài 1",
            "href": "launch.html",
            "is_sco": True,
            "mastery": 80.0,
            "launch_data": "",
        }
    ]
    assert facts["files"] == len(golf())
    assert (folder / "pages/1.html").read_text().count("Trang 1") == 1


def both(prefix, extra):
    return zipped({**{prefix + name: text for name, text in golf().items()}, **extra})


def test_a_package_of_2004_with_three_parts_is_read_in_order(look):
    found, _folder = look(zipped(of_2004(3)))
    assert (found.facts["version"], [sco["title"] for sco in found.facts["scos"]]) == (
        "2004",
        ["Bài 1", "Bài 2", "Bài 3"],
    )
    assert found.facts["is_sequenced"] is False


def test_parameters_and_base_lead_to_the_launch_file(look):
    text = (
        manifest("a.html")
        .replace("<resources>", '<resources xml:base="noi%20dung/">')
        .replace('identifierref="R1"', 'identifierref="R1" parameters="?trang=1"')
    )
    found, _folder = look(zipped({"imsmanifest.xml": text, "noi dung/a.html": "x"}))
    assert found.facts["scos"][0]["href"] == "noi%20dung/a.html?trang=1"


def entry(name="a.html", content=b"x", *, mode=0, flags=None) -> bytes:
    """A golf package with one more part, which is special."""
    out = io.BytesIO(zipped(golf()))
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, content)
    data = bytearray(out.getvalue())
    if flags is not None:
        for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
            struct.pack_into("<H", data, data.rindex(mark) + place, flags)
    return bytes(data)


def bomb() -> bytes:
    return zipped(golf(**{"a.txt": b"0" * 30 * 2**20}))


HOSTILE = {
    "no manifest": (lambda: zipped({"launch.html": "x"}), "scorm_no_manifest"),
    "two folders down": (lambda: zipped(golf(), prefix="a/b/"), "scorm_no_manifest"),
    "another case": (
        lambda: zipped({"IMSManifest.xml": manifest("a.html"), "a.html": "x"}),
        "scorm_no_manifest",
    ),
    "manifest broken": (
        lambda: zipped(golf(**{"imsmanifest.xml": "<a>"})),
        "scorm_manifest_damaged",
    ),
    "entities": (
        lambda: zipped(
            golf(**{"imsmanifest.xml": '<!DOCTYPE a [<!ENTITY b "c">]><manifest>&b;</manifest>'})
        ),
        "scorm_manifest_damaged",
    ),
    "another manifest": (
        lambda: zipped(golf(**{"imsmanifest.xml": "<html/>"})),
        "scorm_no_manifest",
    ),
    "another version": (
        lambda: zipped(golf(**{"imsmanifest.xml": manifest("launch.html", said="AICC 4.0")})),
        "scorm_version",
    ),
    "nothing to launch": (
        lambda: zipped(golf(**{"imsmanifest.xml": manifest()})),
        "scorm_nothing_to_launch",
    ),
    "launch file missing": (
        lambda: zipped(golf(**{"imsmanifest.xml": manifest("khac.html")})),
        "scorm_launch_missing",
    ),
    "launched elsewhere": (
        lambda: zipped(golf(**{"imsmanifest.xml": manifest("https://a.vn/launch.html")})),
        "scorm_launch_missing",
    ),
    "launched above": (
        lambda: zipped(golf(**{"imsmanifest.xml": manifest("../launch.html")})),
        "scorm_launch_missing",
    ),
    "bomb": (bomb, "scorm_bomb"),
    "above": (lambda: entry("../a.html"), "scorm_unsafe"),
    "above in the middle": (lambda: entry("a/../../b.html"), "scorm_unsafe"),
    "absolute": (lambda: entry("/etc/a.html"), "scorm_unsafe"),
    "drive": (lambda: entry("C:/a.html"), "scorm_unsafe"),
    "backslash": (lambda: entry("a\\b.html"), "scorm_unsafe"),
    "control character": (lambda: entry("a\n.html"), "scorm_unsafe"),
    "long name": (lambda: entry("a" * 250), "scorm_unsafe"),
    "symlink": (lambda: entry("a", b"/etc/passwd", mode=stat.S_IFLNK | 0o777), "scorm_unsafe"),
    "device": (lambda: entry("a", b"", mode=stat.S_IFCHR | 0o666), "scorm_unsafe"),
    "not utf-8": (
        lambda: entry("\u00e9\u00e8.html", flags=0).replace(
            "\u00e9\u00e8".encode(), b"\xe9\xe8\xe9\xe8"
        ),
        "scorm_unsafe",
    ),
    "program": (lambda: entry("cai.EXE", b"x"), "scorm_executable"),
    "program by another name": (lambda: entry("a.dat", b"MZ\x90\0"), "scorm_executable"),
    "server script": (lambda: entry("a.php", b"<?php"), "scorm_executable"),
    "server settings": (lambda: entry("pages/.htaccess", b""), "scorm_executable"),
    "zip within": (lambda: entry("a.zip", b"x"), "scorm_nested"),
    "zip by another name": (lambda: entry("a.dat", zipped({"a": "b"})), "scorm_nested"),
    "encrypted": (lambda: entry(flags=1), "scorm_encrypted"),
    "cut short": (lambda: zipped(golf())[:-40], "scorm_damaged"),
    "a part twice": (lambda: entry("launch.html"), "scorm_damaged"),
    "a part below a part": (lambda: entry("launch.html/a.html"), "scorm_damaged"),
    "checksum": (
        lambda: entry("a.txt", b"kiem tra").replace(b"kiem tra", b"kiem trA"),
        "scorm_damaged",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_hostile_package_is_refused_with_the_reason(look, tmp_path, name):
    make, code = HOSTILE[name]
    content = make()
    with pytest.raises(FileRefused) as refused:
        look(content)
    assert refused.value.code == code
    outside = {path.name for path in tmp_path.iterdir()}
    assert outside == {"upload", "made"}


def test_what_a_zip_declares_is_not_believed(look, monkeypatch):
    small = zipped(golf(**{"a.txt": b"0" * 1000}))
    lying = small.replace(struct.pack("<I", 1000), struct.pack("<I", 10))
    with pytest.raises(FileRefused) as refused:
        look(lying)
    assert refused.value.code == "scorm_damaged"


def test_a_package_of_too_many_parts_or_bytes_is_refused(look, monkeypatch):
    for bounds in (packages.BOUNDS._replace(parts=3), packages.BOUNDS._replace(unpacked=500)):
        monkeypatch.setattr(packages, "BOUNDS", bounds)
        with pytest.raises(FileRefused) as refused:
            look(zipped(golf()))
        assert refused.value.code == "scorm_bomb"


def test_documents_to_take_along_are_no_nested_archives(look):
    found, _folder = look(entry("mau.docx", zipped({"a": "b"})))
    assert found.facts["files"] == len(golf()) + 1


def test_vietnamese_names_are_kept_whether_the_zip_says_utf_8_or_not(look):
    for content in (entry("tài liệu.txt"), entry("tài liệu.txt", flags=0)):
        _found, folder = look(content)
        assert (folder / "tài liệu.txt").read_bytes() == b"x"
        for path in sorted(folder.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
