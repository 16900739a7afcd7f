"""Figures against people counted by hand, the entries behind each, and who may see them when."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.domain.jobs import run_job
from accounts.enums import JobState, UnitKind
from accounts.errors import NotAllowed
from accounts.models import Headcount, Job, OrgUnit
from quiz.domain import figures as module
from quiz.domain.figures import (
    Figures,
    count_figures,
    kept_figures,
    published_figures,
    queue_count,
    read_figures,
)
from quiz.domain.public_figures import public_figures
from quiz.domain.releases import approve_release, submit_for_signature
from quiz.enums import Sex
from quiz.errors import CountsSecret
from quiz.models import Attempt, Entrant, KeptFigures
from quiz.queries import participation
from quiz.rules.document import Criterion, PredictionRules
from tests.factories import OpenContest, make_open_contest, make_person, make_rules, make_unit
from tests.results_factory import Entry, Person, close, close_and_seal, make_entrants

pytestmark = pytest.mark.django_db
SECRET = make_rules(
    entry={"prediction": PredictionRules(who="took_part")},
    result={"chain": [Criterion(kind=k) for k in ("score", "prediction_error", "decision")]},
)


def world() -> OpenContest:
    """Two communes, an office below one of them; five persons, seven entries, one of them void."""
    here = make_unit(kind=UnitKind.COMMUNE)
    made = make_open_contest(unit=here)
    day = timezone.localdate(made.round.closes_at)
    office = OrgUnit.objects.create(code="vp", name="Văn phòng", kind=UnitKind.OFFICE, parent=here)
    ward = OrgUnit.objects.create(code="ph", name="Phường Buôn Hồ", kind=UnitKind.WARD)
    province = OrgUnit.objects.create(code="tinh", name="Tỉnh", kind=UnitKind.PROVINCE)
    people = [
        (here, day - timedelta(days=16 * 366), [Entry(), Entry(wrong=1)]),
        (office, date(day.year - 16, day.month, day.day), [Entry(wrong=2)]),
        (ward, date(1950, 1, 1), [Entry(wrong=5), Entry(voided=True)]),
        (province, None, [Entry(wrong=4)]),
        (ward, date(1985, 6, 1), [Entry(blank=5)]),
    ]
    entrants = make_entrants(
        made,
        [
            Person(full_name=f"Người {n}", unit=unit, birth_date=born, entries=entries)
            for n, (unit, born, entries) in enumerate(people)
        ],
    )
    for entrant in entrants[:3]:
        Entrant.objects.filter(pk=entrant.pk).update(sex=Sex.FEMALE)
    Headcount.objects.create(unit=ward, on_date=date(2026, 1, 1), count=2)
    return made


def counted(made: OpenContest) -> Figures:
    return count_figures(contest=made.contest, rounds=[made.round], now=timezone.now())


def table(figures: Figures, name: str) -> dict[str, tuple[int, int]]:
    return {row.label or row.value: (row.persons, row.entries) for row in figures.tables[name]}


def test_persons_and_entries_are_two_figures_by_every_part():
    made = world()
    close(made)
    found = counted(made)
    assert (found.persons, found.entries) == (5, 6)
    assert table(found, "commune") == {made.unit.name: (2, 3), "Phường Buôn Hồ": (2, 2), "": (1, 1)}
    assert table(found, "sex") == {"female": (3, 4), "": (2, 2)}
    assert table(found, "age") == {"1": (2, 3), "2": (1, 1), "4": (1, 1), "": (1, 1)}
    assert table(found, "round") == {made.round.name: (5, 6)}
    assert table(found, "band") == {"0": (1, 1), "1": (0, 1), "2": (1, 1), "3": (1, 1), "4": (2, 2)}
    for name in ("day", "hour", "group"):
        assert sum(row.entries for row in found.tables[name]) == 6


def test_a_birthday_on_the_last_day_makes_a_person_older():
    made = world()
    day = timezone.localdate(made.round.closes_at)
    born = date(day.year - 16, day.month, day.day)
    Entrant.objects.filter(full_name="Người 1").update(birth_date=born + timedelta(days=1))
    assert table(counted(made), "age")["0"] == (1, 1)


def test_every_figure_leads_to_just_its_entries():
    made = world()
    close(made)
    found = counted(made)
    ids, day = [made.round.pk], timezone.localdate(made.round.closes_at)
    rows = {name: rows for name, rows in found.tables.items() if name != "band"}
    for name, parts in rows.items():
        listed = []
        for part in parts:
            pks = participation.entries_of(name, part.value, ids, limit=50, day=day)
            people = Attempt.objects.filter(pk__in=pks).values("entrant").distinct()
            told = participation.count_of(name, part.value, ids, day=day)
            assert (len(people), len(pks)) == told == (part.persons, part.entries)
            listed += pks
        assert len(set(listed)) == found.entries == len(listed)
    for part in found.tables["band"]:
        pks = participation.entries_of("band", part.value, ids, limit=50)
        assert len(pks) == part.entries


def test_what_no_figure_has_leads_nowhere():
    made = world()
    assert participation.entries_of("sex", "'; DROP", [made.round.pk], limit=5) == []
    assert participation.count_of("unit", "0", [made.round.pk]) == (0, 0)


def test_units_stand_against_their_headcount():
    made = world()
    [ward] = [unit for unit in counted(made).units if unit.unit == "Phường Buôn Hồ"]
    assert (ward.part, ward.whole, ward.rate, ward.complete) == (2, 2, 1.0, True)
    [office] = [unit for unit in counted(made).units if unit.unit == "Văn phòng"]
    assert (office.rate, office.complete) == (None, False)


def test_oldest_and_youngest_are_by_birth_date():
    made = world()
    found = counted(made)
    names = dict(Entrant.objects.values_list("pk", "full_name"))
    assert names[found.oldest[0]] == "Người 2"
    assert names[found.youngest[0]] == "Người 1"
    assert len(found.oldest) == 4


def test_figures_survive_being_kept():
    made = world()
    found = counted(made)
    module.keep_counted(contest=made.contest, round=made.round, now=found.counted_at)
    assert kept_figures(contest=made.contest, round=made.round) == found
    module.keep_counted(contest=made.contest, round=made.round, now=found.counted_at)
    assert KeptFigures.objects.count() == 1


def test_secret_counts_stay_secret_until_the_seal():
    made = make_open_contest(rules=SECRET)
    now = timezone.now()
    with pytest.raises(CountsSecret):
        read_figures(contest=made.contest, round=made.round, user=made.organiser, now=now)
    with pytest.raises(CountsSecret):
        queue_count(contest=made.contest, round=None, user=made.organiser, now=now)
    with pytest.raises(NotAllowed):
        read_figures(contest=made.contest, round=None, user=make_person(), now=now)


def test_many_entries_are_counted_by_the_worker(monkeypatch):
    made = world()
    monkeypatch.setattr(module.are_many, "__kwdefaults__", {"most": 3})
    where = {"contest": made.contest, "round": None}
    assert read_figures(**where, user=made.organiser, now=timezone.now()) is None
    job = queue_count(**where, user=made.organiser, now=timezone.now())
    run_job(job_id=job.pk)
    found = read_figures(**where, user=made.organiser, now=timezone.now())
    assert (found.persons, found.entries) == (5, 6)


def released(people: int) -> OpenContest:
    made = make_open_contest()
    make_entrants(
        made,
        [
            Person(
                full_name=f"Người {n}",
                birth_date=date(1990 if n % 4 else 1950, 1, 1),
                entries=[Entry(seconds=n + 1)],
            )
            for n in range(people)
        ],
    )
    close_and_seal(made)
    now = timezone.now()
    release = submit_for_signature(round=made.round, user=made.organiser, now=now)
    approve_release(
        release=release,
        user=made.reviewer,
        decision_number="1/QĐ",
        decision_date=now.date(),
        now=now,
    )
    return made


def test_a_release_has_its_figures_counted_and_kept():
    made = released(8)
    job = Job.objects.get(kind=module.COUNT_FIGURES)
    run_job(job_id=job.pk)
    release = made.round.releases.get()
    release.refresh_from_db()
    assert published_figures(release=release).entries == 8
    assert KeptFigures.objects.get().round == made.round


def test_a_release_is_counted_while_a_later_round_is_still_secret(monkeypatch):
    made = released(3)
    Job.objects.all().delete()
    monkeypatch.setattr(module, "check_may_see_counts", refuse)
    where = {"contest": made.contest, "user": made.reviewer, "now": timezone.now()}
    job = queue_count(**where, round=made.round)
    assert run_job(job_id=job.pk).state == JobState.DONE
    assert kept_figures(contest=made.contest, round=made.round).persons == 3
    with pytest.raises(CountsSecret):
        queue_count(**where, round=None)


def refuse(**_asked) -> None:
    raise CountsSecret


def test_everybody_sees_no_row_of_fewer_than_ten():
    """Of 16 people four are above 60: nobody can tell how many from what is shown."""
    made = released(16)
    found = public_figures(release=made.round.releases.get())
    assert (found.persons, found.entries) == (16, 16)
    assert [
        part.persons for _title, parts in found.tables for part in parts if part.persons < 10
    ] == []
    assert "Theo độ tuổi" not in dict(found.tables)
