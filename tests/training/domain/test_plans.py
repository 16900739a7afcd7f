"""Communication plans: who makes them, who proves what was done, when a task is done or late."""

from datetime import UTC, date, datetime

import pytest

from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from accounts.models import AuditEntry
from tests.people import make_person
from tests.training.courses import make_file
from tests.training.enrolment_world import make_province
from tests.training.library import make_material
from tests.training.plan_world import NOW, TODAY, make_plan, make_task, prove
from training.domain.files import start_upload
from training.domain.library_errors import ReasonMissing
from training.domain.plan_errors import (
    EvidenceMissing,
    EvidenceTwice,
    PlanInUse,
    PlanTaken,
    TargetNotReached,
    TaskDone,
    TaskInUse,
    TaskNotDone,
    ThingNotFound,
)
from training.domain.plan_evidence import remove_evidence
from training.domain.plan_reading import read_tasks
from training.domain.plan_tasks import confirm_task, delete_task, explain_task, reopen_task
from training.domain.plan_things import find_thing, things_seen
from training.domain.plans import copy_plan, delete_plan
from training.engine.plan_progress import sight_of_day
from training.enums import DueSpan, FileKind, FileState, MaterialKind, PlanThing
from training.models import CommunicationPlan, PlanEvidence, PlanTask, TrainingFile
from training.permissions import seen_plans, seen_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_province()


@pytest.fixture
def plan(world):
    return make_plan(world.top, world.organiser)


def state_of(task):
    (line,) = read_tasks(tasks=PlanTask.objects.filter(pk=task.pk), sight=sight_of_day(TODAY))
    return str(line.state), line.progress.reached


def test_the_organiser_makes_a_plan_and_nobody_else(world, plan):
    auditor = make_person("kiem-tra", Role.AUDITOR, unit=world.top)
    for person in (world.lead_an, auditor):
        with pytest.raises(NotAllowed):
            make_plan(world.top, person, title="Khác")
    with pytest.raises(PlanTaken):
        make_plan(world.top, world.organiser)
    with pytest.raises(Faults):
        make_plan(world.top, world.organiser, title=" ", answer_days=400)
    assert list(seen_plans(auditor)) == [plan]
    assert AuditEntry.objects.filter(act="create_communication_plan").count() == 1


def test_a_commune_sees_of_a_plan_from_above_what_it_has_to_do(world, plan):
    make_task(plan, world.top)
    own = make_task(plan, world.commune)
    assert list(seen_plans(world.lead_binh)) == []
    assert list(seen_plans(world.lead_an)) == [plan]
    assert list(seen_tasks(world.lead_an)) == [own]
    assert seen_tasks(world.organiser).count() == 2


def test_tasks_go_to_the_plans_unit_and_those_below(world):
    plan = make_plan(world.commune, world.organiser)
    with pytest.raises(Faults):
        make_task(plan, world.sibling)
    assert make_task(plan, world.commune).position == 1
    assert make_task(plan, world.commune).position == 2
    with pytest.raises(Faults):
        make_task(plan, world.commune, position=2)


def test_a_task_goes_from_waiting_to_done_by_evidence_and_confirmation(world, plan):
    task = make_task(plan, world.commune, "Quý IV", "3 tin bài")
    assert state_of(task) == ("waiting", 0)
    with pytest.raises(EvidenceMissing):
        confirm_task(task=task, note="", user=world.organiser, now=NOW)
    prove(task, world.lead_an, amount=2, happened_on=date(2026, 11, 2))
    assert state_of(task) == ("doing", 2)
    with pytest.raises(TargetNotReached):
        confirm_task(task=task, note="", user=world.organiser, now=NOW)
    with pytest.raises(NotAllowed):
        confirm_task(task=task, note="Đủ", user=world.lead_an, now=NOW)
    confirm_task(task=task, note="Một bài hoãn", user=world.organiser, now=NOW)
    assert state_of(task) == ("done", 2)
    assert (task.done_on, task.confirmed_by) == (date(2026, 11, 2), world.organiser)
    for act in (
        lambda: prove(task, world.lead_an),
        lambda: confirm_task(task=task, note="", user=world.organiser, now=NOW),
        lambda: remove_evidence(evidence=task.evidence.get(), user=world.lead_an),
        lambda: explain_task(task=task, reason="x", user=world.lead_an),
    ):
        with pytest.raises(TaskDone):
            act()
    with pytest.raises(ReasonMissing):
        reopen_task(task=task, reason=" ", user=world.organiser)
    reopen_task(task=task, reason="Nhầm nhiệm vụ", user=world.organiser)
    assert state_of(task) == ("doing", 2)
    with pytest.raises(TaskNotDone):
        reopen_task(task=task, reason="Nhầm", user=world.organiser)


def test_evidence_is_kept_by_the_unit_that_has_the_task(world, plan):
    task = make_task(plan, world.commune)
    assert state_of(task) == ("late", 0)
    for stranger in (world.lead_binh, world.an):
        with pytest.raises(NotAllowed):
            prove(task, stranger)
        with pytest.raises(NotAllowed):
            explain_task(task=task, reason="Bận", user=stranger)
    explain_task(task=task, reason="Chờ kinh phí", user=world.lead_an)
    proof = prove(task, world.lead_an)
    assert PlanTask.objects.get().late_reason == "Chờ kinh phí"
    remove_evidence(evidence=proof, user=world.lead_an)
    assert not PlanEvidence.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"note": ""},
        {"link": "http://example.vn/bai"},
        {"link": "javascript:alert(1)"},
        {"happened_on": date(2026, 11, 24)},
        {"note": "x" * 1001},
        {"amount": -1},
    ],
)
def test_evidence_that_shows_nothing_is_refused(world, plan, given):
    task = make_task(plan, world.commune)
    with pytest.raises(Faults):
        prove(task, world.lead_an, **given)
    assert not PlanEvidence.objects.exists()


def test_a_file_is_evidence_unless_it_is_found_unfit(world, plan):
    task = make_task(plan, world.commune)
    file = make_file(world.commune, world.lead_an, FileKind.PDF)
    assert prove(task, world.lead_an, note="", file=file).file == file
    TrainingFile.objects.filter(pk=file.pk).update(state=FileState.REFUSED)
    assert state_of(task) == ("late", 0)
    with pytest.raises(EvidenceMissing):
        confirm_task(task=task, note="", user=world.organiser, now=NOW)


def test_a_lead_sends_files_for_their_own_unit(world, media_folder):
    given = {"name": "bien-ban.pdf", "size": 10, "now": NOW}
    assert start_upload(unit=world.commune, user=world.lead_an, **given).unit == world.commune
    with pytest.raises(NotAllowed):
        start_upload(unit=world.sibling, user=world.lead_an, **given)


def test_what_the_program_holds_counts_by_itself_once_it_is_public(world, plan):
    task = make_task(plan, world.top, "Quý IV", "2 video")
    draft = make_material(
        world.top, world.organiser, kind=MaterialKind.VIDEO, text="Phim", published=False
    )
    with pytest.raises(ThingNotFound):
        find_thing(kind=PlanThing.MATERIAL, pk=draft.pk, user=world.organiser)
    film = make_material(world.top, world.organiser, kind=MaterialKind.VIDEO, text="Phim")
    text = make_material(world.top, world.organiser, text="Bài")
    with pytest.raises(ThingNotFound):
        find_thing(kind=PlanThing.MATERIAL, pk=film.pk, user=world.lead_an)
    assert {thing.pk for thing in things_seen(world.organiser)} >= {film.pk, text.pk}
    for material in (film, text):
        thing = find_thing(kind=PlanThing.MATERIAL, pk=material.pk, user=world.organiser)
        prove(task, world.organiser, note="", thing=thing)
    with pytest.raises(EvidenceTwice):
        prove(task, world.organiser, note="", thing=thing)
    assert state_of(task) == ("doing", 1)
    film.delete()
    assert state_of(task) == ("doing", 0)
    assert task.evidence.first().thing_title == film.title


def test_a_copy_has_the_same_tasks_a_year_on_and_no_evidence(world, plan):
    task = make_task(plan, world.commune, "Quý III", "3 lớp")
    prove(task, world.lead_an)
    made = copy_plan(plan=plan, year=2027, user=world.organiser, now=NOW)
    assert (made.title, made.number, made.year) == (
        "Kế hoạch truyền thông cải cách hành chính năm 2027",
        "",
        2027,
    )
    copied = made.tasks.get()
    assert (copied.due_on, copied.due_span, copied.target_number) == (
        date(2027, 9, 30),
        DueSpan.QUARTER,
        3,
    )
    assert not copied.evidence.exists()
    with pytest.raises(PlanTaken):
        copy_plan(plan=plan, year=2027, user=world.organiser, now=NOW)


def test_what_has_evidence_is_not_thrown_away(world, plan):
    task = make_task(plan, world.commune)
    proof = prove(task, world.lead_an)
    with pytest.raises(TaskInUse):
        delete_task(task=task, user=world.organiser)
    with pytest.raises(PlanInUse):
        delete_plan(plan=plan, user=world.organiser)
    remove_evidence(evidence=proof, user=world.lead_an)
    delete_task(task=task, user=world.organiser)
    with pytest.raises(NotAllowed):
        delete_plan(plan=plan, user=world.lead_an)
    delete_plan(plan=plan, user=world.organiser)
    assert not CommunicationPlan.objects.exists()


def test_a_day_of_something_to_come_is_today(world, plan):
    thing = make_material(world.top, world.organiser, text="Bài")
    thing.published_at = datetime(2026, 12, 24, tzinfo=UTC)
    thing.save()
    task = make_task(plan, world.top)
    found = find_thing(kind=PlanThing.MATERIAL, pk=thing.pk, user=world.organiser)
    assert prove(task, world.organiser, thing=found).happened_on == TODAY
