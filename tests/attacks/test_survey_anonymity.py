"""Nothing stored or shown of a survey tells one answer, or that two are of one person."""

import json
import re
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from quiz.engine.small_groups import LEAST
from tests.people import make_unit
from tests.training.surveys import NOW, SCALES, answer, make_survey
from training.domain import survey_pressure
from training.domain.survey_figures import read_result, seen_desks
from training.domain.survey_pressure import SurveyPressure
from training.domain.surveys import current_version
from training.models import SurveyFigures, SurveyPot, SurveyRemark, SurveyTurn

pytestmark = pytest.mark.django_db
ADDRESS, DEVICE, REFERRER = (
    "203.0.113.77",
    "Mozilla/5.0 (MayRieng-4711)",
    "https://noi-rieng.example/",
)
TOKEN = re.compile(r'name="token" value="([^"]+)"')


def stored_text() -> str:
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{model._meta.db_table}" t')
            found += [text for (text,) in cursor.fetchall()]
    return "\n".join(found)


def send(client: Client, survey: Any, **changed: str) -> Any:
    """What a browser does: the form, then its answer."""
    address = reverse("survey", args=[survey.code])
    headers = {"user-agent": DEVICE, "referer": REFERRER}
    page = client.get(address, REMOTE_ADDR=ADDRESS, headers=headers)
    token = TOKEN.search(page.content.decode())[1]
    chosen = {f"p{place}": "4" for place in range(SCALES)}
    posted = {"token": token, "version": "1", **chosen, "p6": "1", **changed}
    answered = client.post(address, posted, REMOTE_ADDR=ADDRESS, headers=headers)
    assert client.cookies == {}
    return token, answered


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> SurveyPressure:
    fresh = SurveyPressure()
    monkeypatch.setattr("frontend.pages.public.surveys.pressure", fresh)
    return fresh


def test_an_answer_leaves_nothing_of_its_sender(client: Client):
    survey, _organiser = make_survey()
    before = stored_text()
    token, answered = send(client, survey, remark="Ghế chờ hơi ít")
    assert answered.status_code == 302
    left = "\n".join(set(stored_text().splitlines()) - set(before.splitlines()))
    assert "Ghế chờ hơi ít" in left
    for trace in (ADDRESS, "4711", "noi-rieng", token, token.split(".")[0]):
        assert trace not in left
    # No moment finer than a day, in whatever form.
    assert re.findall(r"\d\d:\d\d", left) == []


def test_no_column_could_hold_who_or_when():
    """Of what answers change: ids, sums, the day of a form, the month of figures; no moment."""
    columns = {
        (model._meta.model_name, field.name, field.get_internal_type())
        for model in (SurveyPot, SurveyFigures, SurveyRemark, SurveyTurn)
        for field in model._meta.concrete_fields
    }
    place = [("version", "ForeignKey"), ("unit", "ForeignKey")]
    sums = [("id", "BigAutoField"), ("answers", "PositiveIntegerField"), ("counts", "JSONField")]
    month = ("month", "DateField")
    assert columns == {
        *(("surveypot", *each) for each in [*place, *sums, ("remarks", "ArrayField")]),
        *(("surveyfigures", *each) for each in [*place, *sums, month]),
        *(
            ("surveyremark", *each)
            for each in [*place, ("id", "UUIDField"), month, ("text", "TextField")]
        ),
        ("surveyturn", "digest", "BinaryField"),
        ("surveyturn", "day", "DateField"),
    }


def test_answers_given_the_other_way_round_leave_the_same():
    """What is stored does not say which came first, nor which choices were one person's."""
    states = []
    for order in ((0, 4), (4, 0)):
        survey, _organiser = make_survey(make_unit(f"tinh-{order[0]}"))
        for level in order:
            answer(survey, level=level)
        states.append((SurveyPot.objects.get(unit=survey.unit).counts, 2))
    assert states[0] == states[1]


def test_each_difference_of_shown_figures_is_of_ten_or_more():
    """Over 60 answers at three desks in four months: whatever is subtracted from whatever."""
    survey, organiser = make_survey()
    desks = [make_unit(f"xa-{n}", parent=survey.unit) for n in range(3)]
    shown = {0}
    for n in range(60):
        month = NOW + timedelta(days=30 * (n // 16))
        answer(survey, desks[n % 2 + n % 3 // 2], level=n % 5, remark=f"ý {n}", now=month)
        shown |= everything_shown(survey, organiser)
    assert len(shown) > 3
    assert min(abs(a - b) for a, b in combinations(shown, 2)) >= LEAST
    told = sum(SurveyFigures.objects.values_list("answers", flat=True))
    assert SurveyRemark.objects.count() == told


def everything_shown(survey: Any, user: Any) -> set[int]:
    """Answers of the whole, of each unit and of each month: by the month, and since each month."""
    version, desks = current_version(survey=survey), seen_desks(survey=survey, user=user)
    months = [NOW.date().replace(month=month, day=1) for month in range(3, 7)]
    found = set()
    for first, last in {(m, last) for m in months for last in (m, months[-1])}:
        result = read_result(version=version, units=desks, first=first, last=last)
        found.add(result.answers)
        found |= {part.answers for part in (*result.units, *result.months)}
    return found


def test_waiting_answers_are_shown_nowhere(client: Client):
    """Page, workbook, chart and API are byte for byte as without them."""
    survey, organiser = make_survey()
    client.force_login(organiser)
    before = seen(client, survey)
    for _time in range(LEAST - 1):
        answer(survey, level=4, remark="chờ")
    assert seen(client, survey) == before
    answer(survey)
    assert seen(client, survey) != before


def seen(client: Client, survey: Any) -> list[bytes]:
    pages = [reverse(name, args=[survey.pk]) for name in ("w-survey", "w-survey-chart")]
    pages += [reverse("api-work-survey-figures", args=[survey.pk]), reverse("w-surveys")]
    asked = "?tu=2026-01&den=2026-12&first=2026-01-01&last=2026-12-31"
    drop = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"|\?tu=[^"]*"|/\?tu=[^"]+')
    return [drop.sub(b"", client.get(page + asked).content) for page in pages]


def test_remarks_stand_in_no_order():
    survey, organiser = make_survey()
    for n in range(3 * LEAST):
        answer(survey, remark=f"ý kiến {n:02}")
    result = read_result(
        version=current_version(survey=survey),
        units=seen_desks(survey=survey, user=organiser),
        first=NOW.date().replace(day=1),
        last=NOW.date().replace(day=1),
    )
    assert sorted(result.remarks) == [f"ý kiến {n:02}" for n in range(30)]
    # One in 30! that chance put them in order.
    assert list(result.remarks) != sorted(result.remarks)
    keys = SurveyRemark.objects.values_list("pk", flat=True)
    assert {key.version for key in keys} == {4}


def test_the_limit_forgets_addresses_with_its_window(calm: SurveyPressure):
    """Not in the database, not in memory: a mark under a salt that is gone with the window."""
    calm.take(ADDRESS, 1000.0)
    (first,) = calm._sent
    assert ADDRESS.encode() not in first
    calm.take(ADDRESS, 1000.0 + survey_pressure.WINDOW_SECONDS)
    (second,) = calm._sent
    assert first != second
    assert json.dumps([mark.hex() for mark in calm._sent]).count(first.hex()) == 0


def test_the_page_keeps_no_device_apart(client: Client):
    """No cookie, no storage, no script of its own, nothing kept: each form is a stranger's."""
    survey, _organiser = make_survey()
    pages = [client.get(reverse("survey", args=[survey.code])) for _time in range(2)]
    texts = [page.content.decode() for page in pages]
    assert all(page.cookies == {} for page in pages)
    assert all(page["Cache-Control"] == "no-store" for page in pages)
    tokens = [TOKEN.search(text)[1] for text in texts]
    assert texts[0].replace(tokens[0], "") == texts[1].replace(tokens[1], "")
    assert tokens[0] != tokens[1]
    assert "SIPAS" not in "".join(texts).upper()
