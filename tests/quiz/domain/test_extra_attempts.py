"""“Cho thi lại”: one more attempt than the rules say, for one entrant, one round, with a reason."""

import pytest
from django.utils import timezone

from accounts.errors import NotAllowed
from accounts.models import AuditEntry
from quiz.domain.attempt_logs import attempt_log
from quiz.domain.attempts import submit_attempt
from quiz.domain.awards import propose_awards
from quiz.domain.certainty import assess_certainty
from quiz.domain.clock import shifted_clock
from quiz.domain.extensions import void_attempt
from quiz.domain.extra_attempts import grant_attempt
from quiz.domain.readiness import read_readiness
from quiz.domain.releases import submit_for_signature
from quiz.domain.sealing import seal_round
from quiz.enums import EventKind, RoundState
from quiz.errors import InputRefused, NoAttemptLeft, RoundNotReady
from quiz.models import Attempt, AttemptEvent, Entrant, Round, Standing
from tests.attacks.bundles import Files, forge, make_auditor_bundle, make_bundle, verify
from tests.factories import (
    HOUR,
    OpenContest,
    answers_input,
    make_open_contest,
    make_person,
    make_rules,
    register,
    start,
)
from tests.results_factory import MINUTE, Entry, Person, close, make_entrants

pytestmark = pytest.mark.django_db
ONCE = {"attempts_per_round": 1}


def once(**result) -> OpenContest:
    return make_open_contest(rules=make_rules(entry=ONCE, result=result))


def sat(made: OpenContest, who, ordinal: int = 1) -> Attempt:
    sitting = start(made, who, ordinal)
    submit_attempt(token=sitting.token, given=answers_input(sitting))
    return Attempt.objects.select_related("round__contest", "pool").get(pk=sitting.row.id)


def grant(made: OpenContest, attempt: Attempt, granted: int = 0, reason: str = "Mất điện") -> int:
    return grant_attempt(attempt=attempt, granted=granted, reason=reason, user=made.organiser)


def test_an_entrant_begins_one_more_and_no_other_does():
    made = once()
    who, other = register(made), register(made, full_name="Người Khác")
    attempt = sat(made, who)
    sat(made, other)
    with pytest.raises(NoAttemptLeft):
        start(made, who, 2)
    assert grant(made, attempt) == 1
    assert start(made, who, 2).row.ordinal == 2
    with pytest.raises(NoAttemptLeft):
        start(made, other, 2)
    sitting = start(made, who, 2)
    submit_attempt(token=sitting.token, given=answers_input(sitting))
    with pytest.raises(NoAttemptLeft):
        start(made, who, 3)


def test_it_is_shown_to_the_entrant_and_told_in_log_and_diary():
    made = once()
    who = register(made)
    attempt = sat(made, who)
    before = read_readiness(contest_code=made.contest.code, entrant_token=who.token)
    assert (before.next_ordinal, before.extra) == (None, 0)
    grant(made, attempt)
    after = read_readiness(contest_code=made.contest.code, entrant_token=who.token)
    assert (after.next_ordinal, after.extra) == (2, 1)
    event = AttemptEvent.objects.get(kind=EventKind.EXTRA)
    assert (event.actor, event.details) == (made.organiser, {"reason": "Mất điện", "extra": 1})
    assert "Ban Tổ chức cho thi thêm một lượt" in [
        line.what for line in attempt_log(attempt=attempt).lines
    ]
    assert AuditEntry.objects.filter(act="grant_attempt").count() == 1


def test_a_form_sent_twice_gives_one():
    made = once()
    attempt = sat(made, register(made))
    grant(made, attempt)
    with pytest.raises(RoundNotReady):
        grant(made, attempt)
    assert grant(made, attempt, granted=1) == 2


def test_it_takes_a_reason_and_the_right():
    made = once()
    attempt = sat(made, register(made))
    with pytest.raises(InputRefused):
        grant(made, attempt, reason="  ")
    with pytest.raises(NotAllowed):
        grant_attempt(attempt=attempt, granted=0, reason="Mất điện", user=make_person())
    assert Entrant.objects.filter(extra_attempts__isnull=False).count() == 0


def test_without_a_limit_or_after_the_close_there_is_nothing_to_grant():
    free = make_open_contest(rules=make_rules(entry={"attempts_per_round": None}))
    with pytest.raises(RoundNotReady):
        grant(free, sat(free, register(free)))
    made = once()
    attempt = sat(made, register(made))
    with shifted_clock(HOUR + MINUTE), pytest.raises(RoundNotReady):
        grant(made, attempt)


def ended(*, void: bool = False, **result) -> OpenContest:
    """One person with a second attempt beside others with one, closed, marked and ranked."""
    made = once(**result)
    people = [Person(full_name="Thi Lại", entries=[Entry(wrong=4), Entry()])]
    people += [Person(full_name=f"Khác {n}", entries=[Entry(wrong=1 + n % 2)]) for n in range(6)]
    make_entrants(made, people)
    attempt = Attempt.objects.filter(round=made.round).order_by("pk").first()
    grant(made, attempt)
    if void:
        void_attempt(attempt=attempt, reason="Mất điện", user=made.organiser)
    close(made)
    return made


def used(made: OpenContest) -> list[tuple[str, int, int]]:
    rows = Standing.objects.filter(round=made.round).order_by("rank", "attempt")
    return list(rows.values_list("entrant__full_name", "rank", "attempts_used"))


def test_both_attempts_are_ranked_by_the_rules_and_counted_as_used():
    made = ended()
    assert used(made)[0] == ("Thi Lại", 1, 2)
    assert len(used(made)) == 7
    assert assess_certainty(round=made.round).certain


def test_where_the_first_counts_the_old_one_has_to_be_voided():
    assert used(ended(counted_attempt="first"))[-1] == ("Thi Lại", 7, 2)
    assert used(ended(counted_attempt="first", void=True))[0] == ("Thi Lại", 1, 1)


def released(made: OpenContest):
    assert propose_awards(round=made.round, user=made.organiser) == []
    seal_round(round=made.round, user=made.organiser, now=timezone.now())
    made.round.refresh_from_db()
    return submit_for_signature(round=made.round, user=made.organiser, now=timezone.now())


def test_the_release_says_how_many_and_the_bundle_holds(tmp_path):
    release = released(ended(counted_attempt="first", void=True))
    assert release.document["extra_attempts"] == 1
    verdict = verify(make_bundle(release), tmp_path, "--root", release.digest)
    assert verdict.code == 0
    assert "1 attempts were granted beyond the number of the rules." in verdict.said


def test_the_audit_finds_an_attempt_nobody_granted(tmp_path):
    release = released(ended())
    audit = make_auditor_bundle(release)
    assert verify(audit, tmp_path, "--root", release.digest).code == 0

    def ungranted(files: Files) -> None:
        files["auditor.json"]["extra_attempts"] = []

    verdict = verify(forge(audit, ungranted), tmp_path)
    assert verdict.code == 1
    assert "is an attempt more than was allowed" in verdict.said


def test_a_round_without_any_is_released_as_before():
    made = once()
    make_entrants(made, [Person(), Person(full_name="Khác", entries=[Entry(wrong=1)])])
    close(made)
    release = released(made)
    assert "extra_attempts" not in release.document
    assert Round.objects.get(pk=made.round.pk).state == RoundState.SEALED
