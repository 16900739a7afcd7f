"""What the presets do in synthetic contests, said in plain sentences."""

import pytest

from quiz.engine.simulation import Assumptions, run_trial
from quiz.rules.document import parse_rules
from quiz.rules.presets import PRESETS
from quiz.rules.trial import (
    assumption_sentences,
    contests_within,
    trial_heading,
    trial_plan,
    trial_sentences,
)
from tests.quiz.rules.documents import good_rules


def tried(document, entrants=500, perfect=59, rounds=1, contests=20):
    assumed = Assumptions(entrants, perfect, rounds, contests)
    return assumed, run_trial(trial_plan(document), assumed)


# Of 20 contests with 500 people, of whom 59 % have everything right: at how many places behind a
# tier each criterion decided: 80 places, in Huế with its three tiers and two groups 120.
DECIDED = {
    "vcnet": {"prediction_error": 38, "submitted_at": 42},
    "dak_lak": {"duration": 74, "attempts_used": 3, "registered_at": 3},
    "hai_duong": {"duration": 74, "prediction_error": 6},
    "hue_hai_doi_tuong": {"prediction_error": 56, "submitted_at": 64},
    "thanh_khe": {"duration": 72, "prediction_error": 8},
}


@pytest.mark.parametrize("code", PRESETS)
def test_what_decides_between_a_prize_and_none_in_each_preset(code):
    _assumed, tally = tried(PRESETS[code].document)
    decided = {}
    for edge in tally.edges.values():
        for kind, times in edge.decided.items():
            decided[kind] = decided.get(kind, 0) + times
    assert decided == DECIDED[code]
    assert (tally.over_limit, tally.short, tally.cut) == (0, 0, 0)


def test_the_findings_are_told_in_plain_sentences():
    data = good_rules()
    data["entry"]["prediction"] = None
    data["result"] |= {"chain": [{"kind": "score"}, {"kind": "lot"}], "max_share_percent": 20}
    document = parse_rules(data)
    assumed, tally = tried(document, entrants=10, perfect=100, contests=10)
    assert trial_heading(assumed, tally) == "Trong 10 cuộc thi mô phỏng với 10 người mỗi vòng"
    sentences = trial_sentences(document, assumed, tally)
    assert sentences[:4] == [
        "Ranh giới Giải Nhất: 100% còn đồng hạng, quyết định bằng “Bốc thăm” "
        "(nhiều nhất 10 người bằng nhau).",
        "Ranh giới Giải Nhì: 100% còn đồng hạng, quyết định bằng “Bốc thăm” "
        "(nhiều nhất 10 người bằng nhau).",
        "20 giải qua 10 lần xét giải: không lần nào trao quá giới hạn.",
        "20% của 10 người ít hơn số giải, nên giải thấp nhất không trao hết; "
        "cần ít nhất 15 người dự thi.",
    ]


def test_rules_without_prizes_have_nothing_to_try():
    data = good_rules()
    data["result"]["prizes"] = []
    document = parse_rules(data)
    assert trial_sentences(document, *tried(document)) == [
        "Thể lệ không có giải cá nhân nên không có gì để thử."
    ]


def test_the_assumptions_are_said():
    document = PRESETS["vcnet"].document
    assert assumption_sentences(document, Assumptions(24_525, 59, 4))[:2] == [
        "Mỗi cuộc thi 4 vòng; mỗi vòng, mỗi đối tượng có 24.525 người dự thi.",
        "59% số bài đúng tất cả; các bài khác sai trung bình một phần bảy số câu.",
    ]


@pytest.mark.parametrize(
    ("code", "entrants", "rounds", "expected"),
    [
        ("vcnet", 10, 1, 1000),
        ("vcnet", 2000, 1, 200),
        ("hue_hai_doi_tuong", 2000, 2, 50),
        ("vcnet", 50_000, 8, 5),
    ],
)
def test_the_work_is_bounded_by_the_people_drawn(code, entrants, rounds, expected):
    assert contests_within(PRESETS[code].document, entrants, rounds, 400_000) == expected
