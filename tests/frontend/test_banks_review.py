"""Reviewing: one by one or the whole page, and never one's own."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Membership
from quiz.domain.banks import create_bank
from quiz.models import ItemVersion, LegalDocument
from tests.frontend.bank_pages import BankWorld, make_bank_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> BankWorld:
    return make_bank_world()


def review(world) -> str:
    return reverse("w-item-review", args=[world.bank.pk])


def states() -> list[str]:
    return list(ItemVersion.objects.order_by("pk").values_list("state", flat=True))


def test_reviewer_reads_each_proposal_with_its_key(world):
    world.add(1, 2, citation="NĐ 118/2025/NĐ-CP, Điều 1")
    response = world.client(world.rosa).get(review(world))
    assert [(row.version.item.number, row.key) for row in response.context["shown"]] == [
        (1, "B"),
        (2, "C"),
    ]
    assert "Nghị định 118/2025/NĐ-CP, Điều 1" in response.content.decode()


def test_first_page_leads_to_what_waits(world):
    world.add(1, 2)
    waiting = world.client(world.rosa).get(reverse("workplace")).context["waiting"]
    assert [(task.note, task.url) for task in waiting if task.title == "Duyệt câu hỏi"] == [
        ("Cải cách hành chính: 2 câu đang chờ bạn duyệt.", review(world))
    ]


def test_own_proposals_are_not_listed(world):
    Membership.objects.create(user=world.alice, unit=world.here, role=Role.REVIEWER)
    world.add(1)
    response = world.client(world.alice).get(review(world))
    assert (response.context["shown"], response.context["own"]) == ([], 1)
    assert "do chính bạn soạn" in response.content.decode()


def test_one_is_approved_and_one_returned(world):
    one, two = world.add(1, 2)
    client = world.client(world.rosa)
    client.post(review(world), {"version": one.pk, "decision": "approve"})
    client.post(review(world), {"version": two.pk, "decision": "return", "reason": "Sai đáp án"})
    assert states() == ["approved", "draft"]
    two.refresh_from_db()
    assert two.returned_because == "Sai đáp án"


def test_return_without_a_reason_keeps_the_proposal(world):
    version = world.add(1)[0]
    posted = {"version": version.pk, "decision": "return", "reason": "  "}
    response = world.client(world.rosa).post(review(world), posted)
    assert (response.status_code, states()) == (422, ["proposed"])
    assert "Chưa có lý do. Ghi lý do trả lại." in response.content.decode()


def test_reason_too_long_is_kept_in_the_form(world):
    version = world.add(1)[0]
    posted = {"version": version.pk, "decision": "return", "reason": "Dài " * 200}
    response = world.client(world.rosa).post(review(world), posted)
    assert response.status_code == 422
    assert ("Dài " * 200).strip() in response.content.decode()


def test_what_was_decided_meanwhile_is_said(world):
    version = world.add(1)[0]
    client = world.client(world.rosa)
    posted = {"version": version.pk, "decision": "approve"}
    client.post(review(world), posted)
    response = client.post(review(world), posted)
    assert (response.status_code, response.context["refusal"].code) == (409, "version_decided")


@pytest.mark.parametrize("posted", ["", "x", "0", "9" * 30])
def test_no_such_version_goes_back_to_the_list(world, posted):
    response = world.client(world.rosa).post(review(world), {"version": posted}, follow=True)
    assert response.redirect_chain == [(review(world), 302)]
    assert "Chưa ghi quyết định nào" in response.content.decode()


def test_version_of_another_bank_is_out_of_reach(world):
    version = world.add(1)[0]
    other = create_bank(name="Khác", unit=world.here, user=world.alice)
    path = reverse("w-item-review", args=[other.pk])
    world.client(world.rosa).post(path, {"version": version.pk, "decision": "approve"})
    bulk = reverse("w-item-approve-all", args=[other.pk])
    world.client(world.rosa).post(bulk, {"version": [version.pk]})
    assert states() == ["proposed"]


def test_unchecked_document_blocks_and_shows_where_to_go(world):
    LegalDocument.objects.create(number="Nghị định 42/2022/NĐ-CP", needs_check=True)
    version = world.add(1, citation="NĐ 42/2022/NĐ-CP")[0]
    client = world.client(world.rosa)
    page = client.get(review(world))
    assert (page.context["approvable"], reverse("w-documents") in page.content.decode()) == (
        [],
        True,
    )
    response = client.post(review(world), {"version": version.pk, "decision": "approve"})
    assert (response.status_code, response.context["refusal"].code) == (409, "validity_unchecked")
    assert states() == ["proposed"]


def test_whole_page_is_approved_and_nothing_beyond_it(world):
    world.add(*range(1, 24))
    client = world.client(world.rosa)
    seen = client.get(review(world)).context["approvable"]
    assert len(seen) == 20
    response = client.post(
        reverse("w-item-approve-all", args=[world.bank.pk]), {"version": seen}, follow=True
    )
    assert states() == ["approved"] * 20 + ["proposed"] * 3
    assert [str(message) for message in response.context["messages"]] == ["Đã duyệt 20 câu."]


def test_bulk_approval_says_what_was_left(world):
    one, two = world.add(1, 2)
    client = world.client(world.rosa)
    client.post(review(world), {"version": one.pk, "decision": "approve"})
    posted = {"version": [one.pk, two.pk]}
    bulk = reverse("w-item-approve-all", args=[world.bank.pk])
    response = client.post(bulk, posted, follow=True)
    assert [str(message) for message in response.context["messages"]][-2:] == [
        "Đã duyệt 1 câu.",
        "Câu 1 vừa được người khác quyết định.",
    ]


def test_bulk_approval_with_ones_own_is_refused_whole(world):
    theirs = world.add(1)[0]
    own = world.add(2, author=world.rosa)[0]
    bulk = reverse("w-item-approve-all", args=[world.bank.pk])
    response = world.client(world.rosa).post(bulk, {"version": [theirs.pk, own.pk]})
    assert (response.status_code, states()) == (403, ["proposed", "proposed"])
