"""Erasing an entrant: nothing names them any more, and everything counted and proved stays."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from accounts.crypto import seal_text
from accounts.domain.rosters import RosterRow, load_roster
from accounts.models import Consent, OrgUnit, RosterEntry
from quiz.domain.attempts import read_attempt
from quiz.domain.awards import propose_awards
from quiz.domain.entrants import set_may_win
from quiz.domain.entry_codes import find_entrant
from quiz.domain.erasure import ERASED, ErasureMustWait, erase_entrant
from quiz.domain.leaves import iterate_leaves
from quiz.domain.own_data_requests import withdraw
from quiz.domain.releases import approve_release, attach_bundle, submit_for_signature
from quiz.domain.round_closing import mark_and_rank
from quiz.domain.sealing import count_fates, fates_digest, seal_round, unseal_round
from quiz.engine import merkle
from quiz.errors import ConsentWithdrawn, RoundNotReady, UnknownCode, UnknownToken
from quiz.models import Attempt, Contest, Entrant, Grade, Release, Standing
from quiz.queries.participation import by_unit, count_by, score_bands, totals
from tests.attacks.bundles import make_bundle, verify
from tests.factories import OpenContest, make_open_contest, make_unit, register, start
from tests.results_factory import Entry, Person, after_the_close, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
PEOPLE = [
    Person("Trần Thị Nhất", entries=[Entry(seconds=60)]),
    Person("Lê Văn Hai", entries=[Entry(wrong=1, seconds=90)]),
    Person("Phạm Thị Ba", entries=[Entry(wrong=2), Entry(wrong=3)]),
]


def sealed_contest(unit: OrgUnit) -> tuple[OpenContest, list[Entrant]]:
    made = make_open_contest()
    people = make_entrants(made, [Person(**(vars(person) | {"unit": unit})) for person in PEOPLE])
    sealed = [seal_text("0999888777"), seal_text("001190000001")]
    Entrant.objects.filter(pk=people[0].pk).update(
        phone=sealed[0], national_id=sealed[1], email="a@b.vn", address="Số 5"
    )
    close_and_seal(made)
    return made, people


def release(made: OpenContest) -> Release:
    drafted = submit_for_signature(round=made.round, user=made.organiser, now=NOW)
    attach_bundle(release=drafted, file=ContentFile(make_bundle(drafted)))
    approve_release(
        release=drafted,
        user=made.reviewer,
        decision_number="1/QĐ",
        decision_date=date(2026, 11, 23),
        now=NOW,
    )
    made.round.refresh_from_db()
    return Release.objects.get(pk=drafted.pk)


def proofs(made: OpenContest) -> dict[str, object]:
    """All that has to stay: figures, places, the tree, the release."""
    rounds = [made.round.pk]
    leaves = [leaf for _attempt, _values, leaf in iterate_leaves(round=made.round)]
    standings = Standing.objects.filter(round=made.round).order_by("entrant")
    return {
        "figures": [
            totals(rounds),
            count_by("group", rounds),
            count_by("day", rounds),
            score_bands(rounds),
        ],
        "units": by_unit(rounds, roster_id=made.contest.roster_id, day=date(2026, 11, 23)),
        "leaves": leaves,
        "root": merkle.root(iter(leaves)).hex(),
        "fates": (count_fates(round=made.round), fates_digest(round=made.round)),
        "standings": list(standings.values_list("entrant", "rank", "score")),
        "grades": list(Grade.objects.order_by("attempt").values_list("attempt", "score")),
        "releases": list(Release.objects.values_list("digest", "document")),
    }


def test_after_the_release_only_who_it_was_goes(tmp_path: Path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    made, people = sealed_contest(make_unit())
    published = release(made)
    file = published.bundle.read()
    before = proofs(made)
    assert before["root"] == made.round.seal.root
    for person in people[:2]:  # the winner, and someone behind
        erase_entrant(entrant=person, user=made.organiser, now=NOW)
    assert proofs(made) == before
    assert published.document["winners"][0]["name"] == "Trần Thị Nhất"
    assert verify(file, tmp_path, "--root", made.round.seal.root).code == 0
    row = Entrant.objects.get(pk=people[0].pk)
    assert (row.full_name, row.folded_name, row.sort_name, row.birth_date) == (
        ERASED,
        "",
        "",
        date(1990, 1, 1),
    )
    kept = ("phone", "phone_index", "national_id", "national_id_index", "identity_index")
    assert [bytes(getattr(row, name)) for name in kept] == [b""] * 5
    assert (row.email, row.address, row.staff_code) == ("", "", "")
    secrets = [len(bytes(a.secret)) for a in Attempt.objects.order_by("entrant", "ordinal")]
    assert secrets == [8, 8, 32, 32]
    journals = Attempt.objects.filter(entrant__in=people[:2]).values_list("journal", flat=True)
    assert [bytes(journal) for journal in journals] == [b"", b""]


def test_before_the_seal_the_entry_is_voided_and_the_bundle_needs_no_opening(tmp_path: Path):
    made, people = sealed_contest(make_unit())
    first = {leaf for _a, _v, leaf in iterate_leaves(round=made.round)}
    with pytest.raises(ErasureMustWait):
        erase_entrant(entrant=people[0], user=made.organiser, now=NOW)
    assert Entrant.objects.get(pk=people[0].pk).full_name == "Trần Thị Nhất"
    unseal_round(round=made.round, user=made.organiser, reason="Có yêu cầu xoá")
    erase_entrant(entrant=people[0], user=made.organiser, now=NOW)
    made.round.refresh_from_db()
    mark_and_rank(round=made.round)
    propose_awards(round=made.round, user=made.organiser)
    seal = seal_round(round=made.round, user=made.organiser, now=after_the_close(made))
    assert {leaf for _a, _v, leaf in iterate_leaves(round=made.round)} == first
    assert seal.counts["voided"] == 1
    made.round.refresh_from_db()
    drafted = submit_for_signature(round=made.round, user=made.organiser, now=NOW)
    assert [winner["name"] for winner in drafted.document["winners"]] == ["Lê Văn Hai"]
    with pytest.raises(ErasureMustWait):
        erase_entrant(entrant=people[1], user=made.organiser, now=NOW)
    assert verify(make_bundle(drafted), tmp_path, "--root", seal.root).code == 0


def test_who_withdraws_while_the_draft_waits_for_its_signature_wins_nothing():
    made, people = sealed_contest(make_unit())
    drafted = submit_for_signature(round=made.round, user=made.organiser, now=NOW)
    withdraw(entrant=people[0], now=NOW)
    # An organiser who lets them win again does not undo the withdrawal.
    set_may_win(entrant=people[0], may_win=True, user=made.organiser)
    with pytest.raises(RoundNotReady):
        approve_release(
            release=drafted,
            user=made.reviewer,
            decision_number="1/QĐ",
            decision_date=date(2026, 11, 23),
            now=NOW,
        )


def test_while_the_round_is_open_nothing_of_theirs_opens_any_more():
    made = make_open_contest()
    who = register(made)
    sitting = start(made, who)
    erase_entrant(entrant=Entrant.objects.get(), user=made.organiser, now=NOW)
    with pytest.raises(UnknownCode):
        find_entrant(contest_id=made.contest.pk, code=who.code)
    with pytest.raises(UnknownToken):
        read_attempt(token=sitting.token)
    with pytest.raises(ConsentWithdrawn):
        start(made, who, ordinal=2)
    attempt = Attempt.objects.get()
    assert (attempt.voided_at is not None, attempt.closed_by, attempt.epoch) == (True, 3, 1)
    consent = Consent.objects.get()
    assert (consent.withdrawn_at is not None, consent.given_by) == (True, "")
    # Someone who registers anew on the same form is someone new, and may enter.
    assert register(made).entrant_id != who.entrant_id


@pytest.mark.parametrize(("shared", "name"), [(False, ERASED), (True, "Trần Thị Nhất")])
def test_the_line_of_the_list_goes_too_unless_it_serves_another_entry(shared: bool, name: str):
    unit = make_unit()
    rows = [RosterRow(place="", full_name="Trần Thị Nhất", staff_code="CB1")]
    roster = load_roster(name="A", unit=unit, as_of=date(2026, 1, 1), rows=rows, user=None)
    line = RosterEntry.objects.get()
    contests = [make_open_contest() for _each in range(2)]
    Contest.objects.update(roster=roster)
    people = [make_entrants(made, [PEOPLE[0]])[0] for made in contests]
    Entrant.objects.filter(pk__in=[p.pk for p in people][: 2 if shared else 1]).update(
        roster_entry=line
    )
    erase_entrant(entrant=people[0], user=contests[0].organiser, now=NOW)
    line.refresh_from_db()
    assert (line.full_name, line.staff_code) == (name, "CB1" if shared else "")
    linked = Entrant.objects.get(pk=people[0].pk).roster_entry_id
    assert linked == (None if shared else line.pk)
