"""While a count decides prizes, the visit figures say nothing of how many enter."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.installation import update_installation
from quiz.domain.awards import propose_awards
from quiz.domain.rounds import freeze_round
from quiz.domain.sealing import seal_round
from quiz.rules.document import Criterion, PredictionRules
from tests.factories import OpenContest, make_contest, make_open_contest, make_rules
from tests.results_factory import Person, close, make_entrants
from training.domain import visits
from training.domain.visits import GATHERED, count_visit
from training.models import VisitDay

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 10) Chrome/80"
LIBRARY = "/thu-vien/"


@pytest.fixture(autouse=True)
def counting() -> Iterator[None]:
    update_installation(user=None, shows_visits=True)
    visits._gathering.begin_anew()
    yield
    visits._gathering.begin_anew()


def secret_rules():
    chain = [Criterion(kind=kind) for kind in ("score", "prediction_error", "decision")]
    prediction = {"prediction": PredictionRules(who="took_part")}
    return make_rules(entry=prediction, result={"chain": chain})


def contest_pages(made: OpenContest) -> list[str]:
    """Everything a crowd that enters would open, wherever it comes from."""
    names = ("contest", "contest-rules", "results", "register", "ready")
    own = [reverse(name, args=[made.contest.code]) for name in names]
    return [*own, "/", reverse("lookup"), reverse("recheck"), "/khong-co/", "//thu-vien/"]


def crowd(pages: list[str], now) -> None:
    for path in pages:
        assert count_visit(path=path, arrived=True, agent=PHONE, now=now) is None


def sums() -> list[tuple[int, int]]:
    return list(VisitDay.objects.values_list("visits", "views"))


def test_figures_stand_still_however_many_enter():
    made, now = make_open_contest(rules=secret_rules()), timezone.now()
    count_visit(path=LIBRARY, arrived=True, agent=PHONE, now=now)
    shown = count_visit(path=LIBRARY, arrived=True, agent=PHONE, now=now + GATHERED)
    for _entrant in range(20):
        crowd(contest_pages(made), now + GATHERED)
    again = count_visit(path=LIBRARY, arrived=True, agent=PHONE, now=now + 2 * GATHERED)
    # What was read at the library itself, and no page of a contest.
    assert (shown.total, again.total) == (2, 3)
    assert sums() == [(3, 3)]


def test_what_was_gathered_before_the_freeze_is_not_told_after_it():
    made, now = make_contest(rules=secret_rules()), timezone.now()
    visits._gathering.write(now)
    count_visit(path="/", arrived=True, agent=PHONE, now=now)
    freeze_round(round=made.round, user=made.organiser, now=now)
    visits._gathering.write(now + GATHERED)
    assert sums() == []


def test_another_contest_of_the_house_shows_none_either(client: Client):
    make_open_contest(rules=secret_rules())
    plain = make_open_contest()
    crowd(contest_pages(plain), timezone.now())
    address = reverse("contest", args=[plain.contest.code])
    assert b"data-visits" not in client.get(address).content
    assert sums() == []


def test_nothing_of_that_time_is_made_up_for_after_the_seal():
    made, now = make_open_contest(rules=secret_rules()), timezone.now()
    crowd(contest_pages(made), now)
    make_entrants(made, [Person()])
    close(made)
    crowd(contest_pages(made), now + timedelta(seconds=1))
    visits._gathering.write(now + GATHERED)
    propose_awards(round=made.round, user=made.organiser)
    seal_round(round=made.round, user=made.organiser, now=made.round.closes_at)
    visits._gathering.write(now + 2 * GATHERED)
    assert sums() == []
    count_visit(path="/", arrived=True, agent=PHONE, now=now + 2 * GATHERED)
    visits._gathering.write(now + 3 * GATHERED)
    assert sums() == [(1, 1)]


def test_pages_of_an_open_secret_contest_never_ask_to_be_counted(client: Client):
    """No request more in the minute before the close, and pages alike for all."""
    made = make_open_contest(rules=secret_rules())
    for name in ("contest", "contest-rules", "register"):
        page = client.get(reverse(name, args=[made.contest.code]))
        assert b"visits" not in page.content
    assert b"data-visits" not in client.get("/").content
