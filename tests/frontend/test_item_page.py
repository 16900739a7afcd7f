"""The page of an item: its thread, its history, its legal basis; and the pages about its bank."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from quiz.domain.item_review import approve_version
from quiz.domain.items import save_item
from quiz.domain.validity import Description, describe_document
from quiz.models import Item, ItemVersion, LegalDocument, Topic
from tests.factories import make_draft
from tests.frontend.bank_pages import BankWorld, make_bank_world
from tests.people import make_person

pytestmark = pytest.mark.django_db

OLD = "Nghị định 61/2018/NĐ-CP"


@pytest.fixture
def world() -> BankWorld:
    return make_bank_world()


def path(world, name, *args) -> str:
    return reverse(name, args=[world.bank.pk, *args])


def item_on_old(world, number: int = 1) -> ItemVersion:
    return world.add(number, citation=f"{OLD}, Điều 5")[0]


def end_old(world, *, by: str = "Nghị định 118/2025/NĐ-CP") -> LegalDocument:
    document = LegalDocument.objects.get(number=OLD)
    yesterday = timezone.localdate() - timedelta(days=1)
    description = Description(effective_to=yesterday, replaced_by=by)
    describe_document(document=document, description=description, user=world.rosa)
    return document


def test_remarks_stand_with_the_item_and_are_news_to_its_author(world):
    version = world.add(1)[0]
    rosa, alice = world.client(world.rosa), world.client(world.alice)
    comment = path(world, "w-item-comment", version.item_id)
    rosa.post(comment, {"text": "Câu dẫn <b>dài</b>"})
    assert "Ý kiến mới" in alice.get(path(world, "w-bank")).content.decode()
    assert "1 ý kiến bạn chưa đọc" in alice.get(reverse("workplace")).content.decode()
    page = alice.get(path(world, "w-item", version.item_id)).content.decode()
    assert "Câu dẫn &lt;b&gt;dài&lt;/b&gt;" in page
    assert "Ý kiến mới" not in alice.get(path(world, "w-bank")).content.decode()
    refused = rosa.post(comment, {"text": " "})
    assert (refused.status_code, refused.context["refusal"].code) == (422, "faults")


def test_history_marks_words_that_came_and_went(world):
    version = world.add(1)[0]
    draft = make_draft(1, stem="Câu hỏi thử nghiệm số 1 hỏi cái gì?")
    save_item(bank=world.bank, draft=draft, author=world.alice, item=version.item)
    page = world.client(world.alice).get(path(world, "w-item", version.item_id)).content.decode()
    assert "<del>điều</del> <ins>cái</ins> gì?" in page


def test_an_item_on_an_ended_basis_is_flagged_and_decided_about(world):
    version = item_on_old(world)
    world.add(2)
    approve_version(version=version, user=world.rosa, now=timezone.now())
    document = end_old(world)
    rosa = world.client(world.rosa)
    listed = rosa.get(f"{path(world, 'w-bank')}?basis=ended")
    assert [row.pk for row in listed.context["page"].object_list] == [version.pk]
    item = path(world, "w-item", version.item_id)
    assert f"{OLD}, Điều 5: hết hiệu lực từ" in rosa.get(item).content.decode()
    keep = path(world, "w-item-keep", version.item_id)
    assert world.client(world.alice).post(keep, {"reason": "Vẫn đúng"}).status_code == 403
    refused = rosa.post(keep, {"reason": ""})
    assert refused.status_code == 422
    rosa.post(keep, {"reason": "Quy định giữ nguyên"})
    page = rosa.get(item).content.decode()
    assert "Quy định giữ nguyên" in page
    assert not rosa.get(f"{path(world, 'w-bank')}?basis=ended").context["page"].object_list
    assert document.number in rosa.get(reverse("w-documents")).content.decode()


def test_a_proposal_on_an_ended_basis_is_approved_by_saying_why(world):
    version = item_on_old(world)
    end_old(world)
    rosa, review = world.client(world.rosa), path(world, "w-item-review")
    assert rosa.get(review).context["approvable"] == []
    refused = rosa.post(review, {"version": version.pk, "decision": "approve"})
    assert (refused.status_code, refused.context["refusal"].code) == (409, "basis_ended")
    rosa.post(
        review,
        {"version": version.pk, "decision": "approve", "right_because": "Nội dung không đổi"},
    )
    version.refresh_from_db()
    assert version.state == "approved"


def test_a_document_is_described_and_tells_whom_it_flags(world):
    version = item_on_old(world)
    document = version.citations.get().document
    rosa = world.client(world.rosa)
    page = reverse("w-document", args=[document.pk])
    assert make_draft(1).stem in rosa.get(page).content.decode()
    describe = reverse("w-document-describe", args=[document.pk])
    sent = {
        "title": "Về cơ chế một cửa",
        "issued_on": "23/04/2018",
        "effective_from": "21/06/2018",
        "effective_to": "25/11/2025",
        "replaced_by": "NĐ 118/2025/NĐ-CP",
    }
    wrong = rosa.post(describe, sent | {"effective_to": "31/02/2025"})
    assert (wrong.status_code, "31/02/2025" in wrong.content.decode()) == (422, True)
    wrong = rosa.post(describe, sent | {"effective_to": ""})
    assert "Chưa có ngày bị thay thế" in wrong.content.decode()
    done = rosa.post(describe, sent, follow=True).content.decode()
    assert "1 nơi dẫn văn bản này được gắn cờ" in done
    document.refresh_from_db()
    assert (document.title, document.replaced_by.number) == (
        "Về cơ chế một cửa",
        "Nghị định 118/2025/NĐ-CP",
    )
    alice = world.client(world.alice)
    assert (alice.get(page).status_code, alice.get(page).context["checks"]) == (200, False)


def test_a_clause_ends_and_comes_back(world):
    document = item_on_old(world).citations.get().document
    rosa = world.client(world.rosa)
    clause = reverse("w-clause-end", args=[document.pk])
    refused = rosa.post(clause, {"clause": "Chương II", "effective_to": "01/01/2025"})
    assert (refused.status_code, "khoản 2 Điều 5" in refused.content.decode()) == (422, True)
    rosa.post(clause, {"clause": "Điều 5", "effective_to": "01/01/2025", "note": "Bãi bỏ"})
    ended = f"{path(world, 'w-bank')}?basis=ended"
    assert len(rosa.get(ended).context["page"].object_list) == 1
    rosa.post(reverse("w-clause-back", args=[document.pk, document.clause_ends.get().pk]))
    assert len(rosa.get(ended).context["page"].object_list) == 0


def test_topics_and_tags_are_changed_on_one_page(world):
    world.add(1, topic="Một", tags=("nhãn",))
    world.add(2, topic="Hai")
    one, two = Topic.objects.order_by("pk")
    tag = world.bank.tags.get()
    alice = world.client(world.alice)
    words = alice.get(path(world, "w-bank-words"))
    assert [(topic.name, count) for topic, count in words.context["topics"]] == [
        ("Hai", 1),
        ("Một", 1),
    ]
    alice.post(path(world, "w-topic", one.pk), {"name": "Ba"})
    refused = alice.post(path(world, "w-topic", one.pk), {"name": "Hai"})
    assert (refused.status_code, "đã có chủ đề “Hai”" in refused.content.decode()) == (422, True)
    alice.post(path(world, "w-topic", one.pk), {"into": two.pk})
    alice.post(path(world, "w-tag", tag.pk), {"name": "nhãn mới"})
    assert list(Topic.objects.values_list("name", flat=True)) == ["Hai"]
    assert world.bank.tags.get().name == "nhãn mới"
    alice.post(path(world, "w-tag", tag.pk), {"delete": "1"})
    assert not world.bank.tags.exists()
    assert alice.post(path(world, "w-topic", two.pk), {"into": "x"}).status_code == 404


def test_who_knows_keys_is_told_to_organisers_without_keys(world):
    version = world.add(1, options=("ĐÁNH-DẤU-1", "ĐÁNH-DẤU-2"), key=frozenset({0}))[0]
    world.client(world.rosa).get(path(world, "w-item", version.item_id))
    organiser = make_person("oanh", Role.ORGANISER, unit=world.here)
    page = world.client(organiser).get(path(world, "w-key-openings"))
    assert [(user, by) for user, by, _since in page.context["rows"]] == [
        (world.rosa, "được xem đáp án"),
        (world.alice, "soạn câu hỏi"),
    ]
    assert "ĐÁNH-DẤU" not in page.content.decode()


def test_tags_are_changed_on_the_page_of_the_item(world):
    version = world.add(1)[0]
    world.client(world.alice).post(
        path(world, "w-item-tags", version.item_id), {"tags": "một cửa, khó"}
    )
    item = Item.objects.get(pk=version.item_id)
    assert ([t.name for t in item.tags.all()], item.versions.count()) == (["khó", "một cửa"], 1)
