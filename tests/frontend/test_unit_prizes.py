"""The collective prizes of a sealed round on the page, and the board's word typed there."""

import pytest

from quiz.models import Award, Round
from quiz.rules.unit_prizes import UnitPrizeRules
from tests.frontend.contest_pages import browser_of, read, send, text_of
from tests.quiz.domain.test_unit_decisions import EQUAL, POINTS, TOLD
from tests.quiz.domain.test_unit_results import make_round

pytestmark = pytest.mark.django_db


def sealed(rules: dict | None):
    listed = make_round(UnitPrizeRules.model_validate(rules) if rules else None)
    made = listed.made
    return listed, browser_of(made.organiser), {"pk": made.contest.pk, "round_pk": made.round.pk}


def number(unit, name: str) -> str:
    return f"{name}-{unit.pk}"


def test_the_board_orders_equal_units_with_minutes_and_reason():
    listed, client, keys = sealed(EQUAL)
    page = text_of(read(client, "w-unit-prizes", **keys))
    assert "Bằng nhau: Ban Tổ chức quyết định" in page
    refused = send(client, "w-unit-tie", TOLD | {number(listed.below, "place"): "2"}, **keys)
    assert (refused.status_code, "chưa liên tục từ 1" in text_of(refused)) == (422, True)
    typed = TOLD | {number(listed.below, "place"): "1"}
    assert send(client, "w-unit-tie", typed, **keys).status_code == 200
    page = text_of(read(client, "w-unit-prizes", **keys))
    assert page.index("Phòng An") < page.index("Xã An")
    for told in ("Giải Nhất tập thể", "Biên bản 03/BB-BTC", TOLD["reason"]):
        assert told in page
    made = Round.objects.get(pk=keys["round_pk"]).unit_decisions.get()
    send(client, "w-unit-withdraw", {"reason": "Ghi nhầm"}, made_pk=made.pk, **keys)
    assert "Bằng nhau: Ban Tổ chức quyết định" in text_of(read(client, "w-unit-prizes", **keys))


def test_the_boards_points_are_typed_for_every_unit():
    listed, client, keys = sealed(POINTS)
    page = text_of(read(client, "w-unit-prizes", **keys))
    assert "Chờ Ban Tổ chức chấm điểm (Công tác tuyên truyền)" in page
    typed = TOLD | {number(listed.here, "points"): "70", number(listed.below, "points"): "cao"}
    assert send(client, "w-unit-points", typed, **keys).status_code == 422
    typed[number(listed.below, "points")] = "90,5"
    assert send(client, "w-unit-points", typed, **keys).status_code == 200
    page = text_of(read(client, "w-unit-prizes", **keys))
    assert 'value="90,50"' in page
    assert "Chờ Ban Tổ chức chấm điểm" not in page
    assert "Giải Nhất tập thể" in page


def leads_there(rules: dict | None) -> bool:
    _listed, client, keys = sealed(rules)
    Award.objects.all().delete()
    return "ketqua/tap-the/" in text_of(read(client, "w-results", **keys))


def test_the_results_page_leads_there_where_the_rules_have_collective_prizes():
    assert leads_there(EQUAL)


def test_without_collective_prizes_nothing_leads_there_and_the_page_says_so():
    assert not leads_there(None)
    made = Round.objects.select_related("contest").get()
    keys = {"pk": made.contest_id, "round_pk": made.pk}
    client = browser_of(made.contest.created_by)
    assert "Chưa có kết quả tập thể" in text_of(read(client, "w-unit-prizes", **keys))
