"""Files of other systems made for tests: invented items in their formatting."""

import io
import zipfile
from collections.abc import Mapping

from quiz.interfaces.formats.aiken_read import read_aiken
from quiz.interfaces.formats.gift_read import read_gift
from quiz.interfaces.formats.moodle_read import read_moodle
from quiz.interfaces.formats.qti_read import read_qti
from quiz.readings import Reading, ReadItem

READERS = (read_gift, read_aiken, read_moodle, read_qti)
QTI_2 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
QTI_3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"


def gift(text: str) -> Reading:
    return read_gift(io.BytesIO(text.encode()), name="cau-hoi.txt")


def aiken(text: str) -> Reading:
    return read_aiken(io.BytesIO(text.encode()), name="cau-hoi.txt")


def moodle(questions: str) -> Reading:
    data = f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{questions}\n</quiz>'
    return read_moodle(io.BytesIO(data.encode()), name="cau-hoi.xml")


def qti(data: str | bytes) -> Reading:
    data = data.encode() if isinstance(data, str) else data
    return read_qti(io.BytesIO(data), name="cau-hoi.xml")


def only(reading: Reading) -> ReadItem:
    """The one item of a reading that left nothing out."""
    (item,) = reading.items
    assert reading.skipped == ()
    return item


def codes(found: tuple) -> list[str]:
    """The codes of faults or notices."""
    return [each.code for each in found]


def zipped(files: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def manifest(*hrefs: str, type: str = "imsqti_item_xmlv2p1", metadata: str = "") -> str:
    resources = "".join(
        f'<resource identifier="R{n}" type="{type}" href="{href}">'
        f'{metadata}<file href="{href}"/></resource>'
        for n, href in enumerate(hrefs)
    )
    return (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M">'
        f"<organizations/><resources>{resources}</resources></manifest>"
    )


CHOICES = (
    '<simpleChoice identifier="A">Năm ngày</simpleChoice>'
    '<simpleChoice identifier="B">Bảy ngày</simpleChoice>'
)


def qti_item(
    *,
    choices: str = CHOICES,
    correct: str = "<correctResponse><value>B</value></correctResponse>",
    cardinality: str = "single",
    attributes: str = 'shuffle="true" maxChoices="1"',
    before: str = "",
    prompt: str = "Một tuần có mấy ngày?",
    template: str = "match_correct",
    after: str = "",
) -> str:
    """A QTI 2.1 item with one choice interaction."""
    processing = f"http://www.imsglobal.org/question/qti_v2p1/rptemplates/{template}"
    return (
        f'<assessmentItem xmlns="{QTI_2}" identifier="tuan-1" title="Tuần" adaptive="false" '
        'timeDependent="false">'
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" '
        f'baseType="identifier">{correct}</responseDeclaration>'
        f"<itemBody>{before}"
        f'<choiceInteraction responseIdentifier="RESPONSE" {attributes}>'
        f"<prompt>{prompt}</prompt>{choices}</choiceInteraction></itemBody>"
        f'<responseProcessing template="{processing}"/>{after}</assessmentItem>'
    )
