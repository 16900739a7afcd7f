"""Surveys: versions, who may, what a unit's head sees, sending twice."""

from datetime import UTC, date, datetime

import pytest

from accounts.enums import Role
from accounts.errors import NotAllowed, TooManyRequests
from quiz.engine.small_groups import LEAST
from tests.people import make_person, make_unit
from tests.training.surveys import NOW, answer, answer_many, make_survey
from training.domain.survey_answers import find_desk
from training.domain.survey_errors import SurveyClosed, SurveyFormOld, SurveyNotFound
from training.domain.survey_figures import read_result, seen_desks
from training.domain.survey_pressure import MOST_ANSWERS, WINDOW_SECONDS, SurveyPressure
from training.domain.surveys import (
    create_survey,
    current_version,
    document_of,
    publish_version,
    set_open,
)
from training.models import Survey, SurveyFigures, SurveyPot

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def result(survey, user, first=MARCH, last=APRIL):
    desks = seen_desks(survey=survey, user=user)
    return read_result(version=current_version(survey=survey), units=desks, first=first, last=last)


def test_figures_are_told_by_whole_batches():
    survey, organiser = make_survey()
    answer_many(survey, count=LEAST - 1)
    assert result(survey, organiser).answers == 0
    answer_many(survey, count=LEAST + 2, level=4)
    found = result(survey, organiser)
    assert (found.answers, found.satisfied, found.marks) == (2 * LEAST, 9 * 6, 20 * 6)
    assert [count for _words, count in found.prompts[0].options] == [9, 0, 0, 0, 11]
    assert [(part.label, part.answers) for part in found.months] == [("03/2026", 20)]
    assert SurveyPot.objects.get().answers == 1


def test_a_batch_counts_in_the_month_in_which_it_is_full():
    survey, organiser = make_survey()
    answer_many(survey, count=6)
    answer_many(survey, count=4, now=datetime(2026, 4, 2, tzinfo=UTC))
    assert result(survey, organiser, MARCH, MARCH).answers == 0
    assert result(survey, organiser, APRIL, APRIL).answers == LEAST


def test_a_form_sent_twice_counts_once():
    survey, _organiser = make_survey()
    from training.domain.survey_answers import make_form_token

    token = make_form_token()
    assert [answer(survey, token=token) for _time in range(3)] == [True, False, False]
    assert SurveyPot.objects.get().answers == 1


@pytest.mark.parametrize("token", ["x", "0" * 32 + "." + "0" * 24, ".", "á.é"])
def test_a_form_that_is_not_ours_is_refused(token: str):
    survey, _organiser = make_survey()
    with pytest.raises(SurveyFormOld):
        answer(survey, token=token)
    assert SurveyPot.objects.count() == 0


def test_a_closed_survey_takes_no_answer():
    survey, organiser = make_survey()
    set_open(survey=survey, is_open=False, user=organiser)
    with pytest.raises(SurveyClosed):
        answer(survey)


def test_a_desk_is_a_unit_of_the_survey_or_below():
    survey, _organiser = make_survey()
    below, beside = make_unit("xa", parent=survey.unit), make_unit("khac")
    assert find_desk(code=survey.code, unit_code="xa") == (survey, below)
    assert find_desk(code=survey.code, unit_code="") == (survey, survey.unit)
    for code, unit in ((survey.code, beside.code), ("khong-co", ""), (survey.code, "khong-co")):
        with pytest.raises(SurveyNotFound):
            find_desk(code=code, unit_code=unit)


def test_a_head_sees_their_unit_and_below():
    survey, organiser = make_survey()
    one, other = (make_unit(code, parent=survey.unit) for code in ("xa-1", "xa-2"))
    head = make_person("lanh.dao", Role.UNIT_LEAD, unit=one)
    answer_many(survey, one)
    answer_many(survey, other, level=4)
    assert [part.label for part in result(survey, head).units] == ["Đơn vị xa-1"]
    assert result(survey, head).satisfied == 60
    assert result(survey, organiser).answers == 20
    assert list(Survey.objects.asked_within_reach_of(head, Role.UNIT_LEAD)) == [survey]
    stranger = make_person("nguoi.la", Role.UNIT_LEAD, unit=make_unit("noi-khac"))
    assert list(Survey.objects.asked_within_reach_of(stranger, Role.UNIT_LEAD)) == []


def test_a_new_wording_is_a_new_version_and_the_old_figures_stay():
    survey, organiser = make_survey()
    answer_many(survey, count=LEAST + 3)
    first = current_version(survey=survey)
    held = document_of(first)
    same = publish_version(survey=survey, document=held, user=organiser, now=NOW)
    assert same == first
    shorter = held.model_copy(update={"prompts": held.prompts[:1]})
    second = publish_version(survey=survey, document=shorter, user=organiser, now=NOW)
    assert (second.number, document_of(second)) == (2, shorter)
    assert document_of(first) == held
    assert SurveyFigures.objects.get().version == first
    assert list(SurveyPot.objects.past()) == list(SurveyPot.objects.filter(version=first))


def test_only_organisers_of_the_unit_run_surveys():
    survey, organiser = make_survey()
    head = make_person("dau.moi", Role.UNIT_LEAD, unit=survey.unit)
    below = make_person("xa", Role.ORGANISER, unit=make_unit("xa", parent=survey.unit))
    document = document_of(current_version(survey=survey))
    for user in (head, below):
        with pytest.raises(NotAllowed):
            publish_version(survey=survey, document=document, user=user, now=NOW)
        with pytest.raises(NotAllowed):
            set_open(survey=survey, is_open=False, user=user)
        with pytest.raises(NotAllowed):
            create_survey(unit=survey.unit, title="Khác", user=user, now=NOW)
    again = create_survey(unit=survey.unit, title="Khảo sát một cửa", user=organiser, now=NOW)
    assert (survey.code, again.code) == ("khao-sat-mot-cua", "khao-sat-mot-cua-2")


def test_one_network_has_room_for_a_busy_desk_and_no_more():
    pressure = SurveyPressure()
    for _time in range(MOST_ANSWERS):
        pressure.take("203.0.113.7", 1000.0)
    with pytest.raises(TooManyRequests):
        pressure.take("203.0.113.7", 1000.0)
    pressure.take("203.0.113.8", 1000.0)
    pressure.take("203.0.113.7", 1000.0 + WINDOW_SECONDS)
