"""The bytes of pictures and sounds that travel inside a question file."""

from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Mapping
from posixpath import basename, dirname, join
from urllib.parse import unquote

from lxml import etree

from quiz.interfaces.formats.markup import Reference
from quiz.interfaces.formats.qti_package import inside_package

_PLUGIN = "@@PLUGINFILE@@/"
_DATA = "data:"


class Contents:
    """Looks bytes up by address and remembers what was asked for."""

    def __init__(self, files: Mapping[str, bytes], folder: str = "") -> None:
        self._files, self._folder = files, folder
        self._asked: set[str] = set()

    def of(self, address: str) -> bytes:
        """The bytes, b"" where the file does not have them. No address is ever fetched."""
        if address.startswith(_DATA):
            return _from_base64(address.partition("base64,")[2])
        if address.startswith(_PLUGIN):
            path: str | None = unquote(address.removeprefix(_PLUGIN))
        else:
            path = inside_package(join(self._folder, address))
        self._asked.add(path or "")
        return self._files.get(path or "", b"")

    def unused(self) -> list[Reference]:
        """Files that nothing shown refers to."""
        return [Reference(basename(name), name) for name in self._files if name not in self._asked]


def moodle_contents(question: etree._Element) -> Contents:
    """The files of one question: `<file name="a.png" path="/" encoding="base64">`."""
    files = {}
    for file in question.iter("file"):
        path = f"{file.get('path', '/')}{file.get('name', '')}".lstrip("/")
        files[path] = _from_base64(file.text or "")
    if name := "".join(question.xpath("image/text()")).strip():
        files[name] = _from_base64("".join(question.xpath("image_base64/text()")))
    return Contents({name: content for name, content in files.items() if name})


def package_contents(files: Mapping[str, bytes], part: str) -> Contents:
    """The files of a package as seen from one of its parts."""
    return Contents(files, dirname(part))


def _from_base64(text: str) -> bytes:
    try:
        return b64decode(text)
    except (NoBase64, ValueError):
        return b""
