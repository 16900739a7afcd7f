"""What anyone may read, in each state of a contest, and what they may not."""

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from frontend.pages.public.showing import phase_of
from quiz.domain.clock import shifted_clock
from quiz.enums import ContestState, ReleaseState
from quiz.models import Contest, Release
from tests.factories import OpenContest, register, start
from tests.public_world import PublicWorld, make_public_world, make_release, winner

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> PublicWorld:
    return make_public_world()


def page(client: Client, name: str, made: OpenContest) -> str:
    response = client.get(reverse(name, args=[made.contest.code]))
    assert response.status_code == 200
    return words(response.content.decode())


def words(html: str) -> str:
    """What a person reads, on one line."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())


def test_home_of_an_empty_installation_says_so(client: Client) -> None:
    assert "Chưa có cuộc thi nào" in words(client.get("/").content.decode())


def test_home_sorts_contests_by_what_can_be_done(client: Client, world: PublicWorld) -> None:
    shown = words(client.get("/").content.decode())
    order = [
        world.open.contest.title,
        "Sắp mở",
        world.coming.contest.title,
        "Đã kết thúc",
    ]
    assert sorted(order, key=shown.index) == order
    assert "Còn 3 ngày 3 giờ" in shown
    assert world.draft.title not in shown


def test_home_without_an_open_round_says_when_to_come_back(
    client: Client, world: PublicWorld
) -> None:
    Contest.objects.filter(pk=world.open.contest.pk).update(state=ContestState.DRAFT)
    assert "Hiện chưa có vòng thi nào đang mở" in words(client.get("/").content.decode())


def test_home_reads_the_same_few_rows_however_many_contests(
    client: Client, world: PublicWorld
) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get("/")
    # Contests with their rules, their rounds with theirs, the contests of those rounds; what is new
    # in the library; and whether the body shows how often it is visited.
    assert len(captured) == 5


@pytest.mark.parametrize(
    ("state", "action"),
    [
        ("open", "Đăng ký và vào thi"),
        ("coming", "mở sau"),
        ("closed", "Ban Tổ chức đang tổng hợp"),
        ("released", "Xem kết quả"),
    ],
)
def test_contest_page_offers_the_one_thing_to_do(
    client: Client, world: PublicWorld, state: str, action: str
) -> None:
    assert action in page(client, "contest", getattr(world, state))


def test_only_an_open_round_leads_to_registering(client: Client, world: PublicWorld) -> None:
    for state in ("open", "coming", "closed", "released"):
        made = getattr(world, state)
        html = client.get(reverse("contest", args=[made.contest.code])).content.decode()
        leads = reverse("register", args=[made.contest.code]) in html
        assert (state, leads) == (state, state == "open")


def test_contest_page_tells_what_it_takes_and_what_is_won(
    client: Client, world: PublicWorld
) -> None:
    shown = page(client, "contest", world.open)
    for piece in ("5 câu trong 15 phút", "Mỗi người 2 lượt mỗi vòng", "Cán bộ, công chức"):
        assert piece in shown
    assert "5.000.000 đồng" in shown


@pytest.mark.parametrize("name", ["contest", "contest-rules", "contest-rules-docx", "results"])
def test_contest_being_prepared_is_not_found(client: Client, world: PublicWorld, name: str) -> None:
    response = client.get(reverse(name, args=[world.draft.code]))
    unknown = client.get(reverse(name, args=["khong-co"]))
    assert (response.status_code, unknown.status_code) == (404, 404)
    assert words(response.content.decode()).replace(world.draft.code, "") == words(
        unknown.content.decode()
    ).replace("khong-co", "")


def test_public_pages_are_the_same_however_many_have_entered(
    client: Client, world: PublicWorld
) -> None:
    addresses = ["/", *(reverse(n, args=[world.open.contest.code]) for n in ("contest", "results"))]
    before = [client.get(address).content for address in addresses]
    for _n in range(3):
        start(world.open, register(world.open))
    again = [client.get(address).content for address in addresses]
    seconds = re.compile(rb'data-seconds="\d+"')
    assert [seconds.sub(b"", p) for p in again] == [seconds.sub(b"", p) for p in before]


def test_round_not_frozen_in_time_is_not_open(world: PublicWorld) -> None:
    made = world.coming.round
    assert phase_of(made, made.opens_at + timedelta(minutes=1)) == "coming"
    assert phase_of(world.open.round, world.open.round.closes_at) == "closed"
    assert phase_of(world.open.round, world.open.round.opens_at) == "open"


def test_page_follows_the_one_clock(client: Client, world: PublicWorld) -> None:
    with shifted_clock(timedelta(days=4)):
        assert "Ban Tổ chức đang tổng hợp" in page(client, "contest", world.open)


def test_regulations_are_printed_from_the_rules(client: Client, world: PublicWorld) -> None:
    shown = page(client, "contest-rules", world.open)
    assert "Điều 1." in shown
    assert "Giải Khuyến khích" in shown
    response = client.get(reverse("contest-rules-docx", args=[world.open.contest.code]))
    paper = "\n".join(p.text for p in Document(io.BytesIO(response.content)).paragraphs)
    assert "Điều 1." in paper


def test_contest_without_rules_says_so(client: Client, world: PublicWorld) -> None:
    Contest.objects.filter(pk=world.coming.contest.pk).update(rules=None)
    assert "Thể lệ chưa ban hành" in page(client, "contest-rules", world.coming)
    refused = client.get(reverse("contest-rules-docx", args=[world.coming.contest.code]))
    assert refused.status_code == 404


def test_results_name_unit_and_result_only(client: Client, world: PublicWorld) -> None:
    shown = page(client, "results", world.released)
    for piece in ("Nguyễn Thị Thử Nghiệm", "Xã Hòa Thịnh", "20/20", "4:07", "12/QĐ-BTC"):
        assert piece in shown
    assert "14492" not in shown


def test_results_wait_for_the_release(client: Client, world: PublicWorld) -> None:
    release = make_release(world.closed, state=ReleaseState.SUBMITTED, released_at=None)
    assert "Chưa công bố kết quả" in page(client, "results", world.closed)
    assert release.document["winners"][0]["name"] not in page(client, "results", world.closed)


def test_newest_release_replaces_the_one_before(client: Client, world: PublicWorld) -> None:
    rows = [winner(1, "Giải Nhất", "Lê Thị Thay Thế")]
    make_release(
        world.released, number=2, previous=world.release, document={"winners": rows, "root": "0"}
    )
    shown = page(client, "results", world.released)
    assert "Lê Thị Thay Thế" in shown
    assert "Nguyễn Thị Thử Nghiệm" not in shown
    assert "bản công bố số 2" in shown


def test_wrong_codes_all_look_alike(client: Client, world: PublicWorld) -> None:
    code = register(world.open).code
    posts = [
        {"contest": world.open.contest.code, "code": "sai"},
        {"contest": world.open.contest.code, "code": "0000-0000-0000-0000"},
        {"contest": world.closed.contest.code, "code": code},
        {"contest": world.draft.code, "code": code},
    ]
    answers = [client.post(reverse("lookup"), data) for data in posts]
    assert [answer.status_code for answer in answers] == [404] * 4
    refusals = {
        re.search('role="alert".*?</code>', a.content.decode(), re.DOTALL)[0] for a in answers
    }
    assert len(refusals) == 1


def test_own_code_before_the_release_tells_nothing(client: Client, world: PublicWorld) -> None:
    data = {"contest": world.open.contest.code, "code": register(world.open).code}
    response = client.post(reverse("lookup"), data)
    assert response.status_code == 200
    assert "Ban Tổ chức chưa công bố" in words(response.content.decode())
    assert response["Cache-Control"] == "no-store"


def test_public_pages_set_no_cookie(client: Client, world: PublicWorld) -> None:
    for address in ("/", reverse("contest", args=[world.open.contest.code]), reverse("lookup")):
        assert client.get(address).cookies == {}


def test_language_is_kept_and_goes_back_only_within_the_site(client: Client) -> None:
    back = client.get(reverse("language", args=["en"]), {"next": "/tra-cuu/"})
    assert (back.status_code, back["Location"]) == (302, "/tra-cuu/")
    assert back.cookies["django_language"].value == "en"
    away = client.get(reverse("language", args=["vi"]), {"next": "https://example.org/"})
    assert away["Location"] == "/"
    assert client.get(reverse("language", args=["xx"])).status_code == 404


def test_page_says_which_language_it_is_in(client: Client) -> None:
    assert '<html lang="vi">' in client.get("/").content.decode()
    client.get(reverse("language", args=["en"]))
    assert '<html lang="en">' in client.get("/").content.decode()


def test_release_of_another_contest_is_not_shown(client: Client, world: PublicWorld) -> None:
    assert Release.objects.filter(contest=world.released.contest).count() == 1
    assert "Chưa công bố kết quả" in page(client, "results", world.open)


def test_open_round_shows_what_it_was_committed_to(client: Client, world: PublicWorld) -> None:
    assert world.open.round.commitment in page(client, "contest", world.open)
    assert "cam kết" not in page(client, "contest", world.coming)


def test_anyone_may_download_what_proves_a_release(
    client: Client, world: PublicWorld, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    world.release.bundle.save("goi.zip", ContentFile(b"goi kiem chung"))
    address = reverse("release-bundle", args=[world.released.contest.code, 1, 1])
    assert (
        address
        in client.get(reverse("results", args=[world.released.contest.code])).content.decode()
    )
    assert b"".join(client.get(address)) == b"goi kiem chung"
    Release.objects.update(state=ReleaseState.SUBMITTED)
    assert client.get(address).status_code == 404


def test_bundle_stays_closed_where_the_rules_never_show_the_key(
    client: Client, world: PublicWorld, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    world.release.bundle.save("goi.zip", ContentFile(b"goi kiem chung"))
    rules = world.released.round.rules
    rules.document["result"]["key_shown"] = "never"
    rules.save()
    address = reverse("release-bundle", args=[world.released.contest.code, 1, 1])
    assert client.get(address).status_code == 404
    results = reverse("results", args=[world.released.contest.code])
    shown = client.get(results).content.decode()
    assert "Tải gói kiểm chứng" not in shown
    assert "Thể lệ cuộc thi này không công bố đáp án" in shown
    for way in ("receipt-check", "heads", "lots", "appeals"):
        args = [] if way == "receipt-check" else [world.released.contest.code]
        assert f'href="{reverse(way, args=args)}"' in shown
