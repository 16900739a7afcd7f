"""Two authors, two reviewers, two imports at once: whoever wins, the bank stays whole."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.errors import Faults
from accounts.models import User
from quiz.domain import unused_media
from quiz.domain.banks import create_bank
from quiz.domain.item_import import import_drafts
from quiz.domain.item_review import approve_version, return_version
from quiz.domain.items import add_items, retire_version, save_item
from quiz.domain.media import keep_media
from quiz.domain.media_files import read_bytes
from quiz.domain.unused_media import KEPT_UNUSED, delete_media
from quiz.errors import ItemChanged, VersionDecided
from quiz.models import ItemBank, ItemVersion, MediaFile
from tests.concurrency.conftest import race
from tests.factories import make_draft, make_person, make_unit
from tests.media_samples import PNG

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def author() -> User:
    return make_person(Role.AUTHOR, unit=make_unit())


@pytest.fixture
def bank(author: User) -> ItemBank:
    return create_bank(name="Cải cách", unit=author.unit, user=author)


@pytest.fixture
def reviewer(author: User) -> User:
    return make_person(Role.REVIEWER, unit=author.unit)


def _slowly(act):
    """The same act a little later, so that others come in between."""

    def later(*args):
        time.sleep(0.05)
        return act(*args)

    return later


def outcomes(results: list) -> list[str]:
    return sorted(type(r).__name__ if isinstance(r, Exception) else "ok" for r in results)


def test_items_typed_at_once_get_numbers_of_their_own(bank, author):
    results = race(
        *[lambda n=n: save_item(bank=bank, draft=make_draft(n), author=author) for n in range(6)]
    )
    assert outcomes(results) == ["ok"] * 6
    assert list(bank.items.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_the_same_item_typed_twice_at_once_is_stored_once(bank, author):
    same = make_draft(1)
    results = race(*[lambda: save_item(bank=bank, draft=same, author=author)] * 4)
    assert outcomes(results) == [Faults.__name__] * 3 + ["ok"]
    assert bank.items.count() == 1


def test_the_same_workbook_imported_twice_at_once_is_stored_once(bank, author):
    drafts = [make_draft(n, sheet="Câu hỏi", row=n) for n in range(50)]
    results = race(*[lambda: import_drafts(bank=bank, drafts=drafts, author=author)] * 2)
    assert outcomes(results) == [Faults.__name__, "ok"]
    assert bank.items.count() == 50


def test_banks_of_one_name_made_at_once_all_come_to_be(author):
    def make() -> ItemBank:
        return create_bank(name="Chuyển đổi số", unit=author.unit, user=author)

    codes = sorted(bank.code for bank in race(*[make] * 4))
    assert codes == ["chuyen-doi-so", *(f"chuyen-doi-so-{n}" for n in (2, 3, 4))]


def test_two_decisions_at_once_are_one(bank, author, reviewer):
    version = save_item(bank=bank, draft=make_draft(1), author=author)
    second = make_person(Role.REVIEWER, unit=author.unit)
    now = timezone.now()

    def fresh() -> ItemVersion:
        return ItemVersion.objects.select_related("item__bank").get(pk=version.pk)

    results = race(
        lambda: approve_version(version=fresh(), user=reviewer, now=now),
        lambda: return_version(version=fresh(), user=second, reason="Xem lại"),
    )
    stored = fresh()
    if results[0] is None:
        assert (stored.state, stored.returned_because) == ("approved", "")
    else:
        assert (stored.state, stored.approved_by) == ("draft", None)
    assert outcomes(results) == [VersionDecided.__name__, "ok"]


def test_edits_from_one_version_at_once_tell_the_later_one(bank, author):
    item = save_item(bank=bank, draft=make_draft(1), author=author).item
    results = race(
        *[
            lambda n=n: save_item(bank=bank, draft=make_draft(n), author=author, item=item, base=1)
            for n in (2, 3)
        ]
    )
    assert outcomes(results) == [ItemChanged.__name__, "ok"]
    assert item.versions.count() == 2


def test_approval_against_edit_never_leaves_two_proposals(bank, author, reviewer):
    versions = add_items(bank=bank, drafts=[make_draft(n) for n in range(8)], author=author)
    for n, version in enumerate(versions):
        race(
            lambda v=version: approve_version(version=v, user=reviewer, now=timezone.now()),
            lambda v=version, n=n: save_item(
                bank=bank, draft=make_draft(100 + n), author=author, item=v.item
            ),
        )
        states = list(version.item.versions.order_by("number").values_list("state", flat=True))
        assert states in (["approved", "proposed"], ["draft", "proposed"])


def test_retiring_against_edit_leaves_the_newest_alone(bank, author):
    for n in range(6):
        version = save_item(bank=bank, draft=make_draft(n), author=author)
        race(
            lambda v=version: retire_version(version=v, user=author),
            lambda v=version, n=n: save_item(
                bank=bank, draft=make_draft(100 + n), author=author, item=v.item
            ),
        )
        states = list(version.item.versions.order_by("number").values_list("state", flat=True))
        assert states in (["retired", "proposed"], ["draft", "proposed"])


def test_a_picture_kept_again_while_it_is_thrown_away_keeps_its_bytes(
    bank, author, settings, tmp_path, monkeypatch
):
    """Whoever wins, each row that is left has bytes: the deletion is held where it once lost them,
    between its commit and the unlinking.
    """
    settings.MEDIA_ROOT = tmp_path

    def keep() -> MediaFile:
        return keep_media(bank=bank, content=PNG, user=author)

    monkeypatch.setattr(unused_media, "delete_bytes", _slowly(unused_media.delete_bytes))
    for _turn in range(5):
        file = keep()
        now = timezone.now() + KEPT_UNUSED + timedelta(minutes=1)
        results = race(lambda f=file, n=now: delete_media([f.pk], n), keep, keep)
        assert outcomes(results) == ["ok"] * 3
        for left in MediaFile.objects.all():
            assert read_bytes(left.sha256)
