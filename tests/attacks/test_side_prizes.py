"""Prizes for the oldest and the youngest: declared in the public bundle, recomputed by auditors."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from quiz.domain.awards import propose_awards
from quiz.domain.correction_jobs import SUBMIT
from quiz.domain.corrections import correct_attempt
from quiz.domain.entrants import add_may_not_win
from quiz.domain.erasure import erase_entrant
from quiz.domain.releases import approve_release, submit_for_signature
from quiz.domain.round_closing import mark_and_rank
from quiz.domain.sealing import seal_round
from quiz.enums import AwardKind
from quiz.models import Attempt, Entrant, Release
from quiz.rules.document import IdentityField, PrizeTier
from tests.attacks.bundles import Files, forge, make_auditor_bundle, make_bundle, unpack, verify
from tests.attacks.second_verifier import judge
from tests.factories import OpenContest, make_open_contest, make_rules
from tests.quiz.domain.test_corrections import NOW, SIGNED, begin, decide, preview, run
from tests.results_factory import Entry, Person, close, make_entrants

pytestmark = pytest.mark.django_db

TIERS = [
    PrizeTier(code="cao", name="Người cao tuổi nhất", count=1, money=300_000, by="oldest"),
    PrizeTier(code="nhat", name="Giải Nhất", count=1, money=2_000_000),
    PrizeTier(code="tre", name="Người trẻ tuổi nhất", count=1, money=200_000, by="youngest"),
]
ASKED = [IdentityField(name=name) for name in ("full_name", "birth_date", "phone")]
PEOPLE = [
    Person(full_name="Lê Nhất", birth_date=date(1940, 1, 1), entries=[Entry(seconds=10)]),
    Person(full_name="Trần Dự Bị", birth_date=date(1980, 1, 1), entries=[Entry(seconds=20)]),
    Person(full_name="Phạm Ra Đề", staff_code="RA-DE", birth_date=date(1941, 1, 1)),
    Person(full_name="Đỗ Cao Tuổi", birth_date=date(1945, 7, 8), entries=[Entry(wrong=3)]),
    Person(full_name="Hồ Cùng Điểm", birth_date=date(1966, 6, 6), entries=[Entry(wrong=3)]),
    Person(full_name="Ngô Cùng Ngày", birth_date=date(1945, 7, 8), entries=[Entry(wrong=4)]),
    Person(full_name="Võ Trẻ", birth_date=date(2007, 2, 3), entries=[Entry(wrong=5)]),
    Person(full_name="Cao Trẻ Nhì", birth_date=date(2007, 1, 15), entries=[Entry(wrong=5)]),
    *[Person(birth_date=date(1970 + n, 5, 5), entries=[Entry(wrong=2)]) for n in range(12)],
]


def sealed(people: list[Person] = PEOPLE, **result) -> tuple[OpenContest, Release]:
    rules = make_rules(
        entry={"identity_fields": ASKED, "identity_key": ["full_name", "birth_date"]},
        result={"prizes": TIERS, "reserves": 1} | result,
    )
    made = make_open_contest(rules=rules)
    make_entrants(made, people)
    add_may_not_win(
        contest=made.contest,
        full_name="Phạm Ra Đề",
        staff_code="RA-DE",
        reason="Tổ ra đề",
        user=made.organiser,
    )
    close(made)
    mark_and_rank(round=made.round)
    assert propose_awards(round=made.round, user=made.organiser) == []
    seal_round(round=made.round, user=made.organiser, now=timezone.now())
    return made, submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())


@pytest.fixture(scope="module")
def released(django_db_setup, django_db_blocker):
    """Made once: what each test does with the bundles changes no row."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        made, release = sealed()
        yield made, release, make_bundle(release), make_auditor_bundle(release)
        transaction.set_rollback(True)


def test_they_follow_the_places_and_one_prize_a_person_holds(released):
    made, release, *_bundles = released
    told = [(w["place"], w["prize"], w["name"], w["money"]) for w in release.document["winners"]]
    assert told == [
        (1, "Giải Nhất", "Lê Nhất", 2_000_000),
        (2, "Người cao tuổi nhất", "Đỗ Cao Tuổi", 300_000),
        (3, "Người trẻ tuổi nhất", "Võ Trẻ", 200_000),
    ]
    assert made.round.awards.filter(kind=AwardKind.PRIZE).count() == 3


def test_the_public_bundle_declares_them_and_tells_no_birth_date(released, tmp_path):
    _made, release, public, _auditor = released
    verdict = verify(public, tmp_path, "--root", release.digest)
    assert verdict.code == 0
    assert [line for line in verdict.said.splitlines() if "—" in line] == [
        "Giải Nhất 1 (nguoi-dan): Lê Nhất — recomputed",
        "Người cao tuổi nhất 2 (nguoi-dan): Đỗ Cao Tuổi"
        " — declared: birth dates are not opened in the public bundle",
        "Người trẻ tuổi nhất 3 (nguoi-dan): Võ Trẻ"
        " — declared: birth dates are not opened in the public bundle",
    ]
    files = unpack(public)
    assert files["manifest.json"]["format"] == "minhthi-bundle/3"
    texts = json.dumps([part for part in files.values() if not isinstance(part, bytes)])
    assert "1945-07-08" not in texts
    assert "2007-02-03" not in texts
    assert "birth" not in json.dumps([files["awards.json"], files["leaves.jsonl"]])


def test_an_auditor_recomputes_them(released, tmp_path):
    _made, release, _public, auditor = released
    verdict = verify(auditor, tmp_path, "--root", release.digest)
    assert verdict.code == 0
    assert "Prizes by age: recomputed from the birth dates, they agree." in verdict.said


def side_of(files: Files, tier: str) -> dict:
    return next(one for one in files["awards.json"]["awards"] if one["tier"] == tier)


def to_somebody_else(files: Files) -> None:
    """To one with the same marks, who shares the rank and is younger."""
    other = next(row for row in files["entries.jsonl"] if row.get("birth_date") == "1966-06-06")
    side_of(files, "cao")["leaf"] = other["leaf"]


def to_a_winner(files: Files) -> None:
    side_of(files, "cao")["leaf"] = side_of(files, "nhat")["leaf"]


def called_a_prize_for_a_place(files: Files) -> None:
    side_of(files, "cao")["kind"] = "prize"


def of_an_older_format(files: Files) -> None:
    files["manifest.json"]["format"] = "minhthi-bundle/2"


def twice(files: Files) -> None:
    files["awards.json"]["awards"].append(side_of(files, "cao") | {"place": 3})


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (to_a_winner, 1, "does not follow the rules"),
        (called_a_prize_for_a_place, 1, "stands before a winner"),
        (twice, 1, "the winners differ"),
        (of_an_older_format, 2, "do not fit the format"),
    ],
)
def test_a_forged_public_bundle_is_found(released, tmp_path, change, code, said):
    verdict = verify(forge(released[2], change), tmp_path)
    assert verdict.code == code
    assert said in verdict.said


def test_the_audit_names_the_prize_that_went_to_somebody_younger(released, tmp_path):
    verdict = verify(forge(released[3], to_somebody_else), tmp_path)
    assert verdict.code == 1
    assert "Người cao tuổi nhất (nguoi-dan) goes to somebody else" in verdict.said


def test_without_a_limit_a_winner_takes_the_side_prize_too(tmp_path):
    _made, release = sealed(one_prize_per="none")
    names = [(w["prize"], w["name"]) for w in release.document["winners"]]
    assert names[:2] == [("Giải Nhất", "Lê Nhất"), ("Người cao tuổi nhất", "Lê Nhất")]
    for bundle in (make_bundle(release), make_auditor_bundle(release)):
        assert verify(bundle, tmp_path, "--root", release.digest).code == 0


def test_equal_in_birth_date_and_rank_waits_for_lot_or_decision():
    twins = [
        Person(full_name=f"Song Sinh {n}", birth_date=date(1930, 1, 1), entries=[Entry(wrong=4)])
        for n in range(2)
    ]
    rules = make_rules(
        entry={"identity_fields": ASKED, "identity_key": ["full_name", "birth_date"]},
        result={"prizes": TIERS},
    )
    made = make_open_contest(rules=rules)
    entrants = make_entrants(made, [*PEOPLE[:2], *twins])
    close(made)
    [tied] = propose_awards(round=made.round, user=made.organiser)
    assert set(tied.tie.entrants) == {one.pk for one in entrants[2:]}
    assert made.round.awards.filter(tier="cao").count() == 0


@pytest.mark.parametrize(("firsts", "oldest"), [(2, "Đỗ Cao Tuổi"), (1, None)])
def test_while_a_tie_for_a_place_waits_nobody_tied_is_called_the_oldest(firsts, oldest):
    """Two share the first rank; with two prizes both surely win, with one the oldest may."""
    tied = [replace(PEOPLE[0], full_name=f"Lê Nhất {n}") for n in range(2)]
    tiers = [PrizeTier(code=f"hang-{n}", name=f"Hạng {n}", count=1) for n in range(firsts)]
    rules = make_rules(
        entry={"identity_fields": ASKED, "identity_key": ["full_name", "birth_date"]},
        result={"prizes": [TIERS[0], *tiers]},
    )
    made = make_open_contest(rules=rules)
    make_entrants(made, [*tied, *PEOPLE[3:]])
    close(made)
    ties = propose_awards(round=made.round, user=made.organiser)
    assert [len(one.tie.entrants) for one in ties] == [2]
    given = made.round.awards.filter(tier="cao").values_list("entrant__full_name", flat=True)
    assert list(given) == ([oldest] if oldest else [])


def test_their_figures_are_those_of_the_entry(released, tmp_path):
    def other_result(files: Files) -> None:
        files["release.json"]["winners"][1]["correct"] += 1

    verdict = verify(forge(released[2], other_result), tmp_path)
    assert verdict.code == 1
    assert Decimal(released[1].document["winners"][1]["correct"]) == 2


def erased_and_corrected(*names: str) -> tuple[Release, bytes, Release]:
    """Released, these people erased, and a correction that voids an entry without a prize.

    The first release with the auditor's bundle that is made of it then, and the second.
    """
    made, first = sealed()
    approve_release(release=first, user=made.reviewer, **SIGNED)
    made.round.refresh_from_db()
    for entrant in Entrant.objects.filter(contest=made.contest, full_name__in=names):
        erase_entrant(entrant=entrant, user=None, now=NOW)
    audited = make_auditor_bundle(first)
    correction = begin(made)
    other = Attempt.objects.get(round=made.round, entrant__birth_date=date(1981, 5, 5))
    fields = {"correction": correction, "reason": "Thi hộ", "user": made.organiser}
    correct_attempt(**fields, attempt=other)
    preview(correction)
    run(SUBMIT, correction)
    decide(made, correction)
    return first, audited, correction.release


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_an_erased_winner_keeps_the_prize_though_only_the_year_is_left(media, tmp_path):
    """Born on 3 February; the year alone, 1 January, would make another the youngest."""
    first, audited, second = erased_and_corrected("Võ Trẻ")
    told = [(w["prize"], w["name"]) for w in second.document["winners"]]
    assert told[1:] == [("Người cao tuổi nhất", "Đỗ Cao Tuổi"), ("Người trẻ tuổi nhất", "(đã xoá)")]
    assert Entrant.objects.get(pk=second.winners[2]).birth_date == date(2007, 1, 1)
    for release, bundle in (
        (first, audited),
        (second, second.bundle.read()),
        (second, make_auditor_bundle(second)),
    ):
        verdict = verify(bundle, tmp_path, "--root", release.digest)
        assert (verdict.code, judge(bundle, release.digest)) == (0, (0, "")), verdict.said
    assert "Prizes by age: recomputed but for 1 held by erased people; they agree." in verdict.said
    files = unpack(bundle)
    assert [row for row in files["entries.jsonl"] if "2007" in (row.get("birth_date") or "")] == [
        row for row in files["entries.jsonl"] if row.get("birth_date") == "2007-01-15"
    ]


def test_whoever_is_erased_gets_no_prize_by_age_anew(media, tmp_path):
    """One was born on the day of the oldest, one is the oldest and won for the place."""
    _first, _audited, second = erased_and_corrected("Ngô Cùng Ngày", "Lê Nhất")
    told = [(w["prize"], w["name"]) for w in second.document["winners"]]
    assert told == [
        ("Giải Nhất", "(đã xoá)"),
        ("Người cao tuổi nhất", "Đỗ Cao Tuổi"),
        ("Người trẻ tuổi nhất", "Võ Trẻ"),
    ]
    audited = make_auditor_bundle(second)
    verdict = verify(audited, tmp_path, "--root", second.digest)
    assert (verdict.code, judge(audited, second.digest)) == (0, (0, "")), verdict.said
    assert "Prizes by age: recomputed from the birth dates, they agree." in verdict.said
    verdict = verify(forge(audited, to_somebody_else), tmp_path)
    assert (verdict.code, "goes to somebody else" in verdict.said) == (1, True), verdict.said
