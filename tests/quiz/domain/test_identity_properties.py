"""Whatever a stranger does, the victim's entry stays as it is, and nothing tells that there is one.

Two contests are alike in all but this: in one the victim has registered and answered. A stranger
who knows the victim's name, birth date, phone, mail address and staff code (not the mã dự thi, not
the phone itself) does the same things in both. Every answer must be equal byte for byte, apart from
random tokens; so must the statements it took; and the victim's rows and pages must not change.
"""

import re
from dataclasses import dataclass, field

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.models import Consent
from quiz.domain.frozen import clear_frozen
from quiz.models import Attempt, Entrant
from tests.factories import OpenContest, make_attempt, make_open_contest, make_rules, register
from tests.quiz.returning import STAFF_CODE, add_roster, sent_by_worker

pytestmark = pytest.mark.django_db

VICTIM = {
    "full_name": "Phạm Thị Thử Nghiệm",
    "birth_date": "05/09/1968",
    "phone": "0999000777",
    "email": "nan.nhan@example.vn",
    "staff_code": STAFF_CODE,
}
FIELDS = [
    {"name": name, "required": name in ("full_name", "birth_date", "phone")} for name in VICTIM
]
FORM_KEY = "5f1c6a52-0000-4000-8000-00000000000{}"

RANDOM = re.compile(
    r"(?P<any_length><svg[^>]*class=\"qr\".*?</svg>"  # the mã dự thi as a picture
    r"|\d+ (?:ngày|giờ|phút|giây))"  # how long it is until then
    r"|[A-Za-z0-9_-]{40,}"  # tokens, CSRF, the browser's secret
    r"|\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b"  # mã dự thi
    r"|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"  # keys of forms
    r"|\d\d:\d\d(?::\d\d)?|data-[a-z]+=\"\d{4,}\"",  # the clock
    re.DOTALL,
)


def _hidden(found: re.Match[str]) -> str:
    return "#" if found["any_length"] else "#" * len(found[0])


@dataclass
class Side:
    """One of the two contests, and the stranger's browser in it."""

    made: OpenContest
    client: Client = field(default_factory=lambda: Client(REMOTE_ADDR="192.0.2.66"))

    def path(self, page: str) -> str:
        return f"/cuoc-thi/{self.made.contest.code}/{page}"

    def plain(self, text: str) -> str:
        """Without what is random; its length stays."""
        same = re.sub(r"giong-nhau-\d", "C", text).replace('"C" selected>', '"C">')
        same = same.replace(f'name="round" value="{self.made.round.pk}"', 'name="round"')
        return RANDOM.sub(_hidden, same)

    def seen(self, response) -> tuple:
        """All that a browser gets."""
        cookies = {
            name: (len(cookie.value), self.plain(cookie["path"]))
            for name, cookie in response.cookies.items()
        }
        # The body is compared with its length; only the picture of a code has none of its own.
        timed = ("Expires", "Content-Length")
        headers = {k: self.plain(v) for k, v in response.items() if k not in timed}
        return response.status_code, headers, cookies, self.plain(response.content.decode())


def make_side(code: str, reentry: str) -> Side:
    rules = make_rules(entry={"reentry": reentry, "identity_fields": FIELDS})
    made = make_open_contest(rules=rules)
    add_roster(made)
    made.contest.code, made.contest.title = code, "Cuộc thi giống nhau"
    made.contest.save()
    clear_frozen()
    return Side(made)


class Stranger(RuleBasedStateMachine):
    """Set by the test: `sides` (the first has the victim), `victim` (client, entrant id)."""

    sides: tuple[Side, Side]
    victim: tuple[Client, int]

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.savepoint()
        for side in self.sides:
            side.client = Client(REMOTE_ADDR="192.0.2.66")
        self.before = self.state_of_victim()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def both(self, act) -> None:
        """The same act in both contests gets the same answer in as many statements."""
        seen = []
        for side in self.sides:
            clear_frozen()
            with CaptureQueriesContext(connection) as statements:
                response = act(side)
            seen.append((len(statements), side.seen(response)))
        assert seen[0] == seen[1]

    @rule(known=st.booleans(), form=st.integers(1, 2), consent=st.booleans())
    def register(self, known: bool, form: int, consent: bool) -> None:
        data = VICTIM if known else VICTIM | {"full_name": "Lê Văn Lạ", "phone": "0999000666"}
        data = data | {"request_key": FORM_KEY.format(form), "group": "nguoi-dan"}
        data |= {"consent": "1"} if consent else {}
        self.both(lambda side: side.client.post(side.path("dang-ky/"), data))

    @rule(code=st.sampled_from(["AAAA-AAAA-AAAA-AAAA", "x", ""]))
    def guess_a_code(self, code: str) -> None:
        self.both(lambda side: side.client.post(side.path("vao-thi/"), {"entry_code": code}))
        self.both(
            lambda side: side.client.post(
                "/tra-cuu/", {"contest": side.made.contest.code, "code": code}
            )
        )

    @rule(contact=st.sampled_from([VICTIM["phone"], VICTIM["email"], "0999000666", "a@b.vn", "?"]))
    def ask_for_a_message(self, contact: str) -> None:
        self.both(
            lambda side: side.client.post(side.path("vao-lai/lien-he/"), {"contact": contact})
        )

    @rule(code=st.sampled_from(["000000", "123456", ""]))
    def guess_a_message(self, code: str) -> None:
        self.both(lambda side: side.client.post(side.path("vao-lai/ma/"), {"code": code}))

    @rule(born=st.sampled_from([VICTIM["birth_date"], "06/09/1968"]), form=st.integers(1, 2))
    def come_as_staff(self, born: str, form: int) -> None:
        claims: list[str] = []

        def claim(side: Side):
            pair = {"staff_code": STAFF_CODE, "birth_date": born}
            response = side.client.post(side.path("vao-lai/can-bo/"), pair)
            found = re.search(r'name="claim" value="([^"]+)"', response.content.decode())
            claims.append(found[1] if found else "")
            return response

        def go_on(side: Side):
            rest = {"claim": claims.pop(0), "request_key": FORM_KEY.format(form)}
            rest |= {"phone": VICTIM["phone"], "consent": "1"}
            return side.client.post(side.path("vao-lai/can-bo/"), rest)

        self.both(claim)
        if all(claims):
            self.both(go_on)

    @rule()
    def start_a_paper(self) -> None:
        def act(side: Side):
            html = side.client.get(side.path("vao-thi/")).content.decode()
            token = re.search(r'name="token" value="([^"]+)"', html)
            data = {"token": token[1] if token else "", "round": side.made.round.pk, "ordinal": 1}
            return side.client.post(side.path("bat-dau/"), data)

        self.both(act)

    @rule(
        page=st.sampled_from(["vao-lai/", "vao-thi/", "dang-ky/", "doi-nguoi/", "khong-phai-toi/"])
    )
    def look_at(self, page: str) -> None:
        self.both(lambda side: side.client.get(side.path(page)))

    @rule()
    def report(self) -> None:
        said = {"text": f"Tôi là {VICTIM['full_name']}", "attach": "1"}
        self.both(lambda side: side.client.post(side.path("khong-phai-toi/"), said))

    @rule()
    def the_worker_runs(self) -> None:
        sent_by_worker()

    @invariant()
    def the_victim_is_untouched(self) -> None:
        if hasattr(self, "before"):
            assert self.state_of_victim() == self.before

    def state_of_victim(self) -> tuple:
        client, pk = self.victim
        side = self.sides[0]
        pages = (side.path("vao-thi/"), side.path("doi-nguoi/"), "/bai-thi/bien-nhan/")
        return (
            Entrant.objects.filter(pk=pk).values().get(),
            list(Attempt.objects.filter(entrant=pk).values()),
            list(Consent.objects.filter(subject_id=pk).values()),
            [side.seen(client.get(page)) for page in pages],
        )


def victim_by_form(side: Side) -> tuple[Client, int]:
    """Registered and submitted in a browser of their own."""
    who = register(side.made, **VICTIM)
    attempt = make_attempt(side.made, who=who)
    client = Client(REMOTE_ADDR="192.0.2.7")
    client.post(side.path("vao-thi/"), {"entry_code": who.code})
    client.post(
        side.path("bat-dau/"), {"token": who.token, "round": side.made.round.pk, "ordinal": 1}
    )
    return client, attempt.entrant_id


def victim_by_staff_code(side: Side) -> tuple[Client, int]:
    client = Client(REMOTE_ADDR="192.0.2.7")
    pair = {"staff_code": STAFF_CODE, "birth_date": VICTIM["birth_date"]}
    html = client.post(side.path("vao-lai/can-bo/"), pair).content.decode()
    claim = re.search(r'name="claim" value="([^"]+)"', html)[1]
    rest = {"claim": claim, "request_key": FORM_KEY.format(9), "phone": VICTIM["phone"]}
    client.post(side.path("vao-lai/can-bo/"), rest | {"consent": "1"})
    html = client.get(side.path("vao-thi/")).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', html)[1]
    client.post(side.path("bat-dau/"), {"token": token, "round": side.made.round.pk, "ordinal": 1})
    return client, Entrant.objects.get().pk


@pytest.mark.parametrize(
    ("reentry", "enter"),
    [
        # Even where the rules lead back by staff code, that never opens what a form made.
        ("staff_code_and_birth_date", victim_by_form),
        ("code_or_contact", victim_by_staff_code),
    ],
)
def test_no_stranger_changes_or_learns_of_an_entry(reentry, enter):
    with_victim, without = (make_side(f"giong-nhau-{n}", reentry) for n in (1, 2))
    Stranger.sides = (with_victim, without)
    Stranger.victim = enter(with_victim)
    run_state_machine_as_test(
        Stranger,
        settings=settings(
            max_examples=8,
            stateful_step_count=10,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
