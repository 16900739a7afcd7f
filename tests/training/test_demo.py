"""The demo's desk: a survey with results, and a screen that has something to show."""

import pytest
from django.utils import timezone

from quiz.demo.setting import LEAD_UNIT, make_setting
from tests.training.screens import LINKS
from training.demo.desks import load_desks
from training.domain.playing import screen_document
from training.models import Screen, SurveyFigures, SurveyPot

pytestmark = pytest.mark.django_db


def test_the_demo_has_results_and_a_screen() -> None:
    now = timezone.now()
    make_setting(now=now)
    load_desks(now=now)
    told = SurveyFigures.objects.values_list("answers", flat=True)
    assert (sum(told), {pot.answers for pot in SurveyPot.objects.all()}) == (120, {3})
    screen = Screen.objects.get()
    shown = screen_document(screen=screen, links=LINKS, now=now)["items"]
    assert (screen.unit.code, [item["kind"] for item in shown]) == (LEAD_UNIT, ["text", "code"])
