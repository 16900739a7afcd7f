"""`manage.py import_items`: what it prints, what it stores, how it exits."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from accounts.enums import Role
from quiz.domain.banks import create_bank
from quiz.models import ItemBank, ItemVersion
from tests.factories import make_person, make_unit
from tests.quiz.bank_workbooks import FAULTY, LONG_KEY, UNREADABLE, sound_book
from tests.quiz.interfaces.excel.item_workbooks import item_book, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> ItemBank:
    unit = make_unit()
    author = make_person(Role.AUTHOR, unit=unit, username="can-bo-soan")
    return create_bank(name="Cải cách", unit=unit, user=author)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cau-hoi.xlsx"
    path.write_bytes(sound_book(3))
    return path


def run(file: Path, *options: str) -> tuple[int, str]:
    """(exit code, what was printed)."""
    out = StringIO()
    try:
        call_command("import_items", str(file), "--bank", "cai-cach", *options, stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    except CommandError as refused:
        return refused.returncode, str(refused)
    return 0, out.getvalue()


def test_sound_file_is_imported_by_an_author_nobody_signs_in_as(bank, file):
    assert run(file) == (0, "Đã nhập 3 câu, đang chờ người khác duyệt.\n")
    authors = {(v.author.username, v.author.is_active) for v in ItemVersion.objects.all()}
    assert authors == {("lenh-nhap", False)}


def test_author_can_be_named(bank, file):
    assert run(file, "--author", "can-bo-soan")[0] == 0
    assert {v.author.username for v in ItemVersion.objects.all()} == {"can-bo-soan"}


def test_author_must_be_known_and_may_write_here(bank, file):
    make_person(Role.AUTHOR, unit=make_unit("Nơi khác"), username="noi-khac")
    assert run(file, "--author", "ai-do") == (2, "Không có cán bộ mang mã “ai-do”.")
    code, said = run(file, "--author", "noi-khac")
    assert (code, said.startswith("Bạn không được nhập câu hỏi")) == (2, True)
    assert not bank.items.exists()


def test_dry_run_stores_nothing(bank, file):
    assert run(file, "--dry-run") == (0, "Tệp có 3 câu, không có lỗi.\n")
    assert not bank.items.exists()


def test_second_time_everything_is_there_already(bank, file):
    run(file)
    code, said = run(file)
    assert (code, said.splitlines()[0], said.splitlines()[-1]) == (
        1,
        "Trang “Câu hỏi”, dòng 2: Câu hỏi đã có trong ngân hàng: câu 1. "
        "Xoá dòng này, hoặc sửa câu đã có trong ngân hàng.",
        "Có 3 lỗi; chưa câu nào được lưu.",
    )
    assert bank.items.count() == 3


@pytest.mark.parametrize("code", FAULTY)
def test_faulty_file_exits_with_one_and_writes_the_report(bank, tmp_path, code):
    file, report = tmp_path / "loi.xlsx", tmp_path / "bao-cao.xlsx"
    file.write_bytes(FAULTY[code])
    exit_code, said = run(file, "--json", "--report", str(report))
    told = json.loads(said)
    assert (exit_code, {fault["code"] for fault in told["faults"]}, told["imported"]) == (
        1,
        {code},
        0,
    )
    assert load_workbook(report).sheetnames[0] == "Tổng hợp lỗi"
    assert not bank.items.exists()


@pytest.mark.parametrize("code", UNREADABLE)
def test_unreadable_file_exits_with_two(bank, tmp_path, code):
    file = tmp_path / "loi.xlsx"
    file.write_bytes(UNREADABLE[code])
    exit_code, said = run(file, "--json")
    assert (exit_code, [fault["code"] for fault in json.loads(said)["faults"]]) == (2, [code])


def test_json_tells_everything(bank, file):
    code, said = run(file, "--json", "--dry-run")
    told = json.loads(said)
    assert (code, {**told, "seconds": 0}) == (
        0,
        {
            "file": "cau-hoi.xlsx",
            "bank": "cai-cach",
            "dry_run": True,
            "rows": 3,
            "imported": 0,
            "faults": [],
            "notices": [],
            "findings": [],
            "seconds": 0,
        },
    )


def test_missing_file_and_unknown_bank_exit_with_two(bank, file, tmp_path):
    gone = tmp_path / "khong-co.xlsx"
    assert run(gone) == (2, f"Không có tệp “{gone}”.")
    bank.code = "khac"
    bank.save()
    assert run(file) == (2, "Không có ngân hàng mang mã “cai-cach”. Các mã đang có: khac.")


CLEAR = "Câu 1: Một tuần có mấy ngày?\nA. Năm\nB. Bảy\nĐáp án: B\n"
UNCLEAR = "\nCâu 2: Ngày Quốc khánh?\n**A. 2/9**\nB. 30/4\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "de.txt"
    path.write_text(CLEAR)
    return path


def test_any_format_is_imported_where_everything_is_certain(bank, text):
    assert run(text) == (
        0,
        "Gợi ý – Chưa ghi căn cứ: 1 câu\nĐã nhập 1 câu, đang chờ người khác duyệt.\n",
    )
    version = ItemVersion.objects.select_related("source").get()
    told = (version.source.file_name, version.source.format, version.source.confidence)
    assert told == ("de.txt", "text", 100)
    assert version.source.passage.startswith("Câu 1: Một tuần có mấy ngày?")


def test_a_key_that_is_not_certain_is_told_and_nothing_stored(bank, text):
    text.write_text(CLEAR + UNCLEAR)
    code, said = run(text, "--json")
    told = json.loads(said)
    assert (code, told["format"], told["imported"]) == (1, "text", 0)
    assert [fault["code"] for fault in told["faults"]] == ["key_doubtful"]
    assert [item["key"] for item in told["items"]] == [[1], [0]]
    assert told["items"][1]["confidence"] < 100
    assert [finding["code"] for finding in told["items"][0]["findings"]] == ["no_citation"]
    assert not bank.items.exists()
    assert "--review" in run(text)[1]


def test_the_file_is_handed_to_a_person_to_look_through(bank, text):
    text.write_text(CLEAR + UNCLEAR)
    code, said = run(text, "--review", "can-bo-soan")
    session = bank.imports.get()
    assert (code, str(session.public_id) in said) == (0, True)
    assert (session.created_by.username, session.drafts.count(), session.upload) == (
        "can-bo-soan",
        2,
        "",
    )
    assert not bank.items.exists()


def test_what_cannot_be_is_refused_before_anything_is_read(bank, text):
    assert run(text, "--review", "ai-do")[0] == 2
    assert run(text, "--review", "can-bo-soan", "--dry-run")[1].startswith("Chỉ chọn một")
    assert run(text, "--key-file", str(text.with_name("khong-co.txt")))[0] == 2
    assert not bank.imports.exists()


def test_the_report_lists_every_item_as_text(bank, text, tmp_path):
    report = tmp_path / "bao-cao.xlsx"
    text.write_text(CLEAR.replace("Năm", "=1+1") + UNCLEAR)
    run(text, "--dry-run", "--report", str(report))
    head, first, second = list(load_workbook(report).active.iter_rows(min_row=2))
    assert [cell.value for cell in head][:5] == ["STT", "Câu", "Câu dẫn", "Phương án", "Đáp án"]
    assert [cell.value for cell in first][1:5] == [
        "Câu 1",
        "Một tuần có mấy ngày?",
        "A. =1+1\nB. Bảy",
        "B",
    ]
    assert "key" not in str(first[7].value)
    assert "Tệp không nói rõ đáp án" in second[7].value
    assert {cell.data_type for cell in first[1:6]} == {"s"}
    assert (head[9].value, "Chưa ghi căn cứ." in first[9].value) == ("Gợi ý", True)


def test_the_paper_of_a_key_file_is_named(bank, text, tmp_path):
    keys = tmp_path / "dap-an.xlsx"
    keys.write_bytes(saved(item_book([1, "A", "B"], head=("Câu", "Mã 001", "Mã 002"))))
    text.write_text(CLEAR.partition("Đáp án")[0])
    asked = ("--key-file", str(keys), "--key-column", "Mã 002", "--dry-run", "--json")
    told = json.loads(run(text, *asked)[1])
    assert [item["key"] for item in told["items"]] == [[1]]


def test_a_workbook_is_advised_on_row_by_row(bank, tmp_path):
    file, report = tmp_path / "goi-y.xlsx", tmp_path / "bao-cao.xlsx"
    file.write_bytes(LONG_KEY)
    code, said = run(file, "--dry-run", "--report", str(report))
    assert (code, said.splitlines()[0]) == (
        0,
        "Gợi ý – Đáp án dài hơn hẳn các phương án khác: 1 câu",
    )
    [finding] = json.loads(run(file, "--dry-run", "--json")[1])["findings"]
    assert (finding["code"], finding["rows"]) == ("longest_is_key", [3])
    marked = load_workbook(report)["Câu hỏi"]
    assert "Lưu ý: Đáp án B dài" in str([cell.value for cell in marked[3]])


def test_a_workbook_can_be_handed_over_too(bank, file):
    assert run(file, "--review", "can-bo-soan")[0] == 0
    assert bank.imports.get().drafts.filter(confidence=100).count() == 3


@pytest.mark.parametrize("how", [(), ("--json",)])
def test_a_file_of_no_known_format_exits_with_two(bank, text, how):
    text.write_bytes(b"%PDF-1.7")
    code, said = run(text, *how)
    assert (code, "another_format" in said if how else ".pdf" in said) == (2, True)
