"""Papers of a result read back: what the release says, after the decree, draft and signed."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest
from django.utils import timezone, translation
from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn

from quiz.domain.paper_layouts import LayoutInput, save_layout
from quiz.domain.result_papers import ResultFacts, result_facts
from quiz.errors import ExportDisagrees, RoundNotReady
from quiz.interfaces.word.results.common import Office, office_of
from quiz.interfaces.word.results.decision import write_decision
from quiz.interfaces.word.results.lists import write_annex, write_signing_sheet
from quiz.interfaces.word.results.minutes import write_minutes
from quiz.interfaces.word.results.proposal import write_proposal
from quiz.models import Award, Release
from tests.factories import OpenContest
from tests.quiz.result_world import publish, sealed_for_module, submit

pytestmark = pytest.mark.django_db
ORIGIN = "https://thi.example.vn"
PAPERS: dict[str, Callable[[Office, IO[bytes]], None]] = {
    "proposal": write_proposal,
    "decision": write_decision,
    "winners": write_annex,
    "minutes": write_minutes,
    "receipt": write_signing_sheet,
}
# Where a person who wants to look at the papers has them written to.
SHOWN = os.environ.get("SHOW_PAPERS", "")


@pytest.fixture(scope="module")
def _sealed(django_db_setup, django_db_blocker):
    with sealed_for_module(django_db_blocker) as made:
        yield made


@pytest.fixture
def made(_sealed: OpenContest, db) -> OpenContest:
    _sealed.round.refresh_from_db()
    return _sealed


@pytest.fixture
def draft(made: OpenContest) -> Release:
    return submit(made)


def paper(made: OpenContest, kind: str, name: str = "") -> DocxDocument:
    file = io.BytesIO()
    with translation.override("vi"):
        PAPERS[kind](office_of(result_facts(round=made.round), kind, ORIGIN), file)
    if SHOWN:
        (Path(SHOWN) / f"{kind}{name}.docx").write_bytes(file.getvalue())
    return Document(io.BytesIO(file.getvalue()))


def facts(made: OpenContest) -> ResultFacts:
    return result_facts(round=made.round)


def lines(document: DocxDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def table(document: DocxDocument, heading: str) -> list[list[str]]:
    """The rows of the table whose first row holds a heading."""
    for found in document.tables:
        rows = [[cell.text for cell in row.cells] for row in found.rows]
        if heading in rows[0]:
            return rows
    raise AssertionError(heading)


def foot(document: DocxDocument) -> list[str]:
    cell = document.sections[0].footer.tables[0].rows[0].cells[0]
    return [paragraph.text for paragraph in cell.paragraphs]


@pytest.mark.parametrize("kind", PAPERS)
def test_pages_and_heads_are_those_of_the_decree(made, draft, kind):
    read = paper(made, kind)
    section = read.sections[0]
    portrait = section.page_width < section.page_height
    assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
    assert portrait == (kind != "winners")
    edges = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    left, right, top, bottom = (round(edge.mm) for edge in edges)
    assert (30 <= left <= 35, 15 <= right <= 20, 20 <= top <= 25, 20 <= bottom <= 25) == (True,) * 4
    head = [p.text for p in read.tables[0].rows[0].cells[1].paragraphs if p.text]
    assert head[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    body = [p.text for p in read.tables[0].rows[0].cells[0].paragraphs if p.text]
    assert body[:2] == ["UBND TỈNH ĐẮK LẮK", "ỦY BAN NHÂN DÂN XÃ HÒA THỊNH"]
    fonts = read.styles["Normal"].element.rPr.rFonts
    assert set(fonts.attrib.values()) == {"Times New Roman"}
    assert 13 <= read.styles["Normal"].font.size.pt <= 14


@pytest.mark.parametrize("kind", PAPERS)
def test_every_page_says_draft_release_hash_and_root_beside_its_code(made, draft, kind):
    read = paper(made, kind)
    first, digest, root = foot(read)
    assert first.startswith("DỰ THẢO · Bản công bố số 1 · mã trang ")
    assert digest == f"Mã băm {draft.digest}"
    assert root == f"Gốc cây băm {draft.document['root']}"
    for footer in (read.sections[0].footer, read.sections[0].first_page_footer):
        (picture,) = footer._element.iter(qn("wp:docPr"))
        assert picture.get("descr").startswith("Mã QR kiểm tra: ")
    publish(made, draft)
    assert foot(paper(made, kind, "-signed"))[0].startswith("Bản công bố số 1 · mã trang ")


def test_number_and_date_stay_blank_until_the_decision_is_signed(made, draft):
    def head(kind: str) -> list[str]:
        cells = paper(made, kind).tables[0].rows[0].cells
        return [cells[0].paragraphs[-1].text, cells[1].paragraphs[-1].text]

    def note() -> str:
        return next(line for line in lines(paper(made, "winners")) if line.startswith("(Kèm"))

    assert head("decision") == ["Số: ……", "Hòa Thịnh, ngày …… tháng …… năm ……"]
    assert note() == (
        "(Kèm theo Quyết định số …… ngày …… tháng …… năm …… của Ủy ban nhân dân xã Hòa Thịnh)"
    )
    publish(made, draft)
    assert head("decision") == ["Số: 12/QĐ-BTC", "Hòa Thịnh, ngày 30 tháng 11 năm 2026"]
    assert note() == (
        "(Kèm theo Quyết định số 12/QĐ-BTC ngày 30 tháng 11 năm 2026 của Ủy ban nhân dân xã Hòa "
        "Thịnh)"
    )


def test_the_annex_lists_the_winners_of_the_release_and_their_sum(made, draft):
    rows = table(paper(made, "winners"), "Họ và tên")
    head = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị/Địa chỉ", "Số câu đúng", "Dự đoán"]
    assert rows[0] == [*head, "Thời gian", "Giải", "Tiền thưởng (đồng)", "Ghi chú"]
    bands = [row[0] for row in rows[1:-1] if len(set(row)) == 1]
    assert bands == ["Người dân", "Cán bộ, công chức"]
    people = [row for row in rows[1:-1] if row[0] not in bands]
    told = draft.document["winners"]
    assert [(row[0], row[1], row[7]) for row in people] == [
        (str(at), winner["name"], winner["prize"]) for at, winner in enumerate(told, start=1)
    ]
    money = [int(row[8].replace(".", "")) for row in people]
    assert money == [winner["money"] for winner in told]
    assert [rows[-1][place] for place in (1, 7, 8)] == ["Tổng cộng", "14", "26.000.000"]
    assert sum(money) == 26_000_000 == sum(winner["money"] for winner in told)


def test_the_annexs_header_is_repeated_and_no_row_breaks(made, draft):
    found = next(t for t in paper(made, "winners").tables if t.rows[0].cells[1].text == "Họ và tên")
    flags = [{element.tag for element in row._tr.trPr} for row in found.rows]
    assert qn("w:tblHeader") in flags[0]
    assert all(qn("w:cantSplit") in each for each in flags)


def test_columns_and_signature_follow_the_layout(made, draft):
    given = LayoutInput(
        columns=[("tier", ""), ("name", "Người đạt giải"), ("money", "")],
        signer_title="TM. Ban Tổ chức\nTrưởng ban",
        signer_name="Lê Văn Ký",
    )
    save_layout(unit=made.contest.unit, kind="winners", given=given, user=made.organiser)
    read = paper(made, "winners", "-own")
    rows = table(read, "Người đạt giải")
    assert (rows[0], rows[-1]) == (
        ["Giải", "Người đạt giải", "Tiền thưởng (đồng)"],
        ["14", "Tổng cộng", "26.000.000"],
    )
    assert read.sections[0].page_width < read.sections[0].page_height
    signed = [p.text for p in read.tables[-1].rows[0].cells[1].paragraphs if p.text]
    assert signed == ["TM. BAN TỔ CHỨC", "TRƯỞNG BAN", "Lê Văn Ký"]


def test_the_decision_gives_the_sums_of_the_annex(made, draft):
    read = paper(made, "decision")
    assert table(read, "Số giải")[1:] == [
        ["Giải Nhất", "2", "5.000.000", "10.000.000"],
        ["Giải Nhì", "4", "3.000.000", "12.000.000"],
        ["Giải Khuyến khích", "8", "500.000", "4.000.000"],
        ["Tổng cộng", "14", "", "26.000.000"],
    ]
    text = "\n".join(lines(read))
    assert "26.000.000 đồng (hai mươi sáu triệu đồng)" in text
    assert "Căn cứ Quyết định số 05/QĐ-BTC ngày 01 tháng 10 năm 2026 ban hành Thể lệ" in text
    articles = [line[:7] for line in lines(read) if line.startswith("Điều")]
    assert articles == ["Điều 1.", "Điều 2.", "Điều 3.", "Điều 4."]


@pytest.mark.parametrize("kind", ["proposal", "minutes"])
def test_proposal_and_minutes_tell_how_the_result_came_about(made, draft, kind):
    text = "\n".join(lines(paper(made, kind)))
    counts = draft.document["counts"]
    assert f"Niêm phong {draft.document['size']} bài: {counts['counted']} bài được xếp hạng" in text
    assert "24 người dự thi, 48 lượt thi hợp lệ" in text
    assert "Bài bị huỷ và lý do: Thi hộ (1 bài)." in text
    assert (
        "bốc thăm theo nguồn “Xổ số miền Bắc ngày 23/11/2026, giải đặc biệt”, kết quả 04821" in text
    )
    assert "giá trị thực là 8." in text


def test_the_signing_sheet_has_room_for_each_and_warns_of_complaints(made, draft):
    read = paper(made, "receipt")
    rows = table(read, "Ký nhận")
    assert [rows[-1][place] for place in (1, 3, 4)] == ["Tổng cộng", "14", "26.000.000"]
    assert {row[5] for row in rows[1:-1] if row[0].isdigit()} == {""}
    assert "Khiếu nại được tiếp nhận trong 3 ngày kể từ ngày công bố kết quả." in lines(read)
    publish(made, draft)
    until = facts(made).complaints_until
    told = "\n".join(lines(paper(made, "receipt", "-signed")))
    assert f"Khiếu nại được tiếp nhận đến hết ngày {until:%d/%m/%Y}" in told
    assert "Chỉ trao thưởng khi kết quả đã chính thức." in told
    Release.objects.update(official_at=timezone.now())
    told = "\n".join(lines(paper(made, "receipt", "-official")))
    assert ("Kết quả chính thức từ ngày" in told, "Khiếu nại" in told) == (True, False)


def test_before_anything_is_submitted_there_is_no_paper(made):
    with pytest.raises(RoundNotReady):
        facts(made)


def test_what_is_stored_since_changes_nothing_that_was_submitted(made, draft):
    Award.objects.filter(round=made.round, place=1).update(money=1)
    assert facts(made).money == 26_000_000


def test_a_winner_who_is_not_stored_any_more_stops_the_paper(made, draft):
    Release.objects.filter(pk=draft.pk).update(winners=draft.winners[1:])
    with pytest.raises(ExportDisagrees):
        facts(made)


def test_the_printed_code_of_a_paper_is_answered_by_its_page(made, draft, client):
    from quiz.domain.printed_pages import mark_page
    from quiz.enums import PrintedPaper

    told: dict[str, Any] = {"rows": 14, "money": 26_000_000, "content": [["x"]]}
    marked = mark_page(release=draft, paper=PrintedPaper.ANNEX, **told)
    assert "26.000.000" in client.get(marked.path).content.decode()
