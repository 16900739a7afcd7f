"""The form of an item: its files, its tags, and what is left unfinished."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quiz.domain.media import media_of
from quiz.models import ItemVersion, MediaFile, UnfinishedItem
from tests.factories import make_draft
from tests.frontend.bank_pages import BankWorld, make_bank_world
from tests.media_samples import MP3, PNG, PNG_TELLING

pytestmark = pytest.mark.django_db

TYPED = {
    "kind": "single",
    "stem": "Biển nào chỉ Bộ phận Một cửa?",
    "option": ["Biển thứ nhất", "Biển thứ hai", "", ""],
    "key": ["1"],
    "tags": "một cửa, biển báo",
}
PICTURE = sha256(PNG).hexdigest()


def upload(content: bytes = PNG_TELLING, name: str = "anh.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def world() -> BankWorld:
    return make_bank_world()


def path(world, name, *args) -> str:
    return reverse(name, args=[world.bank.pk, *args])


def shown(version: ItemVersion) -> list[tuple[int, str, str]]:
    return [(each.place, each.sha256, each.alt) for each in media_of(version)]


def test_files_are_stored_with_their_words_and_the_item_tagged(world):
    sent = TYPED | {
        "file-stem-image": upload(),
        "alt-stem-image": "Bốn biển báo",
        "file-stem-sound": upload(MP3, "doc.mp3"),
        "alt-stem-sound": "Lời đọc",
        "file-1-image": upload(PNG, "biển.jpg"),
        "alt-1-image": "Biển xanh",
    }
    client = world.client(world.alice)
    response = client.post(path(world, "w-item-new"), sent)
    version = ItemVersion.objects.get()
    assert response["Location"] == path(world, "w-item", version.item_id)
    assert shown(version) == [
        (-1, PICTURE, "Bốn biển báo"),
        (-1, sha256(MP3).hexdigest(), "Lời đọc"),
        (1, PICTURE, "Biển xanh"),
    ]
    assert [tag.name for tag in version.item.tags.all()] == ["biển báo", "một cửa"]
    page = client.get(response["Location"]).content.decode()
    assert page.count(path(world, "w-media", PICTURE)) == 2
    assert "biển báo" in page


def test_the_next_version_begins_with_the_files_of_the_last(world):
    client = world.client(world.alice)
    first = TYPED | {"file-1-image": upload(), "alt-1-image": "Biển xanh"}
    client.post(path(world, "w-item-new"), first)
    item = ItemVersion.objects.get().item
    edit = path(world, "w-item-edit", item.pk)
    assert f'name="kept-1-image" value="{PICTURE}"' in client.get(edit).content.decode()
    again = {"base": "1", "kept-1-image": PICTURE, "alt-1-image": "Biển màu xanh"}
    client.post(edit, TYPED | again)
    gone = {"base": "2", "kept-1-image": PICTURE, "alt-1-image": "Biển", "drop-1-image": "1"}
    client.post(edit, TYPED | gone)
    versions = item.versions.order_by("number")
    assert [shown(version) for version in versions] == [
        [(1, PICTURE, "Biển xanh")],
        [(1, PICTURE, "Biển màu xanh")],
        [],
    ]


def test_a_file_chosen_stays_whatever_else_is_refused(world):
    sent = TYPED | {"key": [], "file-0-image": upload(), "alt-0-image": ""}
    response = world.client(world.alice).post(path(world, "w-item-new"), sent)
    page = response.content.decode()
    assert (response.status_code, ItemVersion.objects.count()) == (422, 0)
    assert f'name="kept-0-image" value="{PICTURE}"' in page
    assert "chưa có mô tả bằng lời" in page


@pytest.mark.parametrize(
    ("place", "content"), [("0-image", b"<svg/>"), ("stem-sound", b"RIFF"), ("0-image", MP3)]
)
def test_a_file_that_is_no_such_thing_is_refused_with_a_sentence(world, place, content):
    sent = TYPED | {f"file-{place}": upload(content), f"alt-{place}": "Mô tả"}
    response = world.client(world.alice).post(path(world, "w-item-new"), sent)
    assert (response.status_code, ItemVersion.objects.count()) == (422, 0)
    assert ("Không dùng được tệp này" in response.content.decode()) == (content != MP3)


def test_adding_an_option_keeps_the_files(world):
    sent = TYPED | {"add_option": "1", "file-0-image": upload(), "alt-0-image": "Biển"}
    page = world.client(world.alice).post(path(world, "w-item-new"), sent).content.decode()
    assert f'name="kept-0-image" value="{PICTURE}"' in page


def test_what_is_unfinished_asks_nobody_and_goes_on_where_it_was_left(world):
    client = world.client(world.alice)
    half = {"kind": "single", "stem": "Câu viết dở", "option": ["Một", ""], "key": ["1"]}
    half |= {"unfinished": "1", "tags": "nháp", "file-0-image": upload(), "alt-0-image": "Hình"}
    response = client.post(path(world, "w-item-new"), half)
    assert response["Location"] == path(world, "w-bank")
    assert (ItemVersion.objects.count(), UnfinishedItem.objects.count()) == (0, 1)
    kept = UnfinishedItem.objects.get()
    go_on = f"{path(world, 'w-item-new')}?viet-do={kept.pk}"
    assert go_on in client.get(path(world, "w-bank")).content.decode()
    form = client.get(go_on).context["form"]
    assert (form["stem"].value(), form["tags"].value()) == ("Câu viết dở", "nháp")
    assert [(row["text"], row["right"]) for row in form.rows[:2]] == [("Một", False), ("", True)]
    assert (form.rows[0]["slot"].sha256, form.rows[0]["slot"].alt) == (PICTURE, "Hình")
    client.post(go_on, half | {"stem": "Câu viết dở hơn", "kept-0-image": PICTURE})
    assert UnfinishedItem.objects.get().document["fields"]["stem"] == "Câu viết dở hơn"
    client.post(go_on, TYPED)
    assert (ItemVersion.objects.get().stem, UnfinishedItem.objects.count()) == (TYPED["stem"], 0)
    assert MediaFile.objects.count() == 1


def test_an_approved_item_stays_in_use_while_its_next_version_is_unfinished(world):
    version = world.add(1)[0]
    client, edit = world.client(world.alice), path(world, "w-item-edit", version.item_id)
    client.post(edit, TYPED | {"stem": "Viết dở", "unfinished": "1", "base": "1"})
    client.post(edit, TYPED | {"stem": "Viết dở nữa", "unfinished": "1", "base": "1"})
    version.item.refresh_from_db()
    assert (version.item.current, UnfinishedItem.objects.count()) == (version, 1)
    page = client.get(edit)
    assert (page.context["form"]["stem"].value(), page.context["form"]["base"].value()) == (
        "Viết dở nữa",
        "1",
    )
    client.post(edit, TYPED | {"base": "1"})
    assert (version.item.versions.count(), UnfinishedItem.objects.count()) == (2, 0)


def test_nobody_else_finds_what_is_unfinished(world):
    world.client(world.alice).post(path(world, "w-item-new"), TYPED | {"unfinished": "1"})
    kept = UnfinishedItem.objects.get()
    discard = path(world, "w-unfinished-discard", kept.pk)
    assert world.client(world.rosa).post(discard).status_code == 403
    page = world.client(world.rosa).get(path(world, "w-bank")).content.decode()
    assert TYPED["stem"] not in page
    world.client(world.alice).post(discard)
    assert UnfinishedItem.objects.count() == 0


def test_tags_filter_the_list(world):
    world.add(1, tags=("một cửa",))
    world.add(2)
    tag = world.bank.tags.get()
    page = world.client(world.alice).get(f"{path(world, 'w-bank')}?tag={tag.name}").content.decode()
    assert (make_draft(1).stem in page, make_draft(2).stem in page) == (True, False)
