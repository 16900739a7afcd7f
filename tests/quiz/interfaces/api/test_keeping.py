"""Tags, remarks and legal documents through the API: the pages' rules and nothing else."""

import pytest

from accounts.errors import Faults
from quiz.domain.items import save_item
from quiz.domain.media import keep_media
from quiz.drafts import STEM, Media
from quiz.models import LegalDocument
from tests.factories import make_draft
from tests.frontend.bank_pages import BankWorld, make_bank_world
from tests.media_samples import PNG

pytestmark = pytest.mark.django_db
OLD = "Nghị định 61/2018/NĐ-CP"


@pytest.fixture
def world(settings, tmp_path) -> BankWorld:
    settings.MEDIA_ROOT = tmp_path
    return make_bank_world()


def call(world: BankWorld, user, method: str, path: str, data: dict | None = None):
    send = getattr(world.client(user), method)
    return send(f"/api/v1/work/{path}", data, content_type="application/json")


def test_an_item_is_told_with_its_tags_pictures_and_basis(world):
    sha256 = keep_media(bank=world.bank, content=PNG, user=world.alice).sha256
    media = (Media(STEM, "image", sha256, "Biển báo"),)
    draft = make_draft(1, tags=("một cửa",), media=media, citation=OLD)
    save_item(bank=world.bank, draft=draft, author=world.alice)
    document = LegalDocument.objects.get()
    sent = {"effective_to": "2025-11-25", "replaced_by": "NĐ 118/2025/NĐ-CP", "title": "Một cửa"}
    answer = call(world, world.rosa, "put", f"documents/{document.pk}/describe/", sent)
    assert (answer.status_code, answer.json()["replaced_by"]) == (200, "Nghị định 118/2025/NĐ-CP")
    (row,) = (
        world.client(world.alice)
        .get(f"/api/v1/work/banks/{world.bank.pk}/items/")
        .json()["results"]
    )
    assert (row["tags"], row["basis_ends_on"]) == (["một cửa"], "2025-11-25")
    assert row["media"] == [{"place": -1, "kind": "image", "sha256": sha256, "alt": "Biển báo"}]


def test_remarks_are_read_and_written(world):
    version = world.add(1)[0]
    path = f"versions/{version.pk}/comments/"
    assert call(world, world.alice, "post", path, {"text": "Xem lại"}).status_code == 201
    (said,) = world.client(world.rosa).get(f"/api/v1/work/{path}").json()
    assert (said["version"], said["author"], said["text"]) == (
        1,
        world.alice.full_name,
        "Xem lại",
    )
    refused = call(world, world.alice, "post", path, {"text": "x" * 2001})
    assert (refused.status_code, refused.json()["code"]) == (422, Faults.code)
    assert call(world, world.bob, "post", path, {"text": "Xin chào"}).status_code == 404


def test_tags_are_put_as_a_whole(world):
    version = world.add(1, tags=("cũ",))[0]
    path = f"versions/{version.pk}/tags/"
    answer = call(world, world.alice, "put", path, {"tags": ["một cửa", "khó"]})
    assert sorted(answer.json()["tags"]) == ["khó", "một cửa"]
    assert call(world, world.rosa, "put", path, {"tags": []}).status_code == 403


def test_a_clause_ends_and_an_approval_says_why(world):
    version = world.add(1, citation=f"{OLD}, Điều 5")[0]
    document = LegalDocument.objects.get()
    sent = {"clause": "khoản 1 Điều 5", "effective_to": "2025-01-01"}
    assert (
        call(world, world.rosa, "post", f"documents/{document.pk}/clauses/", sent).status_code
        == 201
    )
    approve = f"versions/{version.pk}/approve/"
    refused = call(world, world.rosa, "post", approve, {})
    assert (refused.status_code, refused.json()["code"]) == (409, "basis_ended")
    done = call(world, world.rosa, "post", approve, {"right_because": "Nội dung không đổi"})
    assert (done.status_code, done.json()["state"]) == (200, "approved")
