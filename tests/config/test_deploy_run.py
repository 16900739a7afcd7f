"""The recipe as a whole, over https: what people get, and what goes on when a part is gone."""

import gzip
import hashlib
import http.client
import json
import re
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.run.processes import wait_until
from tests.config.clusters import run
from tests.config.deploy_run import HOST, PATIENCE, Site, running_site

# When, answer, method, path, size, seconds here, seconds in the web process.
LOG_LINE = re.compile(r"\S+T\S+ \d{3} [A-Z]+ /[^?\s]* \d+ [\d.]+ (-|[\d.]+)")
SAFE = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Type": "image/png",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}
pytestmark = [pytest.mark.needs_redis, pytest.mark.needs_nginx]


@pytest.fixture(scope="module")
def running(
    prepared_var_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, dict[str, Any]]]:
    with running_site(prepared_var_dir, tmp_path_factory.mktemp("site")) as site:
        yield site, world(site, "open")


@pytest.fixture
def site(running: tuple[Site, dict[str, Any]]) -> Site:
    """The running recipe, with a browser that has been nowhere."""
    running[0].cookies.clear()
    return running[0]


@pytest.fixture
def contest(running: tuple[Site, dict[str, Any]]) -> dict[str, Any]:
    return running[1]


def world(site: Site, *words: str) -> dict[str, Any]:
    """Data made or read by tests/config/deploy_world.py, with the site's own environment."""
    module = ("-m", "tests.config.deploy_world", *words)
    return json.loads(run(sys.executable, *module, **site.environment).stdout)


def hidden(page: str, name: str) -> str:
    """The value of a form's hidden field."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found[1]


def enter(site: Site, code: str) -> str:
    """Register, start, save and submit as plain forms; the text of the receipt."""
    person = {"request_key": str(uuid.uuid4()), "group": "nguoi-dan", "consent": "1"}
    person |= {"full_name": "Nguyễn Thị Thử", "birth_date": "05/09/1990", "phone": "0999123456"}
    assert site.ask(f"/cuoc-thi/{code}/dang-ky/", person).status == 303
    ready = site.ask(f"/cuoc-thi/{code}/vao-thi/").text
    fields = {name: hidden(ready, name) for name in ("token", "round", "ordinal")}
    assert site.ask(f"/cuoc-thi/{code}/bat-dau/", fields).status == 303
    for act in ("luu", "nop"):
        sheet = site.ask("/bai-thi/").text
        names = ("token", "writer", "base", "began", "began_prediction")
        answers = {name: hidden(sheet, name) for name in names if f'name="{name}"' in sheet}
        answers |= {f"s{slot}": "0" for slot in range(5)} | {"confirmed": "1"}
        assert site.ask(f"/bai-thi/{act}/", answers).status == 303
    receipt = site.ask("/bai-thi/bien-nhan/")
    assert receipt.status == 200
    return receipt.text


def test_people_enter_over_https(site: Site, contest: dict[str, Any]) -> None:
    home = site.ask("/")
    assert (home.status, home.headers["Strict-Transport-Security"]) == (200, "max-age=31536000")
    assert home.headers["Server"] == "nginx"
    before = world(site, "counts")
    assert "Biên nhận" in enter(site, contest["code"])
    assert world(site, "counts") == {name: count + 1 for name, count in before.items()}


def test_cookies_travel_over_https_alone(site: Site, contest: dict[str, Any]) -> None:
    pages = [f"/cuoc-thi/{contest['code']}/dang-ky/", "/tai-khoan/dang-nhap/"]
    person = {"request_key": str(uuid.uuid4()), "group": "nguoi-dan", "consent": "1"}
    person |= {"full_name": "Trần Văn Thử", "birth_date": "05/09/1990", "phone": "0999123457"}
    lines = site.ask(pages[0], person).headers.get_all("Set-Cookie", [])
    lines += site.ask(pages[1]).headers.get_all("Set-Cookie", [])
    assert len(lines) >= 3
    assert [line for line in lines if "; Secure" not in line] == []


def test_plain_http_leads_to_https(site: Site) -> None:
    plain = http.client.HTTPConnection("127.0.0.1", site.plain_port)
    plain.request("GET", "/cuoc-thi/?x=1", headers={"Host": HOST})
    answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, f"{site.origin}/cuoc-thi/?x=1")


def test_static_files_are_kept_for_a_year_and_come_compressed(site: Site) -> None:
    (name,) = re.findall(r'href="(/static/frontend/public\.\w+\.css)"', site.ask("/").text)
    sheet = site.ask(name, Accept_Encoding="gzip")
    assert sheet.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert sheet.headers["Content-Encoding"] == "gzip"
    assert b"{" in gzip.decompress(sheet.body)
    assert site.ask("/static/staticfiles.json").headers["Cache-Control"] == "public, max-age=60"
    assert site.ask("/static/loi/503.html").status == 404
    assert site.ask("/static/../secret.json").status in (400, 404)


def test_pictures_of_items_come_from_the_program_alone(site: Site) -> None:
    made = world(site, "pictured")
    name = made["sha256"]
    address = f"/bai-thi/tep/{name}/"
    assert site.ask(address).status != 200
    site.cookies["bai_thi"] = made["token"]
    answer = site.ask(address)
    assert (answer.status, hashlib.sha256(answer.body).hexdigest()) == (200, name)
    told = {each: answer.headers[each] for each in SAFE}
    assert told == SAFE
    # It lies in the media folder, of which nothing has an address.
    assert (Path(site.environment["VAR_DIR"]) / "media/items" / name[:2] / name).exists()
    places = ("/media/items", "/items", "/static/items", "/static/../media/items")
    asked = [site.ask(f"{place}/{name[:2]}/{name}").status for place in places]
    assert 200 not in asked


@pytest.mark.parametrize(
    ("path", "size"),
    [("/bai-thi/luu/", 65 * 1024), ("/", 2**20 + 1), ("/lam-viec/don-vi/", 32 * 2**20 + 1)],
)
def test_what_is_too_large_is_refused_before_it_is_read(site: Site, path: str, size: int) -> None:
    # The length alone decides: nothing of the body is sent.
    answer = site.ask(path, b"", Content_Length=str(size))
    assert answer.status == 413
    assert "Tệp gửi lên quá lớn" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_another_name_is_no_business_of_ours(site: Site) -> None:
    plain = http.client.HTTPConnection("127.0.0.1", int(site.environment["WEB_PORT"]))
    plain.request("GET", "/", headers={"Host": "khac.example"})
    assert plain.getresponse().status == 400


def test_a_worker_told_by_redis_does_a_job(site: Site, contest: dict[str, Any]) -> None:
    job = world(site, "export", str(contest["round"]), str(contest["organiser"]))["job"]

    def done() -> bool:
        return world(site, "state", str(job)) == {"state": "done", "file": True}

    assert wait_until(done, seconds=PATIENCE), site.log("worker")


def test_without_redis_people_enter_all_the_same(site: Site, contest: dict[str, Any]) -> None:
    site.stop("redis")
    assert "Biên nhận" in enter(site, contest["code"])
    # Officials sign in without it too: who fails too often is counted in the database.
    page = site.ask("/tai-khoan/dang-nhap/").text
    secret = hidden(page, "csrfmiddlewaretoken")
    wrong = {"login": "ai-do", "password": "sai", "csrfmiddlewaretoken": secret}
    answer = site.ask("/tai-khoan/dang-nhap/", wrong, Referer=f"{site.origin}/")
    assert answer.status == 200
    assert "mật khẩu chưa đúng" in answer.text


def test_without_web_processes_people_are_told_to_come_back(site: Site) -> None:
    site.stop("web")
    for data in (None, {"token": "x"}):
        answer = site.ask("/bai-thi/luu/", data)
        assert (answer.status, 3 <= int(answer.headers["Retry-After"]) <= 21) == (503, True)
        assert "Hệ thống đang bận" in answer.text
    site.start_web("tests.config.deploy_run:echo")
    # Whatever a client claims, with hyphens or with underscores, it is 127.0.0.1 that came.
    for name in ("X-Forwarded-For", "X_Forwarded_For"):
        said = site.ask("/", **{name: "203.0.113.9"}, X_Forwarded_Proto="http")
        assert said.text.splitlines() == ["127.0.0.1", "None", "https", f"{HOST}:{site.port}"]


def test_logs_name_nobody(site: Site) -> None:
    site.ask("/vao/bi-mat/?q=rieng-tu", Referer="https://noi-khac.example/")
    site.stop("nginx")
    lines = (site.folder / "minhthi.log").read_text().splitlines()
    assert [line for line in lines if not LOG_LINE.fullmatch(line)] == []
    assert lines[-1].split()[1:4] == ["200", "GET", "/vao/..."]
    everything = "".join(path.read_text() for path in site.folder.glob("*.log"))
    typed = ("bi-mat", "rieng-tu", "noi-khac", "Nguyễn Thị Thử", "0999123456")
    assert [secret for secret in typed if secret in everything] == []
