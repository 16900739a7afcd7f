"""The whole way of an entrant by plain HTML forms, without script."""

import json
import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils.formats import date_format
from django.utils.timezone import localtime

from quiz.domain.clock import shifted_clock
from quiz.domain.frozen import clear_frozen
from quiz.engine.receipts import verify_receipt
from quiz.enums import AttemptState
from quiz.models import Attempt, Entrant
from tests.factories import (
    HOUR,
    make_draft,
    make_open_contest,
    make_rules,
    make_unit,
    registration_data,
)

pytestmark = pytest.mark.django_db


class Fields(HTMLParser):
    """What a browser would send for each form of a page: [(action, [(name, value)])]."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.forms.append((given.get("action", ""), []))
        if tag != "input" or not self.forms or "name" not in given:
            return
        ticks = given.get("type") in ("radio", "checkbox")
        if not ticks or "checked" in given:
            self.forms[-1][1].append((given["name"], given.get("value", "")))


def form_of(response, action: str) -> dict[str, list[str]]:
    """The fields of the form that posts to `action`."""
    for target, fields in Fields(response.content.decode()).forms:
        if target == action:
            data: dict[str, list[str]] = {}
            for name, value in fields:
                data.setdefault(name, []).append(value)
            return data
    raise AssertionError(f"no form posts to {action}")


def path(made, page: str) -> str:
    return f"/cuoc-thi/{made.contest.code}/{page}/"


def typed(**fields) -> dict:
    data = registration_data(**fields)
    return {name: value for name, value in data.items() if name not in ("request_key", "consent")}


def registered(client: Client, made, **fields):
    form = form_of(client.get(path(made, "dang-ky")), path(made, "dang-ky"))
    data = form | typed(**fields) | {"consent": "1"}
    return client.post(path(made, "dang-ky"), data)


def started(client: Client, made, **fields):
    registered(client, made, **fields)
    ready = client.get(path(made, "vao-thi"))
    client.post(path(made, "bat-dau"), form_of(ready, path(made, "bat-dau")))
    return client.get("/bai-thi/")


@pytest.mark.parametrize(
    ("at_close", "closes_in", "sentence"),
    [
        ("last_save", HOUR, "Mọi bài kết thúc lúc {close}, dù bắt đầu muộn."),
        ("last_save", timedelta(minutes=5), "không còn đủ thời gian làm bài."),
        ("last_start", timedelta(minutes=5), "Bắt đầu trước {close} thì được làm đủ thời gian."),
    ],
)
def test_the_effective_deadline_is_shown_before_the_start(client, at_close, closes_in, sentence):
    made = make_open_contest(rules=make_rules(entry={"at_close": at_close}), closes_in=closes_in)
    registered(client, made)
    page = client.get(path(made, "vao-thi"))
    standing = page.context["standing"]
    page = page.content.decode()
    close = date_format(localtime(made.round.closes_at), "H:i")
    assert sentence.format(close=close) in page
    assert "Nếu bắt đầu bây giờ" in page
    assert f"<b>{date_format(localtime(standing.deadline_at), 'H:i:s d/m/Y')}</b>" in page
    minutes = {HOUR: 15}.get(closes_in, 15 if at_close == "last_start" else 5)
    assert standing.deadline_at - standing.now <= timedelta(minutes=minutes)


def test_from_registering_to_the_receipt_without_script(client):
    made = make_open_contest()
    answer = registered(client, made, full_name="Võ Thị Sáu Mẫu")
    assert (answer.status_code, answer["Location"]) == (303, path(made, "vao-thi"))

    ready = client.get(path(made, "vao-thi"))
    html = ready.content.decode()
    code = re.search(r"<code>([0-9A-Z-]{19})</code>", html)[1]
    assert "Võ Thị Sáu Mẫu" in html

    answer = client.post(path(made, "bat-dau"), form_of(ready, path(made, "bat-dau")))
    assert (answer.status_code, answer["Location"]) == (303, "/bai-thi/")

    sheet = client.get("/bai-thi/")
    form = form_of(sheet, "/bai-thi/luu/")
    assert sheet.content.decode().count('class="slip"') == 5
    answer = client.post("/bai-thi/luu/", form | {"s0": ["2"], "s3": ["1"]})
    assert (answer.status_code, answer["Location"]) == (303, "/bai-thi/?da-luu=1")
    assert Attempt.objects.get().answers == [4, 0, 0, 2, 0]

    form = form_of(client.get("/bai-thi/"), "/bai-thi/luu/")
    assert (form["s0"], form["s3"], form["base"]) == (["2"], ["1"], ["1"])
    asked = client.post("/bai-thi/nop/", form | {"s1": ["0"]})
    assert asked.status_code == 200
    assert "câu 3, 5" in asked.content.decode()
    assert Attempt.objects.get().state == AttemptState.OPEN

    answer = client.post("/bai-thi/nop/", form_of(asked, "/bai-thi/nop/"))
    assert (answer.status_code, answer["Location"]) == (303, "/bai-thi/bien-nhan/")
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.answers) == (AttemptState.SUBMITTED, [4, 1, 0, 2, 0])

    receipt = client.get("/bai-thi/bien-nhan/")
    assert "3/5" in receipt.content.decode()
    kept = json.loads(client.get("/bai-thi/bien-nhan/tep/").content)
    assert verify_receipt(made.round.public_key, kept["receipt"], kept["signature"])
    assert kept["receipt"]["values"]["answers"] == [4, 1, 0, 2, 0]

    elsewhere = Client()
    answer = elsewhere.post(path(made, "vao-thi"), {"entry_code": code.lower()})
    assert (answer.status_code, answer["Location"]) == (303, path(made, "vao-thi"))
    assert "Võ Thị Sáu Mẫu" in elsewhere.get(path(made, "vao-thi")).content.decode()


def test_a_sheet_with_every_answer_is_submitted_at_once(client):
    made = make_open_contest()
    form = form_of(started(client, made), "/bai-thi/luu/")
    answers = {f"s{slot}": ["0"] for slot in range(5)}
    answer = client.post("/bai-thi/nop/", form | answers)
    assert answer["Location"] == "/bai-thi/bien-nhan/"
    again = client.post("/bai-thi/nop/", form | answers)
    assert again["Location"] == "/bai-thi/bien-nhan/"


def test_everything_wrong_in_the_form_is_shown_at_its_field_and_nothing_typed_is_lost(client):
    made = make_open_contest()
    page = client.get(path(made, "dang-ky"))
    assert "checked" not in page.content.decode()
    data = form_of(page, path(made, "dang-ky")) | typed(phone="12", birth_date="31/02/1990")
    answer = client.post(path(made, "dang-ky"), data)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert re.findall(r'id="(id_\w+)_error"', html) == ["id_birth_date", "id_phone", "id_consent"]
    again = form_of(answer, path(made, "dang-ky"))
    assert again["request_key"] == data["request_key"]
    assert (again["phone"], again["full_name"]) == (["12"], ["Nguyễn Thị Thử Nghiệm"])
    assert Entrant.objects.count() == 0


def test_only_the_fields_of_the_rules_are_asked_for(client):
    made = make_open_contest()
    form = form_of(client.get(path(made, "dang-ky")), path(made, "dang-ky"))
    assert set(form) == {
        "request_key",
        "group",
        "full_name",
        "birth_date",
        "phone",
        "unit_search",
        "email",
        "guardian_name",
    }


def test_a_unit_is_found_without_script_by_the_search_button(client):
    made = make_open_contest()
    province = make_unit("Tỉnh Đắk Lắk")
    unit = make_unit("Xã Hòa Thịnh", parent=province)
    data = form_of(client.get(path(made, "dang-ky")), path(made, "dang-ky"))
    found = client.post(
        path(made, "dang-ky"), data | typed() | {"unit_search": "hoa thinh", "unit_find": "1"}
    )
    html = found.content.decode()
    assert f'value="{unit.code}"' in html
    assert "Tỉnh Đắk Lắk" in html
    chosen = form_of(found, path(made, "dang-ky")) | {"unit": unit.code, "consent": "1"}
    assert client.post(path(made, "dang-ky"), chosen).status_code == 303
    assert Entrant.objects.get().unit == unit


def test_the_poster_of_a_unit_preselects_it(client):
    made = make_open_contest()
    unit = make_unit("Xã Tân Thành")
    page = client.get(path(made, "dang-ky"), {"don-vi": unit.code})
    assert form_of(page, path(made, "dang-ky"))["unit"] == [unit.code]


def test_units_are_found_by_folded_words_and_old_names(client):
    province = make_unit("Tỉnh Mẫu")
    unit = make_unit("Phường Phú Đông", parent=province, aliases=["Phường 6"])
    make_unit("Xã Khác")
    for text in ("phu dong", "PHÚ ĐÔNG", "phuong 6", "dong phu"):
        answer = client.get("/don-vi.json", {"q": text})
        assert answer.json() == {
            "units": [{"code": unit.code, "name": "Phường Phú Đông", "place": "Tỉnh Mẫu"}]
        }
    assert client.get("/don-vi.json", {"q": "p"}).json() == {"units": []}
    assert "max-age" in client.get("/don-vi.json", {"q": "phu"})["Cache-Control"]


def test_two_plain_pages_of_one_attempt_are_put_together(client):
    made = make_open_contest()
    sheet = started(client, made)
    one = form_of(sheet, "/bai-thi/luu/")
    two = form_of(client.get("/bai-thi/"), "/bai-thi/luu/")
    client.post("/bai-thi/luu/", one | {"s0": ["1"], "s1": ["1"]})
    answer = client.post("/bai-thi/luu/", two | {"s1": ["2"], "s4": ["3"]})
    assert answer["Location"] == "/bai-thi/?da-ghep=1"
    assert Attempt.objects.get().answers == [2, 4, 0, 0, 8]
    assert "hai bên đã được ghép" in client.get(answer["Location"]).content.decode()


def test_a_submit_from_the_older_page_is_looked_at_first(client):
    made = make_open_contest()
    sheet = started(client, made)
    one = form_of(sheet, "/bai-thi/luu/")
    two = form_of(client.get("/bai-thi/"), "/bai-thi/luu/")
    client.post("/bai-thi/luu/", one | {"s0": ["1"]})
    every = {f"s{slot}": ["0"] for slot in range(1, 5)} | {"confirmed": "1"}
    answer = client.post("/bai-thi/nop/", two | every)
    assert answer["Location"] == "/bai-thi/?da-ghep=1"
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.answers) == (AttemptState.OPEN, [2, 1, 1, 1, 1])


def test_several_options_may_be_ticked_where_several_are_right(client):
    drafts = [make_draft(number, kind="multiple", key=frozenset({0, 2})) for number in range(1, 6)]
    made = make_open_contest(drafts=drafts)
    sheet = started(client, made)
    assert sheet.content.decode().count('type="checkbox" name="s') == 20
    form = form_of(sheet, "/bai-thi/luu/")
    client.post("/bai-thi/luu/", form | {"s0": ["0", "3"]})
    assert Attempt.objects.get().answers == [9, 0, 0, 0, 0]


def test_a_late_save_is_refused_in_words_and_the_receipt_follows(client):
    made = make_open_contest()
    form = form_of(started(client, made), "/bai-thi/luu/")
    client.post("/bai-thi/luu/", form | {"s0": ["0"]})
    form = form_of(client.get("/bai-thi/"), "/bai-thi/luu/")
    with shifted_clock(timedelta(seconds=910)):
        late = client.post("/bai-thi/luu/", form | {"s1": ["0"]})
        assert (late.status_code, "save_too_late" in late.content.decode()) == (409, True)
        assert client.get("/bai-thi/")["Location"] == "/bai-thi/bien-nhan/"
        assert "Đã hết giờ" in client.get("/bai-thi/bien-nhan/").content.decode()


def test_nobody_without_a_token_sees_or_writes_an_attempt(client):
    made = make_open_contest()
    started(Client(), made)
    for page in ("/bai-thi/", "/bai-thi/bien-nhan/", "/bai-thi/bien-nhan/tep/"):
        assert client.get(page).status_code == 404
    for page in ("/bai-thi/luu/", "/bai-thi/nop/"):
        assert client.post(page, {"s0": "1"}).status_code == 404
        answer = client.post(
            page,
            json.dumps({"writer": 1, "base": 0, "revision": 1, "answers": [0] * 5}),
            content_type="application/json",
            HTTP_ACCEPT="application/json",
            HTTP_X_ATTEMPT_TOKEN="AAAA",
        )
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_token")


def test_a_cookie_alone_writes_nothing(client):
    made = make_open_contest()
    started(client, made)
    form = {"writer": "1", "base": "0", "began": "0,0,0,0,0", "s0": "1"}
    assert client.post("/bai-thi/luu/", form).status_code == 404
    assert Attempt.objects.get().answers == [0] * 5


def test_too_early_too_late_and_under_age_say_what_to_do(client):
    made = make_open_contest(opens_in=HOUR, closes_in=2 * HOUR)
    registered(client, made)
    ready = client.get(path(made, "vao-thi"))
    assert "Vòng thi chưa mở" in ready.content.decode()
    young = make_open_contest(rules=make_rules(entry={"minimum_age": 16}))
    answer = registered(client, young, birth_date="01/01/2015")
    assert (answer.status_code, "under_age" in answer.content.decode()) == (422, True)
    with shifted_clock(3 * HOUR):
        clear_frozen()
        answer = client.get(path(made, "dang-ky"))
        assert (answer.status_code, "registration_closed" in answer.content.decode()) == (409, True)
        assert "Vòng thi đã đóng" in client.get(path(made, "vao-thi")).content.decode()


def test_an_unknown_contest_is_not_found(client):
    for page in ("dang-ky", "vao-thi"):
        assert client.get(f"/cuoc-thi/khong-co/{page}/").status_code == 404


def test_a_wrong_code_is_refused_at_its_field(client):
    made = make_open_contest()
    answer = client.post(path(made, "vao-thi"), {"entry_code": "AAAA"})
    assert answer.status_code == 404
    assert 'id="id_entry_code_error"' in answer.content.decode()


def test_someone_else_takes_the_device(client):
    made = make_open_contest()
    started(client, made)
    asked = client.get(path(made, "doi-nguoi")).content.decode()
    assert ("Nguyễn Thị Thử Nghiệm" in asked, "Bài đang làm chưa nộp" in asked) == (True, True)
    answer = client.post(path(made, "doi-nguoi"))
    assert (answer.status_code, answer["Location"]) == (303, path(made, "vao-lai"))
    assert client.get("/bai-thi/").status_code == 404
    assert 'name="entry_code"' in client.get(path(made, "vao-thi")).content.decode()


def test_the_code_is_shown_until_the_start_and_not_after(client):
    made = make_open_contest()
    started(client, made)
    assert "Mã dự thi của bạn" not in client.get(path(made, "vao-thi")).content.decode()


def test_pages_of_an_attempt_are_kept_nowhere(client):
    made = make_open_contest()
    sheet = started(client, made)
    assert (sheet["Cache-Control"], sheet["Referrer-Policy"]) == ("no-store", "no-referrer")
    cookie = client.cookies["bai_thi"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/bai-thi/", True, "Lax")


def test_a_second_attempt_is_offered_and_a_third_is_not(client):
    made = make_open_contest()
    for _attempt in range(2):
        page = client.get(path(made, "vao-thi")) if Entrant.objects.exists() else None
        if page is None:
            sheet = started(client, made)
        else:
            client.post(path(made, "bat-dau"), form_of(page, path(made, "bat-dau")))
            sheet = client.get("/bai-thi/")
        form = form_of(sheet, "/bai-thi/luu/")
        client.post("/bai-thi/nop/", form | {f"s{slot}": ["0"] for slot in range(5)})
    assert "Bạn đã dùng hết lượt thi" in client.get(path(made, "vao-thi")).content.decode()
    assert list(Attempt.objects.values_list("ordinal", flat=True).order_by("pk")) == [1, 2]


def predicting():
    rules = make_rules(
        entry={"prediction": {"count": "persons", "who": "all_correct"}},
        result={"chain": [{"kind": kind} for kind in ("score", "prediction_error", "lot")]},
    )
    return make_open_contest(rules=rules)


def test_a_prediction_that_is_no_number_costs_no_answer(client):
    made = predicting()
    form = form_of(started(client, made), "/bai-thi/luu/")
    answer = client.post("/bai-thi/nop/", form | {"s0": ["1"], "prediction": "nhiều"})
    assert answer["Location"] == "/bai-thi/?sai-du-doan=1#du-doan"
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.answers, attempt.prediction) == (1, [2, 0, 0, 0, 0], None)
    page = client.get("/bai-thi/?sai-du-doan=1")
    assert 'id="id_prediction_error"' in page.content.decode()
    form = form_of(page, "/bai-thi/luu/")
    client.post("/bai-thi/luu/", form | {"prediction": "1.250"})
    attempt.refresh_from_db()
    assert (attempt.answers, attempt.prediction) == ([2, 0, 0, 0, 0], 1250)
    assert form_of(client.get("/bai-thi/"), "/bai-thi/luu/")["prediction"] == ["1250"]
