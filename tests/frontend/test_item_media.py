"""Pictures and sounds reach who may see the item, and nobody else."""

from hashlib import sha256

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.enums import Role
from config.hot_chain import answer_shortly
from config.wsgi import is_hot
from frontend.pages.entry.cookies import ATTEMPT
from quiz.domain.items import add_items
from quiz.domain.media import keep_media
from quiz.drafts import STEM, Media
from tests.factories import make_draft, make_open_contest, register, start
from tests.media_samples import MP3, PNG
from tests.people import make_person, make_unit

pytestmark = pytest.mark.django_db

PICTURE, SOUND = (sha256(content).hexdigest() for content in (PNG, MP3))


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def contest(monkeypatch):
    """Each item shows a picture in its stem and its first option, and plays a sound."""
    media = (
        Media(STEM, "image", PICTURE, 'Biển báo "một cửa" <b>'),
        Media(STEM, "sound", SOUND, "Lời đọc câu hỏi"),
        Media(0, "image", PICTURE, "Hình phương án"),
    )

    def add_with_media(*, bank, drafts, author):
        for content in (PNG, MP3):
            keep_media(bank=bank, content=content, user=author)
        return add_items(bank=bank, drafts=drafts, author=author)

    monkeypatch.setattr("tests.factories.add_items", add_with_media)
    return make_open_contest(drafts=[make_draft(n, media=media) for n in range(1, 9)])


@pytest.fixture
def sitting(contest):
    return start(contest, register(contest))


def browser(sitting) -> Client:
    client = Client()
    client.cookies[ATTEMPT] = sitting.token
    return client


def test_the_paper_shows_pictures_with_their_words_and_plays_sounds(sitting):
    page = browser(sitting).get(reverse("attempt")).content.decode()
    address = reverse("attempt-media", args=[PICTURE])
    assert page.count(f'<img class="item-picture" src="{address}"') == 10
    assert 'alt="Biển báo &quot;một cửa&quot; &lt;b&gt;" width="8" height="4"' in page
    assert page.count("<audio controls") == 5
    assert "Lời đọc câu hỏi" in page


def test_a_sound_speaks_the_language_of_each_reader(sitting):
    pages = [
        browser(sitting).get(reverse("attempt"), headers={"accept-language": each}).content.decode()
        for each in ("vi", "en", "vi")
    ]
    assert ["Đọc nội dung âm thanh" in page for page in pages] == [True, False, True]


def test_a_picture_comes_as_what_it_is_and_can_not_run(sitting):
    answer = browser(sitting).get(reverse("attempt-media", args=[PICTURE]))
    told = {name.lower(): value for name, value in answer.headers.items()}
    assert answer.content == PNG
    assert (told["content-type"], told["x-content-type-options"]) == ("image/png", "nosniff")
    assert told["content-security-policy"] == "default-src 'none'; sandbox"
    assert told["cache-control"] == "private, max-age=31536000, immutable"
    assert "set-cookie" not in told


def by_short_chain(token: str, sha256: str) -> tuple[int, dict[str, str], bytes]:
    environ = RequestFactory().get(reverse("attempt-media", args=[sha256])).environ
    environ["HTTP_COOKIE"] = f"{ATTEMPT}={token}"
    assert is_hot(environ)
    told = []
    body = b"".join(answer_shortly(environ, lambda *given: told.extend(given)))
    return int(told[0].split()[0]), dict(told[1]), body


def test_a_picture_comes_by_the_short_chain_as_by_the_full_one(sitting, django_assert_num_queries):
    full = browser(sitting).get(reverse("attempt-media", args=[PICTURE]))
    with django_assert_num_queries(0):
        status, headers, body = by_short_chain(sitting.token, PICTURE)
    assert (status, body) == (200, full.content)
    names = ("Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options")
    assert [headers[name] for name in names] == [full.headers[name] for name in names]
    status, headers, _body = by_short_chain("x", PICTURE)
    stranger = Client().get(reverse("attempt-media", args=[PICTURE]))
    assert (status, "no-store" in headers["Cache-Control"]) == (stranger.status_code, True)


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-1", 206, MP3[:2]),
        ("bytes=100-", 206, MP3[100:]),
        ("bytes=-5", 206, MP3[-5:]),
        ("bytes=0-99999999", 206, MP3),
        (f"bytes={len(MP3)}-", 416, b""),
        ("bytes=5-2", 416, b""),
        ("bytes=0-1,4-5", 200, MP3),
        ("lines=1-2", 200, MP3),
        ("bytes=-", 200, MP3),
    ],
)
def test_parts_of_a_sound_are_answered_as_phones_ask(sitting, asked, status, part):
    client, address = browser(sitting), reverse("attempt-media", args=[SOUND])
    answer = client.get(address, headers={"range": asked})
    assert (answer.status_code, answer.content) == (status, part)


def test_without_a_paper_there_is_no_picture(sitting):
    assert Client().get(reverse("attempt-media", args=[PICTURE])).status_code == 404
    unknown = reverse("attempt-media", args=["0" * 64])
    assert browser(sitting).get(unknown).status_code == 404


def test_a_paper_of_another_round_opens_no_picture(sitting):
    elsewhere = make_open_contest(drafts=[make_draft(n) for n in range(20, 28)])
    other = browser(start(elsewhere, register(elsewhere)))
    assert other.get(reverse("attempt-media", args=[PICTURE])).status_code == 404


def test_a_program_gets_them_by_its_token(sitting):
    address = reverse("api-entry-media", args=[PICTURE])
    answer = Client().get(address, headers={"x-attempt-token": sitting.token})
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "image/png", PNG)
    refused = Client().get(address)
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown_token")


def test_colleagues_of_the_bank_see_it_and_none_keeps_it(contest):
    address = reverse("w-media", args=[contest.banks[0].pk, PICTURE])
    statuses = []
    for name, unit in (("alice", contest.unit), ("bob", make_unit("noi-khac"))):
        client = Client()
        client.force_login(make_person(name, Role.AUTHOR, unit=unit))
        answer = client.get(address)
        statuses.append((answer.status_code, "no-store" in answer.get("Cache-Control", "")))
    assert statuses == [(200, True), (404, True)]
