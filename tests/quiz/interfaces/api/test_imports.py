"""Looking through a file by program: the page's acts, and the page's rule."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.domain.jobs import run_job
from accounts.models import Job
from quiz.domain.item_imports import KEPT_FOR
from quiz.interfaces.formats import import_jobs
from quiz.models import ItemImport, ItemMedia, ItemSource, KeyOpening
from tests.frontend.bank_pages import BankWorld, make_bank_world
from tests.media_samples import PNG
from tests.quiz.bank_workbooks import FAULTY, UNREADABLE, sound_book
from tests.quiz.item_readings import DOUBTFUL, read_item, start_import

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path) -> BankWorld:
    settings.MEDIA_ROOT = tmp_path
    return make_bank_world()


def send(world: BankWorld, data: bytes, **more):
    posted = {"file": SimpleUploadedFile("cau-hoi.xlsx", data), **more}
    return world.client(world.alice).post(f"/api/v1/work/banks/{world.bank.pk}/imports/", posted)


def call(world: BankWorld, session: str, path: str = "", **data):
    client, address = world.client(world.alice), f"/api/v1/work/imports/{session}/{path}"
    return (
        client.post(address, data, content_type="application/json") if path else client.get(address)
    )


def upload(world: BankWorld, data: bytes):
    posted = {"file": SimpleUploadedFile("so-do.png", data)}
    return world.client(world.alice).post(f"/api/v1/work/banks/{world.bank.pk}/media/", posted)


def test_a_picture_is_uploaded_and_shown_by_the_draft_that_names_it(world):
    assert upload(world, b"khong phai hinh").status_code == 422
    told = upload(world, PNG)
    assert (told.status_code, told.json()["kind"]) == (201, "image")
    session = start_import(world.bank, world.alice, read_item(1))
    picture = {"sha256": told.json()["sha256"], "place": -1, "alt": "Sơ đồ một cửa"}
    item = {"kind": "single", "stem": "Sơ đồ này là gì?", "options": ["A", "B"], "key": [0]}
    unknown = item | {"media": [picture | {"sha256": "0" * 64}]}
    address = str(session.public_id)
    refused = call(world, address, "drafts/1/", act="correct", version=1, item=unknown)
    assert refused.status_code == 422
    shown = item | {"media": [picture]}
    stored = call(world, address, "drafts/1/", act="correct", version=1, item=shown).json()
    assert stored["draft"]["media"][0]["alt"] == "Sơ đồ một cửa"
    call(world, address, "store/")
    assert ItemMedia.objects.get().file.sha256 == picture["sha256"]


def test_a_draft_comes_with_what_the_item_checks_advise(world):
    session = start_import(world.bank, world.alice, read_item(1, citation=""))
    address = f"{session.public_id}/"
    told = world.client(world.alice).get(f"/api/v1/work/imports/{address}drafts/").json()
    [finding] = told["results"][0]["findings"]
    assert (finding["code"], finding["severity"]) == ("no_citation", "advice")


def test_a_file_is_read_decided_on_and_stored(world):
    begun = send(world, FAULTY["key_unreadable"]).json()
    assert (begun["state"], begun["counts"]["certain"], begun["counts"]["faulty"]) == ("open", 1, 1)
    session = begun["id"]
    told = world.client(world.alice).get(f"/api/v1/work/imports/{session}/drafts/?group=faulty")
    (draft,) = told.json()["results"]
    assert ([f["code"] for f in draft["faults"]], draft["source"][:9]) == (
        ["key_unreadable"],
        "A3: Nội d",
    )
    assert draft["findings"] == []
    chosen = call(world, session, "drafts/2/", act="choose_key", version=1, key=[2]).json()
    assert (chosen["draft"]["key"], chosen["faults"], chosen["version"]) == ([2], [], 2)
    assert (
        call(world, session, "drafts/2/", act="accept", version=2).json()["decision"] == "accepted"
    )
    assert call(world, session, "accept-certain/").json() == {"count": 1}
    job = call(world, session, "store/")
    assert (job.status_code, job.json()["state"]) == (202, "done")
    assert call(world, session).json()["state"] == "stored"
    confirmed = ItemSource.objects.order_by("place").values_list("confirmed_by", flat=True)
    assert list(confirmed) == [None, world.alice.pk]
    assert KeyOpening.objects.filter(user=world.alice).exists()


def test_a_doubtful_key_is_never_taken_with_the_others(world):
    session = start_import(world.bank, world.alice, read_item(1, confidence=DOUBTFUL)).public_id
    assert call(world, session, "accept-certain/").json() == {"count": 0}
    job = call(world, session, "store/").json()
    assert (job["state"], job["error_code"]) == ("failed", "drafts_waiting")


def test_a_correction_and_what_is_left_out(world):
    items = (read_item(1), read_item(2), read_item(3))
    session = start_import(world.bank, world.alice, *items).public_id
    typed = {"kind": "single", "stem": "Mới?", "options": ["Một", "Hai"], "key": [1]}
    saved = call(world, session, "drafts/1/", act="correct", version=1, item=typed).json()
    assert (saved["decision"], saved["edited"], saved["draft"]["stem"]) == (
        "accepted",
        True,
        "Mới?",
    )
    unsound = typed | {"key": [5]}
    refused = call(world, session, "drafts/2/", act="correct", version=1, item=unsound)
    assert (refused.status_code, refused.json()["faults"][0]["code"]) == (422, "key_outside")
    assert call(world, session, "skip-waiting/").json() == {"count": 2}


@pytest.mark.parametrize(
    "data",
    [
        {"act": "accept"},
        {"act": "choose_key", "version": 1},
        {"act": "accept", "version": 1, "key": [1]},
        {"act": "store", "version": 1},
        {"act": "choose_key", "version": 1, "key": [99]},
    ],
)
def test_an_act_that_is_none_is_refused(world, data):
    session = start_import(world.bank, world.alice, read_item(1)).public_id
    assert call(world, session, "drafts/1/", **data).status_code == 400


def test_an_old_version_a_wrong_place_and_a_wrong_group_are_refused(world):
    session = start_import(world.bank, world.alice, read_item(1)).public_id
    call(world, session, "drafts/1/", act="skip", version=1)
    again = call(world, session, "drafts/1/", act="accept", version=1)
    assert (again.status_code, again.json()["code"]) == (409, "draft_changed")
    assert call(world, session, "drafts/9/", act="accept", version=1).status_code == 404
    client = world.client(world.alice)
    assert client.get(f"/api/v1/work/imports/{session}/drafts/?group=x").status_code == 404


@pytest.mark.parametrize("code", UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_and_forgotten(world, code):
    answer = send(world, UNREADABLE[code])
    assert answer.status_code in (413, 422)
    assert answer.json()["code"] in (code, "file_too_large")
    assert not ItemImport.objects.exists()


def test_a_big_file_is_with_the_worker_first(world, monkeypatch):
    monkeypatch.setattr(import_jobs, "READ_AT_ONCE", 10)
    begun = send(world, sound_book(2)).json()
    assert (begun["state"], begun["counts"]["all"]) == ("reading", 0)
    run_job(job_id=Job.objects.get().pk)
    assert call(world, begun["id"]).json()["counts"]["certain"] == 2


def test_an_import_can_be_thrown_away_and_ends_by_itself(world):
    past = timezone.now() - KEPT_FOR - timedelta(hours=1)
    old = start_import(world.bank, world.alice, read_item(1), now=past).public_id
    answer = call(world, old)
    assert (answer.status_code, answer.json()["code"]) == (410, "import_expired")
    session = start_import(world.bank, world.alice, read_item(2)).public_id
    client = world.client(world.alice)
    assert client.delete(f"/api/v1/work/imports/{session}/").status_code == 204
    assert call(world, session).status_code == 404
