"""What is said about an item reaches those it concerns, and shows what each version changed."""

import pytest

from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from quiz.domain.item_comments import add_comment, comments_of, count_unread, mark_read
from quiz.domain.item_history import PREFETCHED, version_changes
from quiz.domain.item_review import return_version
from quiz.domain.items import save_item
from quiz.domain.key_openings import open_keys, people_who_know
from tests.factories import make_bank, make_draft, make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    unit = make_unit()
    return {
        "author": make_person(Role.AUTHOR, unit=unit),
        "other": make_person(Role.AUTHOR, unit=unit),
        "reviewer": make_person(Role.REVIEWER, unit=unit),
        "elsewhere": make_person(Role.AUTHOR, Role.REVIEWER, unit=make_unit()),
    }


@pytest.fixture
def bank(people):
    author, reviewer = people["author"], people["reviewer"]
    return make_bank(unit=author.unit, author=author, reviewer=reviewer, drafts=[])


@pytest.fixture
def version(bank, people):
    return save_item(bank=bank, draft=make_draft(1), author=people["author"])


def unread(bank, people) -> dict[str, int]:
    counts = {
        name: sum(count_unread(user=user, bank=bank).values()) for name, user in people.items()
    }
    return {name: count for name, count in counts.items() if count}


def test_a_remark_is_news_to_those_it_concerns_until_they_see_it(bank, people, version):
    add_comment(version=version, text=" Câu này dài.\n- Cắt bớt ", user=people["reviewer"])
    assert unread(bank, people) == {"author": 1}
    mark_read(item=version.item, user=people["author"])
    assert unread(bank, people) == {}
    add_comment(version=version, text="Đã cắt", user=people["author"])
    assert unread(bank, people) == {"reviewer": 1}
    said = [(c.text, c.author, c.version) for c in comments_of(version.item)]
    assert said == [
        ("Câu này dài.\n- Cắt bớt", people["reviewer"], version),
        ("Đã cắt", people["author"], version),
    ]


def test_the_reason_of_a_return_is_part_of_the_thread(bank, people, version):
    return_version(version=version, user=people["reviewer"], reason="Đáp án chưa chắc")
    assert [c.text for c in comments_of(version.item)] == ["Đáp án chưa chắc"]
    assert unread(bank, people) == {"author": 1}


@pytest.mark.parametrize("text", ["", " \n", "x" * 2001])
def test_a_remark_says_something_and_not_too_much(people, version, text):
    with pytest.raises(Faults) as refused:
        add_comment(version=version, text=text, user=people["author"])
    assert [fault.code for fault in refused.value.faults] == ["comment_length"]


def test_only_who_may_see_keys_here_speaks(people, version):
    with pytest.raises(NotAllowed):
        add_comment(version=version, text="Xin chào", user=people["elsewhere"])


def changes(version, later) -> dict[str, str]:
    before, after = (
        each.item.versions.prefetch_related(*PREFETCHED).get(pk=each.pk)
        for each in (version, later)
    )
    mark = {"added": "+", "removed": "-", "same": ""}
    return {
        change.label: " ".join(mark[p.kind] + p.text for p in change.passages)
        for change in version_changes(before, after)
    }


def test_each_version_shows_what_it_changed_word_by_word(bank, people, version):
    draft = make_draft(
        1,
        stem="Câu hỏi thử nghiệm số 1 hỏi cái gì?",
        options=("Phương án m của câu 1", "Phương án khác", "Phương án p của câu 1"),
        key=frozenset({0}),
        citation="Luật 148/2025/QH15, Điều 3",
    )
    later = save_item(bank=bank, draft=draft, author=people["author"], item=version.item)
    found = changes(version, later)
    assert found["Câu dẫn"] == "Câu hỏi thử nghiệm số 1 hỏi -điều +cái gì?"
    assert found["Đáp án"] == "-B +A"
    assert found["Phương án D"].startswith("-Phương án q")
    assert found["Căn cứ"] == "+Luật 148/2025/QH15, Điều 3"
    assert "Phương án A" not in found
    assert "Chủ đề" not in found
    assert changes(later, later) == {}


def test_everyone_who_knows_keys_is_listed_with_how(bank, people, version):
    open_keys(bank=bank, user=people["reviewer"])
    open_keys(bank=bank, user=people["author"])
    assert {knower.user: knower.by for knower in people_who_know(bank=bank)} == {
        people["reviewer"]: ("shown",),
        people["author"]: ("shown", "wrote"),
    }
