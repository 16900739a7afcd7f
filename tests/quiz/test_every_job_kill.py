"""Every kind of long work of contests, killed in the middle: see tests/whole_jobs.py."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.domain.jobs import queue_job, run_job
from accounts.enums import JobState, RevealReason, Role
from accounts.models import Job, User
from quiz.domain import correction_jobs, rule_trials
from quiz.domain.awards import propose_awards
from quiz.domain.corrections import amend_key, open_correction
from quiz.domain.import_decisions import DraftBook
from quiz.domain.releases import approve_release
from quiz.domain.roster_reminders import queue_letters
from quiz.domain.rule_trials import queue_trial
from quiz.enums import KeyRemedy
from quiz.interfaces.dossier.papers import PAPERS
from quiz.interfaces.excel.item_import import IMPORT_JOB
from quiz.interfaces.formats import import_jobs
from quiz.job_kinds import STEPWISE, WHOLE
from quiz.models import Correction, ItemBank, Release, Round
from quiz.rules.parsing import parse_rules
from tests.factories import OpenContest
from tests.people import make_person
from tests.quiz.bank_workbooks import sound_book
from tests.quiz.domain.test_corrections import CORRECTED, PEOPLE, SIGNED, made_contest
from tests.quiz.item_readings import read_item, start_import
from tests.quiz.rosters import ListedContest, make_listed_contest
from tests.results_factory import Entry, Person
from tests.whole_jobs import Kills, queue

pytestmark = pytest.mark.django_db(transaction=True)

# Drives a server over HTTP and must not be repeated: tests/quiz/domain/test_rehearsals.py.
ELSEWHERE = {"rehearse"}


def before_the_round(kill: Kills, listed: ListedContest, officer: User) -> None:
    """Banks, lists, papers and rules."""
    made = listed.made
    bank, now = ItemBank.objects.get(), timezone.now()
    upload = ContentFile(sound_book(30), name="cau-hoi.xlsx")
    params = {"bank": bank.pk, "name": "cau-hoi.xlsx"}
    kill(queue_job(kind=IMPORT_JOB, params=params, user=officer, now=now, upload=upload), kills=2)
    file = ContentFile(sound_book(20))
    common = {"user": officer, "now": now}
    kill(import_jobs.queue_reading(bank=bank, file=file, name="a.xlsx", **common)[1])
    session = start_import(bank, officer, *(read_item(100 + n) for n in range(20)))
    DraftBook(session=session, **common).accept_certain()
    kill(import_jobs.queue_store(session=session, **common))
    kill(queue("check_bank", officer, bank=bank.pk))
    kill(queue("export_items", officer, bank=bank.pk, format="gift", approved=True, topic=None))
    kill(queue("find_roster_matches", officer, contest=made.contest.pk))
    kill(queue("export_roster", officer, roster=listed.roster.pk))
    User.objects.create_user("CB2", full_name="CB2", email="cb2@example.vn")
    link = {"link": "https://a.vn/", "next": ""}
    kill(queue_letters(sight=listed.sight(), user=listed.lead, now=now, **link))
    kill(queue("export_missing", officer, round=made.round.pk, reason=REASON))
    asked = {"round": made.round.pk, "group": "nguoi-dan", "count": 2, "first": 101}
    kill(queue("print_papers", officer, same_items=True, **asked))
    kill(queue("print_key", officer, same_items=True, **asked))
    poster = {"link": "https://a.vn/?don-vi=", "size": "a5", "together": True}
    kill(queue("unit_posters", officer, contest=made.contest.pk, **poster))
    wanted = {"entrants": "10", "perfect_percent": "50", "rounds": "1"}
    trial = {"document": parse_rules(made.round.rules.document), "wanted": wanted}
    kill(queue_trial(contest=made.contest, user=made.organiser, now=now, next="", **trial))


def past_round() -> OpenContest:
    people = [Person(full_name=f"Người {n}", entries=[Entry(wrong=2, seconds=n)]) for n in range(9)]
    made = made_contest([*PEOPLE, *people])
    day = timedelta(days=1)
    Round.objects.filter(pk=made.round.pk).update(
        opens_at=made.round.opens_at - day, closes_at=made.round.closes_at - day
    )
    made.round.refresh_from_db()
    return made


def do(job: Job) -> None:
    done = run_job(job_id=job.pk)
    assert done is not None
    assert done.state == JobState.DONE, done.error


def from_close_to_release(kill: Kills, made: OpenContest, officer: User) -> None:
    def acts(kind: str) -> Callable[[], Job]:
        return lambda: queue(kind, made.organiser, round=made.round.pk)

    for kind in ("close_round", "rank_round", "seal_round", "submit_release"):
        kill(acts(kind)())
        do(acts(kind)())
        if kind == "rank_round":
            assert propose_awards(round=made.round, user=made.organiser) == []
            kill(queue("analyse_items", officer, round=made.round.pk))
            kill(queue("find_hints", officer, round=made.round.pk))
    approve_release(release=Release.objects.get(), user=made.reviewer, **SIGNED)
    made.round.refresh_from_db()


def after_the_release(kill: Kills, made: OpenContest, officer: User) -> None:
    round = {"round": made.round.pk}
    kill(queue("count_figures", officer, contest=made.contest.pk))
    kill(queue("export_winners", officer, **round))
    kill(queue("export_participation", officer, **round))
    kill(queue("export_item_analysis", officer, **round))
    kill(queue("export_entries", officer, reason=REASON, **round))
    kill(queue("export_entries_csv", officer, reason=REASON, **round))
    kill(queue("winner_certificates", officer, link="https://a.vn/CODE", **round))
    kill(queue("result_papers", officer, papers=list(PAPERS), origin="https://a.vn", **round))
    kill(queue("auditor_bundle", officer, release=Release.objects.get().pk))


def corrected(kill: Kills, made: OpenContest) -> None:
    by = {"reason": "Sai đáp án", "user": made.organiser}
    correction: Correction = open_correction(round=made.round, now=timezone.now(), **by)
    pool = made.round.pools.get()
    amend_key(correction=correction, pool=pool, place=0, remedy=KeyRemedy.DROP, key=(), **by)
    params = {"round": made.round.pk, "correction": correction.pk}
    for kind in (correction_jobs.PREVIEW, correction_jobs.SUBMIT):
        kill(queue(kind, made.organiser, **params))
        do(queue(kind, made.organiser, **params))
    correction.refresh_from_db()
    approve_release(release=correction.release, user=made.reviewer, **CORRECTED)
    kill(Job.objects.get(kind=correction_jobs.APPLY), kills=2)


REASON = RevealReason.values[0]
ROLES = (Role.ORGANISER, Role.EXPORTER, Role.AUDITOR, Role.AUTHOR, Role.ADMINISTRATOR)


def test_every_kind_of_job_is_whole_or_has_not_happened(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(import_jobs, "READ_AT_ONCE", 0)
    monkeypatch.setattr(import_jobs, "STORE_AT_ONCE", 0)
    monkeypatch.setattr(rule_trials, "IN_A_JOB", 300)
    kill = Kills()
    listed = make_listed_contest()
    listed.enter("CB1")
    before_the_round(kill, listed, make_person("can.bo", *ROLES, unit=listed.made.unit))
    made = past_round()
    officer = make_person("can.bo.hai", *ROLES, unit=made.unit)
    from_close_to_release(kill, made, officer)
    after_the_release(kill, made, officer)
    corrected(kill, made)
    kinds = {code for code, _run, _title in (*WHOLE, *STEPWISE)}
    assert set(kill.done) == kinds - ELSEWHERE
