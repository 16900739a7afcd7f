"""The texts a contest is launched with say what its rules say, in words that can be read aloud."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from accounts.domain.installation import update_installation
from accounts.enums import UnitKind
from quiz.domain.launch_papers import LaunchFacts, launch_facts, zalo_text
from quiz.domain.loudspeaker import FEWEST, MOST, count_words, loudspeaker_script
from quiz.domain.rule_sets import set_rules
from quiz.domain.spoken import say_address, say_clock, say_day, say_digits, say_number
from quiz.rules.presets import PRESETS
from tests.factories import make_contest, make_unit

HUE = PRESETS["hue_hai_doi_tuong"].document
WEEKS = tuple(
    (
        f"Tuần {week}",
        datetime(2026, 11, 2 + 7 * week, 3, tzinfo=UTC),
        datetime(2026, 11, 9 + 7 * week, 2, tzinfo=UTC),
    )
    for week in range(1, 3)
)
FACTS = LaunchFacts(
    title="Tìm hiểu cải cách hành chính",
    body_name="Ủy ban nhân dân xã Hòa Thịnh",
    parent_body="Ủy ban nhân dân tỉnh Đắk Lắk",
    place="Hòa Thịnh",
    link="https://cchc.hoathinh.gov.vn/cuoc-thi/tim-hieu/",
    document=HUE,
    rounds=WEEKS,
    groups=(("can-bo", "Cán bộ, công chức, viên chức"), ("nguoi-dan", "Người dân")),
    addressees=("Các cơ quan, đơn vị",),
    hotline="0257 3123 456",
    decision_number="12/QĐ-UBND",
)
LONG = "Tìm hiểu pháp luật về cải cách hành chính, chuyển đổi số và dịch vụ công trực tuyến "


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (105, "một trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (2_500_000, "hai triệu năm trăm nghìn"),
        (1_000_000_005, "một tỷ không trăm linh năm"),
    ],
)
def test_numbers_are_said_as_people_say_them(number, words):
    assert say_number(number) == words


def test_moments_and_addresses_are_said_in_words():
    opens = WEEKS[0][1]
    assert say_clock(opens) == "mười giờ sáng"
    assert say_clock(opens.replace(hour=6, minute=30)) == "một giờ ba mươi phút chiều"
    assert say_day(opens.date()) == "thứ Hai, ngày mùng chín tháng mười một"
    assert say_digits("0257 (3)") == "không hai năm bảy ba"
    assert say_address("cchc.hoa-thinh2.gov.vn:8") == (
        "xê xê hát xê chấm hoa gạch ngang thinh hai chấm gov chấm vê nờ hai chấm tám"
    )


def test_the_script_says_what_matters_once_and_in_words():
    script = loudspeaker_script(FACTS)
    assert script.startswith(
        "Kính thưa toàn thể bà con! Ủy ban nhân dân xã Hòa Thịnh tổ chức cuộc thi trực tuyến "
        "“Tìm hiểu cải cách hành chính”. Thời gian thi từ mười giờ sáng thứ Hai, ngày mùng chín "
        "tháng mười một, đến chín giờ sáng thứ Hai, ngày hai mươi ba tháng mười một. Dùng điện "
        "thoại có mạng, vào trang xê xê hát xê chấm hoathinh chấm gov chấm vê nờ, chọn cuộc thi "
        "rồi bấm Vào thi. Mỗi bài thi gồm mười đến hai mươi câu hỏi, làm trong mười lăm phút. Cần "
        "hỗ trợ, xin gọi số không hai năm bảy ba một hai ba bốn năm sáu. "
    )
    assert script.endswith("Xin trân trọng cảm ơn!")
    assert not any(letter.isdigit() for letter in script)


SHORT = replace(FACTS, title="Thi CCHC", body_name="Sở A", hotline="", rounds=(), link="http://a/")
CASES = {
    "usual": FACTS,
    "shortest": SHORT,
    "one group": replace(FACTS, groups=(("can-bo", "Cán bộ"),), rounds=WEEKS[:1]),
    "long names": replace(FACTS, title=LONG * 3, body_name="Ban Tổ chức cuộc thi của " * 8),
    "long address": replace(FACTS, link="https://" + "bcd-" * 15 + ".vn/"),
    "bare rules": replace(SHORT, document=PRESETS["dak_lak"].document),
    "local address": replace(FACTS, link="http://192.168.100.201:8000/cuoc-thi/a/"),
}


@pytest.mark.parametrize("facts", CASES.values(), ids=CASES.keys())
def test_the_script_takes_a_minute(facts):
    assert FEWEST <= count_words(loudspeaker_script(facts)) <= MOST


def test_the_message_for_zalo_holds_every_fact_and_the_link_alone():
    with translation.override("en"):  # the language of the interface changes nothing
        text = zalo_text(FACTS)
    assert text.splitlines() == [
        "TÌM HIỂU CẢI CÁCH HÀNH CHÍNH",
        "Đơn vị tổ chức: Ủy ban nhân dân xã Hòa Thịnh",
        "Thời gian: từ 10:00 09/11/2026 đến 09:00 23/11/2026 (2 vòng)",
        "Đối tượng: Cán bộ, công chức, viên chức; Người dân",
        "Cách thi: trực tuyến trên điện thoại hoặc máy tính, không cần tài khoản",
        "- Cán bộ, công chức, viên chức: 20 câu trong 15 phút",
        "- Người dân: 10 câu trong 15 phút",
        "- Mỗi người 1 lượt mỗi vòng",
        "- Có 1 câu hỏi dự đoán",
        "- Cần số điện thoại khi đăng ký",
        "Giải thưởng mỗi vòng, cho mỗi đối tượng:",
        "- 1 Giải Nhất, mỗi giải 2.000.000 đồng",
        "- 1 Giải Nhì, mỗi giải 1.500.000 đồng",
        "- 1 Giải Ba, mỗi giải 1.000.000 đồng",
        "Vào thi tại:",
        "https://cchc.hoathinh.gov.vn/cuoc-thi/tim-hieu/",
        "Hỗ trợ: 0257 3123 456",
    ]


@pytest.mark.django_db
def test_facts_follow_the_contest_as_it_is_now():
    province = make_unit("Tỉnh", parent=None)
    unit = make_unit("Xã Hòa Thịnh", parent=province)
    made = make_contest(unit=unit)
    make_unit("Phòng Văn hóa", parent=unit, kind=UnitKind.OFFICE)
    update_installation(user=None, body_name="Ủy ban nhân dân tỉnh", place="Hòa Thịnh")
    before = launch_facts(contest=made.contest, link="https://a.vn/")
    assert (before.parent_body, before.place, before.addressees) == (
        "Ủy ban nhân dân tỉnh",
        "Hòa Thịnh",
        ("Các phòng, trung tâm trực thuộc",),
    )
    rules = before.document
    entry = rules.entry.model_copy(update={"points_per_item": Decimal(2), "time_limit_seconds": 60})
    changed = rules.model_copy(update={"entry": entry, "decision_number": "15/QĐ"})
    set_rules(contest=made.contest, data=changed, user=made.organiser)
    after = launch_facts(contest=made.contest, link="https://a.vn/")
    assert (after.document, after.decision_number) == (changed, "15/QĐ")


@pytest.mark.django_db
def test_there_are_no_papers_before_there_are_rules():
    made = make_contest()
    made.contest.rules = None
    assert launch_facts(contest=made.contest, link="") is None
