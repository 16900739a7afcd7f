"""Looking through a file: what the page shows, what each button does, with and without script."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from accounts.domain.jobs import run_job
from accounts.enums import Role
from accounts.models import Job
from quiz.domain.item_imports import KEPT_FOR
from quiz.enums import DraftDecision
from quiz.interfaces.formats import import_jobs
from quiz.models import ItemImport, ItemVersion, KeyOpening
from quiz.readings import Repair, RepairKind
from tests.factories import make_draft
from tests.frontend.bank_pages import BankWorld, make_bank_world
from tests.people import make_person
from tests.quiz.bank_workbooks import FAULTY, UNREADABLE, sound_book
from tests.quiz.interfaces.excel.item_workbooks import saved
from tests.quiz.item_readings import DOUBTFUL, read_item, start_import

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def world(settings, tmp_path) -> BankWorld:
    settings.MEDIA_ROOT = tmp_path
    return make_bank_world()


@pytest.fixture
def session(world) -> ItemImport:
    repair = Repair(RepairKind.LETTER_PREFIX, "option:0", "A. Một", "Một")
    mended = read_item(3, options=("Một", "Hai", "Ba"), key=frozenset({1}), repairs=(repair,))
    items = (read_item(1), read_item(2, confidence=DOUBTFUL), mended)
    return start_import(world.bank, world.alice, *items)


def path(session: ItemImport, name: str = "w-import", **more: int) -> str:
    known = {"pk": session.bank_id, "session": session.public_id}
    return reverse(name, kwargs=known | more)


def act(world, session, place: int, what: str, version: int = 1, **extra):
    data = {"version": version, "act": what, **extra.pop("data", {})}
    address = path(session, "w-import-draft", place=place)
    return world.client(world.alice).post(address, data, **extra)


def decisions(session: ItemImport) -> list[int]:
    return list(session.drafts.order_by("place").values_list("decision", flat=True))


def test_each_draft_stands_beside_its_source_with_the_evidence(world, session):
    page = world.client(world.alice).get(path(session)).content.decode()
    for text in (
        "Câu 1: Câu hỏi thử nghiệm số 1 hỏi điều gì?",
        "B: dòng “Đáp án” (in đậm)",
        "Cần xác nhận đáp án (60 %)",
        "<del>A. </del>",
        "Giữ như trong tệp",
        "Nhận cả 2 câu chắc chắn",
    ):
        assert text in page, text
    assert KeyOpening.objects.filter(user=world.alice, bank=world.bank).exists()


def test_a_draft_shows_what_the_item_checks_advise(world):
    told = read_item(1, options=("Một", "Hai", "Cả A và B"), citation="Điều 1")
    session = start_import(world.bank, world.alice, told)
    page = world.client(world.alice).get(path(session)).content.decode()
    assert "Phương án C “Cả A và B” nói về các phương án khác." in page
    fixed = act(world, session, 1, "accept", **HTMX).content.decode()
    assert "nói về các phương án khác" not in fixed


PAPERS = (("Câu", "Mã 001", "Mã 002"), (1, "A", "B"), (2, "B", "A"))
TWO_ITEMS = "Câu 1: Hỏi một?\nA. Một\nB. Hai\nCâu 2: Hỏi hai?\nA. Ba\nB. Bốn\n"


def workbook_of(rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def test_the_paper_of_a_key_file_is_picked_and_the_file_read_again(world):
    posted = {
        "text": TWO_ITEMS,
        "key_file": SimpleUploadedFile("dap-an.xlsx", workbook_of(PAPERS)),
    }
    client = world.client(world.alice)
    page = client.post(reverse("w-item-import", args=[world.bank.pk]), posted, follow=True)
    session = world.bank.imports.get()
    assert "chọn mã ứng với tệp câu hỏi này" in page.content.decode()
    for column, expected in (("Mã 002", [[1], [0]]), ("Mã 001", [[0], [1]])):
        page = client.post(path(session, "w-import-key-column"), {"column": column}, follow=True)
        assert f"Đang dùng “{column}”" in page.content.decode()
        found = session.drafts.order_by("place").values_list("document__draft__key", flat=True)
        assert list(found) == expected
    client.post(path(session, "w-import-key-column"), {"column": "Mã 009"})
    session.refresh_from_db()
    assert (session.key_column, session.state, bool(session.upload)) == ("Mã 001", "open", True)


def test_a_decision_goes_back_to_its_place_on_the_page(world, session):
    back = f"{path(session)}?nhom=all"
    answer = act(world, session, 2, "accept", data={"back": back})
    assert (answer.status_code, answer["Location"]) == (302, f"{back}#cau-2")
    elsewhere = act(world, session, 1, "skip", data={"back": "https://la.example/"})
    assert elsewhere["Location"] == f"{path(session)}#cau-1"
    assert decisions(session) == [
        DraftDecision.SKIPPED,
        DraftDecision.ACCEPTED,
        DraftDecision.WAITING,
    ]


def test_with_script_only_the_draft_and_the_counts_are_drawn_again(world, session):
    answer = act(world, session, 2, "accept", data={"group": "waiting"}, **HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<article") == 1
    assert 'id="tom-tat" hx-swap-oob="true"' in page
    assert answer.context["counts"]["accepted"] == 1


def test_every_act_is_one_button(world, session):
    assert act(world, session, 3, "repair:0:off", **HTMX).status_code == 200
    assert act(world, session, 3, "repair:0:on", 2, **HTMX).status_code == 200
    assert act(world, session, 3, "key:2", 3, **HTMX).context["draft"].key == "C"
    assert act(world, session, 3, "accept", 4, **HTMX).context["draft"].accepted
    assert act(world, session, 3, "reopen", 5, **HTMX).context["draft"].waiting


@pytest.mark.parametrize("what", ["", "key:", "key:x", "repair:9:on", "repair::", "store"])
def test_an_act_that_is_none_changes_nothing(world, session, what):
    assert act(world, session, 1, what, **HTMX).status_code == 404
    assert session.drafts.filter(version=1).count() == 3


def test_the_second_of_two_tabs_sees_the_draft_as_it_is_now(world, session):
    act(world, session, 1, "skip", **HTMX)
    answer = act(world, session, 1, "accept", **HTMX)
    assert (answer.status_code, answer.context["draft"].refusal.code) == (409, "draft_changed")
    told = world.client(world.alice)
    address = path(session, "w-import-draft", place=1)
    page = told.post(address, {"version": 1, "act": "accept"}, follow=True).content.decode()
    assert "vừa được thay đổi ở một nơi khác" in page
    assert decisions(session)[0] == DraftDecision.SKIPPED


def test_a_correction_is_typed_in_the_items_form(world, session):
    client, address = world.client(world.alice), path(session, "w-import-draft-edit", place=2)
    form = client.get(address, **HTMX).context["form"]
    assert form.initial["stem"] == make_draft(2).stem
    typed = {"base": 1, "kind": "single", "stem": "", "option": ["Một", "Hai"], "key": ["1"]}
    refused = client.post(address, typed, **HTMX)
    assert (refused.status_code, "stem" in refused.context["form"].errors) == (422, True)
    twin = client.post(
        address, typed | {"stem": make_draft(1).stem, "option": make_draft(1).options}
    )
    assert (twin.status_code, "giống" in str(twin.context["form"].errors).lower()) == (422, False)
    assert "Trùng với câu thứ 1" in twin.content.decode()
    saved = client.post(address, typed | {"stem": "Câu đã sửa?"}, **HTMX)
    assert saved.status_code == 200
    assert (saved.context["draft"].accepted, saved.context["draft"].row.edited) == (True, True)


def test_a_correction_of_an_old_version_is_told(world, session):
    act(world, session, 2, "skip", **HTMX)
    address = path(session, "w-import-draft-edit", place=2)
    typed = {"base": 1, "kind": "single", "stem": "Mới?", "option": ["Một", "Hai"], "key": ["1"]}
    answer = world.client(world.alice).post(address, typed, **HTMX)
    assert (answer.status_code, answer.context["form"].data["base"]) == (422, 2)


def test_all_that_is_certain_is_taken_in_one_act_and_the_rest_left_out(world, session):
    client = world.client(world.alice)
    client.post(path(session, "w-import-many"), {"act": "accept_certain"})
    client.post(path(session, "w-import-many"), {"act": "skip_waiting"})
    answer = client.post(path(session, "w-import-store"))
    assert answer["Location"] == reverse("w-bank", args=[world.bank.pk])
    assert ItemVersion.objects.filter(item__bank=world.bank).count() == 2
    page = client.get(path(session))
    assert "Đã lưu 2 câu từ tệp này" in page.content.decode()


def test_storing_too_early_is_refused_with_what_is_missing(world, session):
    answer = world.client(world.alice).post(path(session, "w-import-store"))
    job = Job.objects.get(kind=import_jobs.STORE_JOB)
    assert answer["Location"] == reverse("w-job", args=[job.public_id])
    assert (job.error_code, world.bank.items.exists()) == ("drafts_waiting", False)


def test_a_group_is_shown_in_stretches_that_stay_put_while_one_decides(world):
    session = start_import(world.bank, world.alice, *(read_item(n) for n in range(1, 46)))
    client, shown = world.client(world.alice), []
    address = path(session)
    while address:
        page = client.get(address)
        places = [draft.row.place for draft in page.context["shown"]]
        shown += places
        for place in places[:5]:
            act(world, session, place, "skip", **HTMX)
        address = page.context["next"]
    assert shown == list(range(1, 46))
    earlier = client.get(path(session) + "?nhom=waiting&tu=41").context["previous"]
    assert earlier.endswith("?nhom=waiting&tu=16")


@pytest.mark.parametrize("query", ["?nhom=la", "?tu=x", "?tu=999999999999", "?tu=-3"])
def test_a_mistyped_address_shows_something_sensible(world, session, query):
    assert world.client(world.alice).get(path(session) + query).status_code == 200


def test_the_last_item_decided_leads_on_to_storing(world, session):
    client = world.client(world.alice)
    client.post(path(session, "w-import-many"), {"act": "skip_waiting"})
    assert "Đã quyết định hết các câu" in client.get(path(session)).content.decode()


def test_an_import_is_nobody_elses(world, session):
    colleague = make_person("cora", Role.AUTHOR, unit=world.here)
    seen = [world.client(who).get(path(session)).status_code for who in (colleague, world.bob)]
    assert seen == [404, 404]


def test_an_import_whose_time_is_over_says_so(world):
    past = timezone.now() - KEPT_FOR
    session = start_import(world.bank, world.alice, read_item(1), now=past)
    answer = world.client(world.alice).get(path(session))
    assert (answer.status_code, "hết hạn" in answer.content.decode()) == (410, True)


def test_an_import_can_be_thrown_away(world, session):
    answer = world.client(world.alice).post(path(session, "w-import-discard"))
    assert answer["Location"] == reverse("w-item-import", args=[world.bank.pk])
    assert not ItemImport.objects.exists()


def test_what_was_begun_is_found_again_on_the_import_page(world, session):
    page = world.client(world.alice).get(reverse("w-item-import", args=[world.bank.pk]))
    assert [s.pk for s in page.context["sessions"]] == [session.pk]
    assert "còn 3/3 câu" in page.content.decode()


def send(world: BankWorld, **data):
    return world.client(world.alice).post(reverse("w-item-import", args=[world.bank.pk]), data)


def look(world: BankWorld, data: bytes):
    token = send(world, file=SimpleUploadedFile("cau-hoi.xlsx", data)).context["token"]
    address = reverse("w-item-import-look", args=[world.bank.pk])
    return world.client(world.alice).post(address, {"token": token})


@pytest.mark.parametrize("code", ["key_unreadable", "no_key", "key_outside", "duplicate_in_file"])
def test_a_workbook_with_unclear_keys_can_be_settled_on_the_page(world, code):
    answer = look(world, FAULTY[code])
    session = ItemImport.objects.get()
    assert answer["Location"] == path(session)
    page = world.client(world.alice).get(path(session))
    told = [[fault.code for fault in draft.problems] for draft in page.context["shown"]]
    assert told[0] == [] if code == "duplicate_in_file" else told == [[], [code]]
    row = session.drafts.get(place=2)
    assert row.source.startswith("A3: Nội dung của câu hỏi thứ 2 là gì?\nB3: Phương án một của 2")


def test_a_workbook_that_is_all_clear_may_be_looked_through_too(world):
    look(world, sound_book(3))
    page = world.client(world.alice).get(path(ItemImport.objects.get()))
    assert page.context["counts"]["certain"] == 3


@pytest.mark.parametrize("code", UNREADABLE)
def test_a_file_that_cannot_be_read_leaves_no_import(world, code):
    key_file = SimpleUploadedFile("dap-an.txt", b"1-A")
    answer = send(world, file=SimpleUploadedFile("a.xlsx", UNREADABLE[code]), key_file=key_file)
    assert answer.status_code in (413, 422)
    assert answer.context["refusal"].code in (code, "file_too_large")
    assert not ItemImport.objects.exists()


def test_pasted_text_and_its_answers_are_read_together(world):
    text = "Câu 1: Một tuần có mấy ngày?\nA. Năm\nB. Bảy\n\nCâu 2: Hỏi?\nA. Có\nB. Không\n"
    answers = SimpleUploadedFile("dap-an.txt", b"1-B\n2-A\n")
    answer = send(world, text=text, key_file=answers)
    session = ItemImport.objects.get()
    assert answer["Location"] == path(session)
    keys = [row.document["draft"]["key"] for row in session.drafts.order_by("place")]
    assert keys == [[1], [0]]


def test_a_big_file_is_read_by_the_worker(world, monkeypatch):
    monkeypatch.setattr(import_jobs, "READ_AT_ONCE", 10)
    answer = look(world, sound_book(3))
    job, session = Job.objects.get(), ItemImport.objects.get()
    assert answer["Location"] == path(session)
    waiting = world.client(world.alice).get(path(session))
    assert waiting["Location"] == reverse("w-job", args=[job.public_id])
    run_job(job_id=job.pk)
    done = world.client(world.alice).get(reverse("w-job", args=[job.public_id]))
    assert done.context["next"] == path(session)
    assert session.drafts.count() == 3


def test_the_items_page_shows_the_passage_it_came_from(world, session):
    client = world.client(world.alice)
    act(world, session, 2, "accept", **HTMX)
    client.post(path(session, "w-import-many"), {"act": "skip_waiting"})
    client.post(path(session, "w-import-store"))
    item = world.bank.items.get()
    page = client.get(reverse("w-item", args=[world.bank.pk, item.pk])).content.decode()
    for text in (
        "de-cuong.docx",
        "Câu 2",
        "Câu 2: Câu hỏi thử nghiệm số 2",
        "Alice xem và xác nhận đáp án",
    ):
        assert text in page, text
