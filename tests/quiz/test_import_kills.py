"""A worker killed in the middle of an import leaves the whole file in the bank, or nothing."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.enums import JobState, Role
from accounts.models import Job
from quiz.domain.banks import create_bank
from quiz.domain.import_decisions import DraftBook
from quiz.enums import ImportState
from quiz.interfaces.excel.item_import import queue_import
from quiz.interfaces.formats import import_jobs
from quiz.models import ItemBank, ItemImport, ItemSource
from tests.factories import make_person, make_unit
from tests.forked_kills import kill_ten_times
from tests.quiz.bank_workbooks import sound_book
from tests.quiz.item_readings import read_item, start_import

ROWS = 300
LOOKED_THROUGH = 150


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db(transaction=True)
def test_ten_killed_imports_leave_ten_whole_jobs():
    unit, data = make_unit(), sound_book(ROWS)
    author = make_person(Role.AUTHOR, unit=unit)

    def queue(number: int) -> Job:
        bank = create_bank(name=f"Ngân hàng {number}", unit=unit, user=author)
        return queue_import(
            bank=bank,
            open_file=lambda: ContentFile(data),
            name="cau-hoi.xlsx",
            user=author,
            now=timezone.now(),
        )

    def check(job: Job) -> None:
        bank = ItemBank.objects.get(pk=job.params["bank"])
        stored = bank.items.exclude(current=None).count()
        assert stored == (ROWS if job.state == JobState.DONE else 0)

    assert kill_ten_times(queue=queue, check=check) > 0


@pytest.mark.django_db(transaction=True)
def test_a_file_killed_while_it_is_read_is_there_to_look_through_or_not(monkeypatch):
    monkeypatch.setattr(import_jobs, "READ_AT_ONCE", 0)
    unit, data = make_unit(), sound_book(LOOKED_THROUGH)
    author = make_person(Role.AUTHOR, unit=unit)
    bank = create_bank(name="Ngân hàng", unit=unit, user=author)

    def queue(number: int) -> Job:
        file = ContentFile(data)
        return import_jobs.queue_reading(
            bank=bank, user=author, now=timezone.now(), file=file, name=f"{number}.xlsx"
        )[1]

    def check(job: Job) -> None:
        session = ItemImport.objects.get(pk=job.params["session"])
        read = job.state == JobState.DONE
        assert (session.state == ImportState.OPEN) == read
        assert session.drafts.count() == (LOOKED_THROUGH if read else 0)

    assert kill_ten_times(queue=queue, check=check) > 0


@pytest.mark.django_db(transaction=True)
def test_accepted_items_killed_while_they_are_stored_are_all_there_or_still_accepted(monkeypatch):
    monkeypatch.setattr(import_jobs, "STORE_AT_ONCE", 0)
    unit = make_unit()
    author = make_person(Role.AUTHOR, unit=unit)
    items = [read_item(number) for number in range(LOOKED_THROUGH)]

    def queue(number: int) -> Job:
        bank = create_bank(name=f"Ngân hàng {number}", unit=unit, user=author)
        session = start_import(bank, author, *items)
        DraftBook(session=session, user=author, now=timezone.now()).accept_certain()
        return import_jobs.queue_store(session=session, user=author, now=timezone.now())

    def check(job: Job) -> None:
        session = ItemImport.objects.get(pk=job.params["session"])
        stored = job.state == JobState.DONE
        found = ItemSource.objects.filter(version__item__bank=session.bank).count()
        assert found == session.bank.items.count() == (LOOKED_THROUGH if stored else 0)
        assert session.drafts.count() == (0 if stored else LOOKED_THROUGH)

    assert kill_ten_times(queue=queue, check=check) > 0
