"""What the item checks say of drafts before anything is stored: the same as of stored items."""

import pytest
from django.utils import timezone

from quiz.domain.import_checks import check_drafts
from quiz.domain.import_decisions import DraftBook
from quiz.domain.item_checks import places_alike
from quiz.domain.items import save_item
from quiz.models import ItemImport, LegalDocument
from tests.factories import make_draft
from tests.frontend.bank_pages import BankWorld, make_bank_world
from tests.quiz.item_readings import read_item, start_import

pytestmark = pytest.mark.django_db
ASKED = "Thời hạn giải quyết thủ tục đăng ký khai sinh tại xã là bao lâu?"
ASKED_AGAIN = "Thời hạn giải quyết thủ tục đăng ký khai sinh tại xã là bao nhiêu lâu?"
CITED = "khoản 1 Điều 5 Nghị định số 12/2021/NĐ-CP"


@pytest.fixture
def world(settings, tmp_path) -> BankWorld:
    settings.MEDIA_ROOT = tmp_path
    return make_bank_world()


def found(session: ItemImport) -> dict[int, list[str]]:
    """The codes of what is found, by place."""
    rows = list(session.drafts.judged(session.bank).order_by("place"))
    told = check_drafts(session, rows)
    return {place: [finding.code for finding in findings] for place, findings in told.items()}


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("twin_options", {"options": ("Một.", "Một", "Hai", "Ba"), "key": frozenset({2})}),
        ("loose_summary", {"options": ("Một", "Hai", "Cả A và B")}),
        (
            "longest_is_key",
            {
                "options": ("Ngắn", "Một phương án dài hơn hẳn mọi phương án khác", "Ba"),
                "key": frozenset({1}),
            },
        ),
        ("double_negation", {"stem": "Việc nào không phải là không được làm?"}),
        ("citation_outdated", {"citation": CITED}),
        ("no_citation", {"citation": ""}),
    ],
)
def test_each_check_speaks_of_a_draft_that_waits(world, code, fields):
    LegalDocument.objects.create(number="Nghị định 12/2021/NĐ-CP", needs_check=True)
    item = read_item(1, **{"citation": "Điều 3 Luật số 20/2008/QH12"} | fields)
    assert found(start_import(world.bank, world.alice, item)) == {1: [code]}


def test_nearly_equal_items_are_told_of_bank_and_file_alike(world):
    stored = make_draft(7, stem=ASKED, citation="Điều 1")
    save_item(bank=world.bank, draft=stored, author=world.alice)
    items = [read_item(1, stem=ASKED_AGAIN, citation="Điều 1"), read_item(2, citation="Điều 1")]
    items.append(read_item(3, stem=ASKED_AGAIN.replace("tại xã", "ở xã"), citation="Điều 1"))
    session = start_import(world.bank, world.alice, *items)
    one = [session.drafts.judged(world.bank).get(place=1)]
    [finding] = check_drafts(session, one)[1]
    assert {(each.name, each.item is None) for each in finding.neighbours} == {
        ("câu 1", False),
        ("câu thứ 3 trong tệp", True),
    }


def test_a_skipped_draft_is_nobodys_neighbour_and_is_told_nothing(world):
    items = [read_item(1, stem=ASKED, citation="Điều 1")]
    items.append(read_item(2, stem=ASKED_AGAIN, citation="Điều 1"))
    session = start_import(world.bank, world.alice, *items)
    assert found(session) == {1: ["repeated_stem"], 2: ["repeated_stem"]}
    DraftBook(session=session, user=world.alice, now=timezone.now()).skip(place=2, version=1)
    assert found(session) == {}


def test_what_is_a_fault_already_is_not_advised_on(world):
    """A draft without key, and the second of the very same items."""
    items = [read_item(1, key=frozenset(), citation="Điều 1")]
    items += [read_item(2, stem=ASKED, citation="Điều 1")] * 2
    assert found(start_import(world.bank, world.alice, *items)) == {2: ["repeated_stem"]}


def test_places_alike_are_those_of_the_file():
    drafts = [make_draft(1, stem=ASKED), make_draft(2), make_draft(3, stem=ASKED_AGAIN)]
    assert places_alike(drafts) == [[3], [], [1]]
