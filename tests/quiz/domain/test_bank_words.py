"""Topics and tags of a bank: renamed and merged without a new version of any item."""

import pytest

from accounts.enums import Role
from accounts.errors import Faults, NotAllowed
from quiz.domain.items import add_items, save_item
from quiz.domain.tags import delete_tag, read_tags, rename_tag, set_item_tags, tags_text
from quiz.domain.topics import contests_naming, merge_topics, rename_topic
from quiz.models import ItemVersion, Tag, Topic
from quiz.rules.document import BlueprintRow
from tests.factories import make_bank, make_contest, make_draft, make_person, make_rules, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit()


@pytest.fixture
def author(unit):
    return make_person(Role.AUTHOR, unit=unit)


@pytest.fixture
def bank(unit, author):
    reviewer = make_person(Role.REVIEWER, unit=unit)
    drafts = [
        make_draft(1, topic="Một cửa", tags=("khó nhớ", "2026")),
        make_draft(2, topic="Trực tuyến", tags=("2026",)),
    ]
    return make_bank(unit=unit, author=author, reviewer=reviewer, drafts=drafts)


def topic(name: str) -> Topic:
    return Topic.objects.get(name=name)


def tagged(bank) -> list[str]:
    return [tags_text(item) for item in bank.items.order_by("number")]


def refused(act, **kwargs) -> list[str]:
    with pytest.raises(Faults) as refusal:
        act(**kwargs)
    return [fault.code for fault in refusal.value.faults]


def test_typed_tags_are_each_taken_once():
    assert read_tags(" một cửa,Khó;khó\n một  cửa , ") == ("một cửa", "Khó")
    assert read_tags("") == ()


def test_tags_come_with_the_draft_and_stay_with_the_item(bank, author):
    assert tagged(bank) == ["2026, khó nhớ", "2026"]
    item = bank.items.first()
    save_item(bank=bank, draft=make_draft(1, stem="Hỏi lại?"), author=author, item=item)
    assert tagged(bank) == ["2026, khó nhớ", "2026"]  # a file without the column says nothing
    draft = make_draft(1, stem="Hỏi nữa?", tags=("KHÓ NHỚ",))
    save_item(bank=bank, draft=draft, author=author, item=item)
    assert (tagged(bank), Tag.objects.count()) == (["khó nhớ", "2026"], 2)


@pytest.mark.parametrize(
    ("tags", "code"), [(("x" * 61,), "tag_too_long"), (tuple("abcdefghijklmnopqrstu"), "many_tags")]
)
def test_tags_that_are_too_much_are_refused(bank, author, tags, code):
    assert refused(save_item, bank=bank, draft=make_draft(9, tags=tags), author=author) == [code]
    item = bank.items.first()
    assert refused(set_item_tags, item=item, tags=tags, user=author) == [code]


def test_tagging_needs_no_new_approval(bank, author, unit):
    item = bank.items.first()
    set_item_tags(item=item, tags=("mới",), user=author)
    assert (tagged(bank)[0], item.versions.count(), item.current.state) == ("mới", 1, "approved")
    with pytest.raises(NotAllowed):
        set_item_tags(item=item, tags=(), user=make_person(Role.REVIEWER, unit=unit))


def test_a_tag_renamed_to_one_that_exists_becomes_that_one(bank, author):
    left = rename_tag(tag=Tag.objects.get(name="khó nhớ"), name="2026", user=author)
    assert (left.name, tagged(bank), Tag.objects.count()) == ("2026", ["2026", "2026"], 1)
    rename_tag(tag=left, name="năm nay", user=author)
    assert tagged(bank) == ["năm nay", "năm nay"]
    for name in ("", "a,b", "x" * 61):
        assert refused(rename_tag, tag=left, name=name, user=author) == ["tag_name"]
    delete_tag(tag=left, user=author)
    assert tagged(bank) == ["", ""]


def test_a_renamed_topic_is_found_by_its_new_name_alone(bank, author):
    rename_topic(topic=topic("Một cửa"), name="Bộ phận một cửa liên thông", user=author)
    found = ItemVersion.objects.filter(item__bank=bank)
    numbers = [
        list(found.matching(t).values_list("item__number", flat=True))
        for t in ("lien thong", "truc tuyen")
    ]
    assert numbers == [[1], [2]]
    assert refused(rename_topic, topic=topic("Trực tuyến"), name=" ", user=author) == ["topic_name"]
    assert refused(
        rename_topic, topic=topic("Trực tuyến"), name="Bộ phận một cửa liên thông", user=author
    ) == ["topic_taken"]


def test_merged_topics_are_one(bank, author, unit):
    one, other = topic("Một cửa"), topic("Trực tuyến")
    assert refused(merge_topics, topic=one, into=one, user=author) == ["topic_not_other"]
    with pytest.raises(NotAllowed):
        merge_topics(topic=one, into=other, user=make_person(Role.REVIEWER, unit=unit))
    assert merge_topics(topic=one, into=other, user=author) == 1
    assert [v.topic.name for v in ItemVersion.objects.filter(item__bank=bank)] == ["Trực tuyến"] * 2
    assert ItemVersion.objects.matching("truc tuyen").filter(item__bank=bank).count() == 2
    elsewhere = add_items(
        bank=make_bank(unit=unit, author=author, reviewer=author, drafts=[]),
        drafts=[make_draft(1, topic="Nơi khác")],
        author=author,
    )[0].topic
    assert refused(merge_topics, topic=other, into=elsewhere, user=author) == ["topic_not_other"]


def test_papers_that_ask_for_a_topic_by_name_are_told_of():
    rows = [BlueprintRow(count=2, topic="Chủ đề thử nghiệm")]
    asking = make_contest(rules=make_rules(paper={"blueprint": rows}))
    plain = make_contest()
    named = [
        contests_naming(made.banks[0].topics.get(name="Chủ đề thử nghiệm"))
        for made in (asking, plain)
    ]
    assert named == [[asking.contest], []]
