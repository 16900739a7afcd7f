"""The rules editor."""

import re
from html import unescape

import pytest
from django.test import Client

from accounts.enums import Role
from frontend.pages.workplace.rules_form import read_sheet, sheet_of
from quiz.domain.rule_sets import rules_of
from quiz.rules.document import parse_rules
from quiz.rules.presets import PRESETS
from quiz.rules.unit_presets import UNIT_PRESETS
from tests.factories import make_contest, make_open_contest, make_person, make_rules
from tests.frontend.contest_pages import browser_of, read, send, text_of

pytestmark = pytest.mark.django_db

_BOX = re.compile(r"<input[^>]*>|<select.*?</select>", re.DOTALL)


def boxes(page: str) -> dict[str, list[str]]:
    """What the page's largest form would send if saved untouched."""
    form = max(re.findall(r"<form.*?</form>", page, re.DOTALL), key=len)
    sent: dict[str, list[str]] = {}
    for box in _BOX.findall(form):
        name = re.search(r'name="([^"]+)"', box)
        if name is None or name[1] == "csrfmiddlewaretoken":
            continue
        if box.startswith("<select"):
            value = re.search(r'<option value="([^"]*)" selected', box)
            first = re.search(r'<option value="([^"]*)"', box)
            chosen = (value or first)[1]
        elif 'type="checkbox"' in box:
            if "checked" not in box:
                continue
            chosen = re.search(r'value="([^"]*)"', box)[1]
        else:
            chosen = re.search(r'value="([^"]*)"', box)[1]
        sent.setdefault(name[1], []).append(unescape(chosen))
    return sent


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_boxes_and_document_say_the_same(preset):
    assert parse_rules(read_sheet(sheet_of(preset.document))) == preset.document


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_an_untouched_form_saves_the_same_rules(preset):
    groups = [group.model_copy() for group in preset.document.groups]
    made = make_contest(rules=preset.document.model_copy(update={"groups": groups}))
    client, pk = browser_of(made.organiser), made.contest.pk
    sent = boxes(read(client, "w-rules", pk=pk).content.decode())
    response = send(client, "w-rules", sent, pk=pk)
    assert response.status_code == 200
    made.contest.refresh_from_db()
    assert made.contest.rules.version == 2
    assert rules_of(contest=made.contest) == preset.document


@pytest.fixture
def made():
    return make_contest()


@pytest.fixture
def client(made) -> Client:
    return browser_of(made.organiser)


def change(client: Client, made, **fields):
    sent = boxes(read(client, "w-rules", pk=made.contest.pk).content.decode())
    return send(client, "w-rules", sent | fields, pk=made.contest.pk)


def test_each_kind_of_box_is_saved(made, client):
    change(
        client,
        made,
        minutes="2,5",
        decision_number="05/QĐ-BTC",
        decision_date="22/11/2026",
        asked_email="required",
        chain_kind=["score", "age:asc", "lot"],
        chain_precision=["second", "second", "second"],
        prizes_code=["nhat", ""],
        prizes_name=["Giải Nhất", "Giải trẻ nhất"],
        prizes_count=["2", "1"],
        prizes_money=["1.500.000", ""],
        prizes_group=["", "nguoi-dan"],
        **{
            "paper_nguoi-dan_topic": ["Chủ đề thử nghiệm", ""],
            "paper_nguoi-dan_level": ["nhan_biet", ""],
            "paper_nguoi-dan_count": ["3", "4"],
        },
    )
    made.contest.refresh_from_db()
    document = rules_of(contest=made.contest)
    assert document.entry.time_limit_seconds == 150
    assert (document.decision_number, str(document.decision_date)) == ("05/QĐ-BTC", "2026-11-22")
    assert "email" in document.entry.required_fields
    assert [(c.kind, c.direction) for c in document.result.chain] == [
        ("score", "desc"),
        ("age", "asc"),
        ("lot", "asc"),
    ]
    assert [(t.code, t.count, t.money, t.group) for t in document.result.prizes] == [
        ("nhat", 2, 1_500_000, None),
        ("giai-tre-nhat", 1, 0, "nguoi-dan"),
    ]
    rows = document.groups[0].paper.blueprint
    assert [(r.topic, r.level, r.count) for r in rows] == [
        ("Chủ đề thử nghiệm", "nhan_biet", 3),
        (None, None, 4),
    ]


def test_a_fault_stands_beside_its_box_and_nothing_typed_is_lost(made, client):
    response = change(client, made, minutes="nhanh", reserves="7")
    assert response.status_code == 422
    page = text_of(response)
    assert 'value="nhanh"' in page
    assert 'value="7"' in page
    assert re.search(r'id="id_minutes_error">.*?Phải là số nguyên\.', page)
    made.contest.refresh_from_db()
    assert made.contest.rules.version == 1


def test_rules_that_leave_ties_are_refused_beside_the_chain(made, client):
    response = change(client, made, chain_kind=["score"], chain_precision=["second"])
    assert response.status_code == 422
    assert "ties_remain" not in text_of(response).split("<code>")[0]
    assert "Thứ tự xếp hạng" in text_of(response)


def test_a_fault_of_a_row_stands_in_the_row(made, client):
    kinds = ["score", "score", "lot"]
    response = change(client, made, chain_kind=kinds, chain_precision=["second"] * 3)
    row = re.findall(r'<div class="rule-row rule-row--wrong">.*?</div>', text_of(response))
    assert len(row) == 1
    assert "Tiêu chí thứ 2" in row[0]
    assert "có nhiều lần" in row[0]


def test_a_preset_fills_the_form_and_saves_nothing(made, client):
    response = send(client, "w-rules", {"action": "preset", "preset": "vcnet"}, pk=made.contest.pk)
    page = text_of(response)
    assert "Chưa lưu" in page
    assert '<option value="all_correct" selected>' in page
    made.contest.refresh_from_db()
    assert made.contest.rules.version == 1


def test_more_empty_rows_keep_what_was_typed(made, client):
    kinds = ["score", "duration", "lot", "", ""]
    response = change(client, made, chain_kind=kinds, chain_precision=["minute"] * 5, action="more")
    page = text_of(response)
    assert page.count('name="chain_kind"') == 4
    assert page.count('<option value="minute" selected>') == 3


def test_a_paper_larger_than_the_bank_is_told_at_once(made, client):
    response = change(client, made, **{"paper_nguoi-dan_count": ["99", ""]})
    assert response.status_code == 200
    page = text_of(response)
    assert "Ngân hàng chưa đủ câu cho đề thi" in page
    assert "cần 99 câu nhưng ngân hàng chỉ có 8 câu dùng được." in page


def test_how_many_items_each_row_could_draw_from_stands_beside_it(made, client):
    page = text_of(read(client, "w-rules", pk=made.contest.pk))
    assert re.findall(r"<b data-held-count>(\d+)</b>", page) == ["8", "8"]


def test_rules_that_invite_disputes_come_with_advice(client, made):
    named = [{"name": "full_name"}, {"name": "phone"}]
    rules = make_rules(entry={"identity_fields": named, "identity_key": ["full_name"]})
    other = make_contest(rules=rules)
    page = text_of(read(browser_of(other.organiser), "w-rules", pk=other.contest.pk))
    assert "chỉ dựa vào họ tên thì nhiều người khác nhau bị coi là trùng." in page


def test_a_fix_fills_the_boxes_shows_the_printed_change_and_saves_nothing(client, made):
    fix = "fix:complaints_over_weekend@result.complaint_days"
    page = text_of(change(client, made, complaint_days="2", action=fix))
    assert boxes(page)["complaint_days"] == ["3"]
    changed = re.search(r'id="da-sua".*?</dl>', page, re.DOTALL)[0]
    assert "<del>2</del> <ins>3</ins>" in changed
    made.contest.refresh_from_db()
    assert made.contest.rules.version == 1


def test_a_fix_keeps_everything_else_that_was_typed(client, made):
    fix = "fix:complaints_over_weekend@result.complaint_days"
    before = boxes(read(client, "w-rules", pk=made.contest.pk).content.decode())
    page = text_of(change(client, made, complaint_days="2", reserves="9", action=fix))
    assert boxes(page) == before | {"complaint_days": ["3"], "reserves": ["9"]}


def test_a_fix_of_what_is_no_longer_wrong_changes_nothing(client, made):
    before = boxes(read(client, "w-rules", pk=made.contest.pk).content.decode())
    page = text_of(change(client, made, action="fix:no_reserves@result.reserves"))
    assert boxes(page) == before
    assert 'id="da-sua"' not in page


def test_a_fix_of_boxes_that_can_not_be_read_says_what_is_wrong(client, made):
    response = change(client, made, minutes="nhanh", action="fix:no_reserves@result.reserves")
    assert response.status_code == 422
    assert 'value="nhanh"' in text_of(response)


def test_a_frozen_round_keeps_its_rules_and_the_page_says_so():
    made = make_open_contest()
    client = browser_of(made.organiser)
    page = text_of(read(client, "w-rules", pk=made.contest.pk))
    assert "Vòng đã chốt đề giữ thể lệ lúc chốt" in page


def test_a_reader_can_not_save(made):
    auditor = browser_of(make_person(Role.AUDITOR, unit=made.unit))
    page = text_of(read(auditor, "w-rules", pk=made.contest.pk))
    assert "Lưu thể lệ</span>" not in page
    assert "Soát thể lệ" in page
    assert 'value="fix:' not in page
    assert send(auditor, "w-rules", {}, pk=made.contest.pk).status_code == 403


def test_the_printed_rules_are_read_before_the_contest_is_public(made, client):
    made.contest.state = "draft"
    made.contest.save()
    page = text_of(read(client, "w-rules-preview", pk=made.contest.pk))
    assert "Điều 1." in page
    word = read(client, "w-rules-docx", pk=made.contest.pk)
    assert word.content.startswith(b"PK")


def test_a_formula_fills_the_rows_and_shows_what_it_lets_a_unit_gain(made, client):
    page = text_of(change(client, made, action="unit_preset", unit_preset="thanh_khe"))
    assert "Chưa lưu" in page
    assert "50 % × 70,00 + 30 % × 20,00 + 20 % × 0,00 = 41,00" in page
    assert "đưa kết quả từ 41,00 lên 41,42" in page
    made.contest.refresh_from_db()
    assert made.contest.rules.version == 1


@pytest.mark.parametrize("preset", UNIT_PRESETS.values(), ids=UNIT_PRESETS)
def test_a_formula_filled_in_is_saved_as_it_stands(made, client, preset):
    filled = change(client, made, action="unit_preset", unit_preset=preset.code)
    send(client, "w-rules", boxes(filled.content.decode()), pk=made.contest.pk)
    made.contest.refresh_from_db()
    assert rules_of(contest=made.contest).result.unit_prizes == preset.rules


def test_a_fault_of_a_collective_prize_stands_in_its_row(made, client):
    filled = change(client, made, action="unit_preset", unit_preset="thanh_khe")
    sent = boxes(filled.content.decode()) | {"unit_components_weight": ["50", "30", "nhiều", ""]}
    page = text_of(send(client, "w-rules", sent, pk=made.contest.pk))
    [row] = re.findall(r'<div class="rule-row unit-row rule-row--wrong">.*?</div>', page)
    assert "Thành phần thứ 3" in row
    assert "Phải là một số" in row


def test_a_collective_prize_is_taken_back_by_its_tick(made, client):
    filled = change(client, made, action="unit_preset", unit_preset="thanh_khe")
    sent = boxes(filled.content.decode())
    send(client, "w-rules", sent, pk=made.contest.pk)
    del sent["unit_prize"]
    send(client, "w-rules", sent, pk=made.contest.pk)
    made.contest.refresh_from_db()
    assert made.contest.rules.version == 3
    assert rules_of(contest=made.contest).result.unit_prizes is None
