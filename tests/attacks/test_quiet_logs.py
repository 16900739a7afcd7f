"""A served installation is told about a person and made to fail: no file of it names them."""

import http.cookiejar
import re
import urllib.parse
import urllib.request
from pathlib import Path

from config.postgres import PrivatePostgres
from tests.attacks.canaries import ADDRESS, EMAIL, NAME, NATIONAL_ID, PHONE, STAFF_CODE, TEXTS
from tests.stack import Stack

CODE = "ZKQA-NARY-CDEF-GHJK"
SAID = {**TEXTS, "code": CODE}
PERSON = {
    "full_name": NAME,
    "phone": PHONE,
    "national_id": NATIONAL_ID,
    "email": EMAIL,
    "address": ADDRESS,
    "staff_code": STAFF_CODE,
    "birth_date": TEXTS["written birth date"],
    "code": CODE,
}
# Where the database itself comes to read what was typed.
TABLES = ("accounts_user", "accounts_orgunit", "quiz_contest")


class Visitor:
    """A browser without a screen: keeps cookies and posts forms with their secret."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def ask(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        body = urllib.parse.urlencode(data).encode() if data else None
        request = urllib.request.Request(self.base + path, body, {"Referer": self.base})
        try:
            with self.opener.open(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def post(self, path: str, data: dict[str, str]) -> int:
        """Post the form that stands at `path`."""
        secrets = re.findall(r'csrfmiddlewaretoken" value="(\w+)', self.ask(path)[1])
        return self.ask(path, data | {"csrfmiddlewaretoken": secrets[0] if secrets else ""})[0]


def say_everything(visitor: Visitor) -> set[int]:
    """By address and by form, rightly and wrongly; the statuses answered."""
    query = urllib.parse.urlencode(PERSON)
    told = {visitor.ask(f"/{path}?{query}&q={urllib.parse.quote(NAME)}")[0] for path in PATHS}
    told |= {visitor.ask("/du-lieu-cua-toi/", PERSON)[0]}
    told |= {visitor.ask("/cuoc-thi/khong-co/dang-ky/", PERSON)[0]}
    told |= {visitor.post("/tra-cuu/", PERSON | {"contest": "x"})}
    told |= {visitor.post("/du-lieu-cua-toi/", PERSON | {"contest": "x"})}
    sign_in = {"login": EMAIL, "password": NAME}
    told |= {visitor.post("/tai-khoan/dang-nhap/", sign_in)}
    return told | {visitor.post("/tai-khoan/quen-mat-khau/", {"email": EMAIL})}


PATHS = ("", "tra-cuu/", "don-vi.json", "khong-co/", "du-lieu-cua-toi/xem/")


def files_of(folder: Path) -> dict[str, str]:
    """All that is written but the database's own files, the secrets and what is served to all."""
    found = {}
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        if path.is_file() and inside[0] not in ("pg", "static", "static-build", "secret.json"):
            found["/".join(inside)] = path.read_bytes().decode("utf-8", "replace")
    return found


def test_no_file_of_a_served_installation_names_who_was_typed_in(live_stack: Stack) -> None:
    visitor = Visitor(live_stack.base_url)
    assert 500 not in say_everything(visitor)
    server = PrivatePostgres(live_stack.var_dir)
    with server.connect() as connection:
        for table in TABLES:
            connection.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")
    assert 500 in say_everything(visitor)
    live_stack.stop()
    files = files_of(live_stack.var_dir)
    named = {
        (name, what)
        for name, text in files.items()
        for what, said in SAID.items()
        if said.casefold() in text.casefold()
    }
    assert named == set()
    assert "Internal Server Error: /don-vi.json" in files["serve.log"]
    assert "psycopg.errors.UndefinedTable 42P01" in files["serve.log"]
    assert {"serve.log", "pg.log"} <= set(files)
