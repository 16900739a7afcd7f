"""From a reading to stored items: all or none, and every one with its source."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.domain.retention import STORES, expire
from accounts.enums import Role
from accounts.errors import DomainError, Faults, NotAllowed
from accounts.models import AuditEntry
from quiz.domain import item_imports
from quiz.domain.banks import create_bank
from quiz.domain.import_decisions import DraftBook
from quiz.domain.item_import import import_drafts
from quiz.domain.item_imports import (
    KEPT_FOR,
    begin_import,
    discard_import,
    fill_import,
    store_import,
)
from quiz.domain.item_sources import Origin, source_of
from quiz.domain.items import save_item
from quiz.enums import ImportState
from quiz.errors import (
    DraftsWaiting,
    ImportClosed,
    KeyUnconfirmed,
    NothingAccepted,
    TooManyItems,
)
from quiz.interfaces.formats.reading import judged
from quiz.models import Item, ItemImport, ItemSource, ItemVersion
from quiz.readings import CERTAIN, Reading, Repair, RepairKind
from tests.factories import make_draft, make_person, make_unit
from tests.quiz.item_readings import DOUBTFUL, read_item, start_import

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_person(Role.AUTHOR, unit=make_unit())


@pytest.fixture
def bank(author):
    return create_bank(name="Cải cách", unit=author.unit, user=author)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def store(session, author) -> int:
    return store_import(session=session, user=author, now=timezone.now())


def test_accepted_items_are_stored_with_their_sources(bank, author):
    repair = Repair(RepairKind.LOOKALIKE, "topic", "Cƣ trú", "Cư trú")
    session = start_import(
        bank,
        author,
        read_item(1),
        read_item(2, confidence=DOUBTFUL, repairs=(repair,)),
        read_item(3),
    )
    book = DraftBook(session=session, user=author, now=timezone.now())
    book.accept(place=2, version=1)
    book.accept_certain()
    book.reopen(place=1, version=2)
    book.skip(place=1, version=3)
    assert store(session, author) == 2
    versions = list(ItemVersion.objects.order_by("item__number").select_related("source", "author"))
    assert [v.stem for v in versions] == [make_draft(2).stem, make_draft(3).stem]
    told = [
        (s.file_name, s.format, s.place, s.label, s.confidence, s.confirmed_by, len(s.repairs))
        for s in (version.source for version in versions)
    ]
    assert told == [
        ("de-cuong.docx", "word", 2, "Câu 2", DOUBTFUL, author, 1),
        ("de-cuong.docx", "word", 3, "Câu 3", CERTAIN, None, 0),
    ]
    assert versions[0].source.passage.startswith("Câu 2: Câu hỏi thử nghiệm số 2")
    assert {version.author for version in versions} == {author}
    session.refresh_from_db()
    assert (session.state, session.stored_count, session.drafts.count()) == ("stored", 2, 0)
    act = AuditEntry.objects.get(act="import_items")
    assert (act.actor_id, act.details["count"], act.details["confirmed"]) == (author.pk, 2, 1)


def test_the_source_stays_the_items_own_through_later_versions(bank, author):
    session = start_import(bank, author, read_item(1))
    DraftBook(session=session, user=author, now=timezone.now()).accept_certain()
    store(session, author)
    item = Item.objects.get()
    save_item(bank=bank, draft=make_draft(1, stem="Câu đã viết lại?"), author=author, item=item)
    assert source_of(item=item).label == "Câu 1"
    typed = save_item(bank=bank, draft=make_draft(7), author=author)
    assert source_of(item=typed.item) is None


def test_nothing_is_stored_while_something_waits(bank, author):
    session = start_import(bank, author, read_item(1), read_item(2))
    book = DraftBook(session=session, user=author, now=timezone.now())
    with pytest.raises(DraftsWaiting):
        store(session, author)
    book.accept(place=1, version=1)
    with pytest.raises(DraftsWaiting):
        store(session, author)
    book.skip(place=2, version=1)
    book.reopen(place=1, version=2)
    book.skip(place=1, version=3)
    with pytest.raises(NothingAccepted):
        store(session, author)
    assert not bank.items.exists()


def test_a_bank_that_changed_since_takes_none_and_the_import_stays_open(bank, author):
    session = start_import(bank, author, read_item(1), read_item(2))
    DraftBook(session=session, user=author, now=timezone.now()).accept_certain()
    save_item(bank=bank, draft=make_draft(2), author=author)
    with pytest.raises(Faults) as refused:
        store(session, author)
    assert [fault.place for fault in refused.value.faults] == ["Câu thứ 2 trong tệp"]
    session.refresh_from_db()
    assert (session.state, bank.items.count()) == (ImportState.OPEN, 1)


def test_an_import_is_stored_once(bank, author):
    session = start_import(bank, author, read_item(1))
    DraftBook(session=session, user=author, now=timezone.now()).accept_certain()
    store(session, author)
    with pytest.raises(ImportClosed):
        store(session, author)
    assert bank.items.count() == 1


def test_only_who_writes_items_here_begins_an_import(bank):
    reviewer = make_person(Role.REVIEWER, unit=bank.unit)
    with pytest.raises(NotAllowed):
        begin_import(
            bank=bank, user=reviewer, now=timezone.now(), file=ContentFile(b"x"), name="a.txt"
        )
    assert not ItemImport.objects.exists()


def test_more_items_than_a_person_can_look_through_are_refused(bank, author, monkeypatch):
    monkeypatch.setattr(item_imports, "MOST_ITEMS", 1)
    with pytest.raises(TooManyItems):
        start_import(bank, author, read_item(1), read_item(2))


def test_the_files_go_once_they_are_read(
    bank, author, tmp_path, django_capture_on_commit_callbacks
):
    session = begin_import(
        bank=bank,
        user=author,
        now=timezone.now(),
        file=ContentFile(b"mot", name="a.txt"),
        name="a.txt",
        key_file=ContentFile(b"hai", name="b.txt"),
    )
    kept = sorted(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert kept == [b"hai", b"mot"]
    with django_capture_on_commit_callbacks(execute=True):
        fill_import(session=session, reading=judged(Reading("text", (read_item(1),))))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_import_can_be_thrown_away_by_its_own_person(bank, author):
    session = start_import(bank, author, read_item(1))
    with pytest.raises(NotAllowed):
        discard_import(session=session, user=make_person(Role.AUTHOR, unit=bank.unit))
    discard_import(session=session, user=author)
    assert not ItemImport.objects.exists()


def test_an_import_nobody_ended_is_erased_with_its_files_after_its_time(
    bank, author, tmp_path, django_capture_on_commit_callbacks
):
    now = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        start_import(bank, author, read_item(1), now=now)
    begin_import(bank=bank, user=author, now=now, file=ContentFile(b"x", name="a"), name="a")
    ends = [now + KEPT_FOR - timedelta(hours=1), now + KEPT_FOR + timedelta(hours=1)]
    with django_capture_on_commit_callbacks(execute=True):
        assert [expire(store=STORES["item_imports"], now=end) for end in ends] == [0, 2]
    assert not ItemImport.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_database_itself_holds_that_a_doubtful_key_was_confirmed(bank, author):
    version = save_item(bank=bank, draft=make_draft(1), author=author)
    fields = {"file_name": "a", "format": "word", "place": 1, "passage": "a"}
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemSource.objects.create(version=version, confidence=99, **fields)


READ = st.builds(
    read_item,
    st.integers(1, 6),
    confidence=st.integers(0, 100),
    key=st.frozensets(st.integers(0, 4), max_size=2),
)
ACT = st.tuples(
    st.sampled_from(["accept", "skip", "reopen", "key", "certain", "rest"]), st.integers(1, 5)
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(items=st.lists(READ, min_size=1, max_size=5), acts=st.lists(ACT, max_size=12))
def test_whatever_is_read_and_done_no_doubtful_key_is_stored_unconfirmed(bank, author, items, acts):
    """And every stored version says from which passage it came."""
    with transaction.atomic():
        session = start_import(bank, author, *items)
        book = DraftBook(session=session, user=author, now=timezone.now())
        accepted_alone = set()
        for act, place in acts:
            if _done(session, book, act, place) and act == "accept":
                accepted_alone.add(place)
        _done(session, book, "rest", 0)
        refused = ""
        try:
            store(session, author)
        except DomainError as refusal:
            refused = refusal.code
        assert refused in ("", "faults", "nothing_accepted")
        assert ItemVersion.objects.exists() != bool(refused)
        for version in ItemVersion.objects.select_related("source"):
            source = version.source
            assert source.passage == items[source.place - 1].source
            assert source.confidence == items[source.place - 1].confidence
            if source.confidence < CERTAIN:
                assert source.place in accepted_alone
                assert source.confirmed_by == author
        transaction.set_rollback(True)


def _done(session, book: DraftBook, act: str, place: int) -> bool:
    """Whether the act was possible."""
    row = session.drafts.filter(place=place).first()
    version = row.version if row else 0
    try:
        with transaction.atomic():
            match act:
                case "certain":
                    book.accept_certain()
                case "rest":
                    book.skip_waiting()
                case "key":
                    book.choose_key(place=place, version=version, key=frozenset({place % 4}))
                case _:
                    getattr(book, act)(place=place, version=version)
    except DomainError:
        return False
    return True


def test_items_from_a_shell_or_api_pass_the_same_gate(bank, author):
    origin = Origin(file_name="a", format="word", place=1, passage="Câu 1", confidence=99)
    with pytest.raises(KeyUnconfirmed):
        import_drafts(bank=bank, drafts=[make_draft(1)], author=author, origins=[origin])
    assert not bank.items.exists()
