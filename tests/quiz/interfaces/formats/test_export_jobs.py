"""Items leave a bank against the right to see keys, counted, noted, with what was left behind."""

from dataclasses import replace

import pytest
from django.utils import timezone

from accounts.domain.jobs import run_job
from accounts.enums import JobState, Role
from accounts.errors import NotAllowed
from accounts.models import AuditEntry, Job
from quiz.domain.item_exports import NothingToExport, drafts_of, versions_to_export
from quiz.domain.items import add_items, retire_version, save_item
from quiz.enums import ItemState
from quiz.interfaces.formats import export_jobs
from quiz.interfaces.formats.export_jobs import UnknownFormat, queue_item_export
from quiz.interfaces.formats.gift_read import read_gift
from quiz.interfaces.formats.writers import WRITERS
from quiz.models import KeyOpening, Topic
from tests.factories import make_draft, make_person
from tests.frontend.bank_pages import BankWorld, make_bank_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path) -> BankWorld:
    settings.MEDIA_ROOT = tmp_path
    return make_bank_world()


def export(world: BankWorld, format: str, **wanted) -> Job:
    asked = {"approved": False, "topic": None, "user": world.rosa} | wanted
    job = queue_item_export(bank=world.bank, format=format, now=timezone.now(), **asked)
    return run_job(job_id=job.pk)


def test_a_stored_item_is_the_draft_it_was(world: BankWorld) -> None:
    draft = make_draft(
        1,
        citation="Nghị định 118/2025/NĐ-CP, khoản 2 Điều 1\nLuật Thử nghiệm, Điều 3",
        rationale="Vì thế.",
        fixed_order=True,
        checked_by="Lê Bình",
    )
    add_items(bank=world.bank, drafts=[draft], author=world.alice)
    (found,) = drafts_of(versions_to_export(bank=world.bank))
    assert found == replace(draft, row=1)


def test_drafts_are_fetched_in_as_many_statements_for_one_as_for_many(
    world: BankWorld, django_assert_num_queries
) -> None:
    cited = {"citation": "Luật Thử nghiệm, Điều 3"}
    for numbers in ((1,), (2, 3, 4)):
        world.add(*numbers, **cited)
        with django_assert_num_queries(5):
            list(drafts_of(versions_to_export(bank=world.bank)))


@pytest.mark.parametrize("format", WRITERS)
def test_each_format_gives_a_file_with_its_count(world: BankWorld, format: str) -> None:
    world.add(1, 2, 3)
    job = export(world, format)
    assert job.state == JobState.DONE, job.error
    assert (job.result["rows"], job.result["left_out"]) == (3, 0)
    assert job.result["message"].startswith("Đã xuất 3 trên 3 câu.")
    assert job.file_name == f"cau-hoi-{world.bank.code}{WRITERS[format].suffix}"
    assert job.file.size > 100


def test_the_file_holds_the_newest_version_of_what_is_in_use(world: BankWorld) -> None:
    first, second, third = world.add(1, 2, 3)
    retire_version(version=second, user=world.alice)
    save_item(bank=world.bank, draft=make_draft(9), author=world.alice, item=first.item)
    with export(world, "gift").file.open("rb") as file:
        stems = [item.draft.stem for item in read_gift(file, name="x").items]
    assert stems == [make_draft(9).stem, third.stem]


def test_only_approved_items_or_only_a_topic_where_asked(world: BankWorld) -> None:
    first, _second = world.add(1, 2)
    world.add(3, topic="Một cửa")
    first.item.versions.update(state=ItemState.APPROVED)
    assert export(world, "gift", approved=True).result["rows"] == 1
    topic = Topic.objects.get(name="Một cửa")
    assert export(world, "gift", topic=topic).result["rows"] == 1


def test_what_was_not_carried_is_kept_with_the_finished_job(world: BankWorld) -> None:
    world.add(1, kind="multiple")
    world.add(2)
    job = export(world, "aiken")
    assert job.state == JobState.DONE
    assert (job.result["rows"], job.result["left_out"]) == (1, 1)
    assert [fault["code"] for fault in job.faults] == ["left_out", "not_carried"]
    assert job.faults[1]["place"].startswith("Câu 2 (")
    assert job.result["message"] == (
        "Đã xuất 1 trên 2 câu. 1 câu có phần định dạng này không mang được."
    )


def test_keys_are_noted_as_seen_and_the_diary_tells_who_took_what(world: BankWorld) -> None:
    world.add(1, 2)
    job = export(world, "qti")
    assert KeyOpening.objects.filter(bank=world.bank, user=world.rosa).exists()
    told = AuditEntry.objects.get(act="export_items")
    assert (told.actor, told.subject_id, told.unit_id) == (
        world.rosa,
        world.bank.pk,
        world.here.pk,
    )
    assert told.details == {"rows": 2, "format": "qti", "job": job.pk}


def test_without_the_right_to_see_keys_nothing_is_queued(world: BankWorld) -> None:
    world.add(1)
    for person in (world.adam, world.bob):
        with pytest.raises(NotAllowed):
            export(world, "gift", user=person)
    assert not Job.objects.exists()


def test_a_right_taken_away_before_the_job_ran_gives_no_file(world: BankWorld) -> None:
    world.add(1)
    rosa = make_person("rosa-2", Role.REVIEWER, unit=world.here)
    job = queue_item_export(
        bank=world.bank, format="gift", approved=False, topic=None, user=rosa, now=timezone.now()
    )
    rosa.memberships.all().delete()
    ended = run_job(job_id=job.pk)
    assert (ended.state, ended.error_code, str(ended.file)) == (JobState.FAILED, "not_allowed", "")
    assert not KeyOpening.objects.filter(user=rosa).exists()


def test_a_file_that_is_not_what_the_bank_counts_is_not_handed_out(
    world: BankWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add(1, 2)
    monkeypatch.setattr(export_jobs, "drafts_of", lambda found: [*drafts_of(found)][1:])
    job = export(world, "gift")
    assert (job.state, job.error_code, str(job.file)) == (JobState.FAILED, "items_changed", "")
    assert not AuditEntry.objects.filter(act="export_items").exists()


def test_an_empty_choice_and_an_unknown_format_are_refused(world: BankWorld) -> None:
    with pytest.raises(NothingToExport):
        export(world, "gift")
    world.add(1)
    with pytest.raises(NothingToExport):
        export(world, "gift", approved=True)
    with pytest.raises(UnknownFormat):
        export(world, "pdf")
