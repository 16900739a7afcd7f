"""The library's pages: read by anyone, written in the workplace."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from tests.factories import make_person, make_unit
from tests.training.library import make_material
from tests.training.stored_files import make_ready_file
from training.domain.faqs import save_faq
from training.enums import BulletinState, FileKind, MaterialKind
from training.models import Bulletin, Faq, Inquiry, Material

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit()


@pytest.fixture
def organiser(unit):
    return make_person(Role.ORGANISER, unit=unit)


@pytest.fixture
def work(organiser, settings) -> Client:
    """The organiser's browser."""
    client = Client()
    client.force_login(organiser)
    return client


@pytest.fixture(autouse=True)
def _let_off(monkeypatch):
    monkeypatch.setattr("frontend.pages.workplace.access.needs_second_factor", lambda _user: False)


def read(client: Client, route: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(route, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_library_says_so(client):
    assert "Thư viện chưa có tài liệu" in read(client, "library")
    assert "Chưa có câu hỏi nào" in read(client, "faq")
    assert "Chưa có câu trả lời nào" in read(client, "answers")
    assert "Không tìm thấy" in read(client, "library", query="?q=xyz")


def test_a_draft_is_on_no_public_page(client, unit, organiser):
    draft = make_material(unit, organiser, published=False, title="Bí mật", text="x")
    assert "Bí mật" not in read(client, "library")
    for route in ("library-material", "library-script"):
        assert client.get(reverse(route, args=[draft.slug])).status_code == 404


def test_a_search_without_marks_leads_to_the_material(client, unit, organiser):
    material = make_material(unit, organiser, title="Dịch vụ công trực tuyến", text="x")
    page = read(client, "library", query="?q=dich+vu+cong")
    assert reverse("library-material", args=[material.slug]) in page


def test_a_search_may_be_narrowed_to_a_kind(client, unit, organiser):
    make_material(unit, organiser, title="Nộp hồ sơ bằng bài viết", text="x")
    make_material(unit, organiser, title="Nộp hồ sơ bằng video", text="x", kind=MaterialKind.VIDEO)
    page = read(client, "library", query="?q=nop+ho+so&loai=video")
    assert ("bằng video" in page, "bằng bài viết" in page) == (True, False)


def test_the_text_of_a_material_is_shown_as_html_and_hurts_nobody(client, unit, organiser):
    text = "## Cách nộp\n\n**Nhanh** <script>alert(1)</script>"
    page = read(client, "library-material", make_material(unit, organiser, text=text).slug)
    assert "<strong>Nhanh</strong>" in page
    assert "<script>alert" not in page


def test_the_first_and_the_changed_verdict_of_a_browser_are_one_count(client, unit, organiser):
    faq = save_faq(unit=unit, question="Hỏi?", answer="Đáp.", user=organiser)
    address = reverse("faq-verdict", args=[faq.pk])
    for verdict in ("useful", "useful", "unclear", "nonsense"):
        assert client.post(address, {"verdict": verdict}).status_code == 302
    assert Faq.objects.values_list("useful", "unclear").get() == (0, 1)
    assert "bạn đã chọn" in read(client, "faq-entry", faq.pk)


def test_a_material_is_written_previewed_published_and_withdrawn(work, client, unit):
    form = {"unit": unit.code, "kind": "post", "title": "Tạm trú", "audience": "everyone"}
    form |= {"text": "Đăng ký tạm trú.", "citations": "Luật 148/2025/QH15, Điều 32"}
    assert work.post(reverse("w-material-new"), form).status_code == 302
    material = Material.objects.get()
    assert "Đăng ký tạm trú." in read(work, "w-material", material.pk)
    work.post(reverse("w-material-publish", args=[material.pk]))
    assert "Luật 148/2025/QH15" in read(client, "library-material", material.slug)
    refused = work.post(reverse("w-material-withdraw", args=[material.pk]), {"reason": ""})
    assert refused.status_code == 422
    work.post(reverse("w-material-withdraw", args=[material.pk]), {"reason": "Đã cũ"})
    assert client.get(reverse("library-material", args=[material.slug])).status_code == 404


def test_what_is_wrong_with_a_material_is_said_at_its_field(work, unit):
    form = {"unit": unit.code, "kind": "post", "title": "a", "audience": "everyone"}
    form |= {"valid_from": "02/01/2026", "valid_to": "01/01/2026"}
    response = work.post(reverse("w-material-new"), form)
    assert response.status_code == 422
    assert "Ngày hết hiệu lực phải sau" in response.content.decode()
    assert not Material.objects.exists()


def test_an_uploaded_picture_is_described_and_stays_chosen_when_the_form_comes_back(
    work, client, unit, organiser, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    picture = make_ready_file(unit=unit, user=organiser)
    form = {"unit": unit.code, "kind": "infographic", "title": "Bốn bước", "audience": "everyone"}
    form |= {"new_file": str(picture.public_id)}
    refused = work.post(reverse("w-material-new"), form)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Hình chưa có mô tả bằng lời." in page
    assert f'name="new_file" value="{picture.public_id}"' in page
    assert work.post(reverse("w-material-new"), form | {"alt": "Đăng ký, nộp"}).status_code == 302
    material = Material.objects.get()
    work.post(reverse("w-material-publish", args=[material.pk]))
    assert 'alt="Đăng ký, nộp"' in read(client, "library-material", material.slug)
    assert "Đăng ký, nộp</textarea>" in read(work, "w-material-change", material.pk)


def test_a_film_is_shown_with_its_subtitles(work, client, unit, organiser, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    film = make_ready_file(unit=unit, user=organiser, kind=FileKind.VIDEO)
    words = make_ready_file(unit=unit, user=organiser, kind=FileKind.SUBTITLES)
    form = {"unit": unit.code, "kind": "video", "title": "Phim", "audience": "everyone"}
    form |= {"file": film.pk, "subtitles_vi": str(words.public_id)}
    assert work.post(reverse("w-material-new"), form).status_code == 302
    material = Material.objects.get()
    work.post(reverse("w-material-publish", args=[material.pk]))
    page = read(client, "library-material", material.slug)
    track = page.partition('<track kind="subtitles" srclang="vi" label="Tiếng Việt" src="')[2]
    assert client.get(track.partition('"')[0]).status_code == 200


def test_an_issue_names_its_year_as_a_year_and_its_room_belongs_to_training(
    work, client, unit, organiser
):
    Bulletin.objects.create(
        unit=unit,
        year=2026,
        number=1,
        slug="so-1",
        title="Bản tin",
        state=BulletinState.PUBLISHED,
        published_at=timezone.now(),
        made_by=organiser,
    )
    assert "số 1/2026" in read(client, "bulletin", "so-1")
    assert "Số 1/2026" in read(client, "bulletins")
    menu = read(work, "w-bulletins").partition("workplace__side")[2].partition("</nav>")[0]
    current = menu.partition('aria-current="page"')[2].partition("</a>")[0]
    assert "Tập huấn" in current


def test_a_citizen_asks_and_reads_the_published_answer(client, work):
    page = read(client, "inquiry-ask")
    key = page.split('name="request_key" value="')[1].split('"')[0]
    sent = client.post(
        reverse("inquiry-ask"), {"request_key": key, "text": "Nộp ở đâu?", "contact": ""}
    )
    assert sent.status_code == 303
    assert "Mới nhận" in read(client, "inquiry-mine")
    inquiry = Inquiry.objects.get()
    work.post(reverse("w-inquiry-answer", args=[inquiry.pk]), {"answer": "Tại **xã**."})
    text = {"title": "Nộp hồ sơ", "shown_text": "Nộp ở đâu?", "answer": "Tại **xã**."}
    work.post(reverse("w-inquiry-publish", args=[inquiry.pk]), text)
    assert "<strong>xã</strong>" in read(client, "inquiry-mine")
    assert "Nộp hồ sơ" in read(client, "answers")
    assert "<strong>xã</strong>" in read(Client(), "answer", inquiry.number)


def test_a_refused_question_comes_back_with_what_was_typed(client, organiser):
    response = client.post(reverse("inquiry-ask"), {"request_key": "x", "text": "Nộp ở đâu?"})
    assert response.status_code == 422
    assert "Nộp ở đâu?" in response.content.decode()


def test_the_contact_is_shown_to_those_who_run_the_library_alone(client, work, unit):
    key = "0d9c2f9e-64d2-4d5b-b35d-5bb7d1a8f001"
    client.post(reverse("inquiry-ask"), {"request_key": key, "text": "?", "contact": "a@b.vn"})
    inquiry = Inquiry.objects.get()
    assert "a@b.vn" in read(work, "w-inquiry", inquiry.pk)
    lead = Client()
    lead.force_login(make_person(Role.UNIT_LEAD, unit=unit))
    assert "a@b.vn" not in read(lead, "w-inquiry", inquiry.pk)


@pytest.mark.parametrize(
    ("route", "words"),
    [
        ("w-materials", "Thư viện chưa có tài liệu"),
        ("w-faqs", "Chưa có câu hỏi nào"),
        ("w-inquiries", "Chưa có câu hỏi nào"),
    ],
)
def test_an_empty_part_says_what_to_do(work, route, words):
    assert words in read(work, route)


def test_the_front_page_shows_what_is_new(client, unit, organiser):
    assert "Mới trong thư viện" not in read(client, "home")
    made = make_material(unit, organiser, title="Một cửa", text="x")
    assert reverse("library-material", args=[made.slug]) in read(client, "home")
