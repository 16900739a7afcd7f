"""The demo's course is whole, open, and waits for the demo's people."""

import pytest
from django.utils import timezone

from accounts.enums import Role
from quiz.demo.contest import province_code
from quiz.demo.setting import ORGANISER, REVIEWER, UNIT_LEAD
from tests.people import make_person, make_unit
from training.demo.loading import load_training_demo
from training.domain.course_checklist import missing_to_publish
from training.domain.quizzes import quiz_shortages
from training.enums import LessonKind
from training.models import Enrolment, Lesson


@pytest.mark.django_db
def test_the_demo_course_is_open_and_lacks_nothing(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    now = timezone.now()
    province = make_unit(province_code())
    make_person(ORGANISER, Role.ORGANISER, Role.AUTHOR, unit=province)
    make_person(REVIEWER, Role.REVIEWER, unit=province)
    make_person(UNIT_LEAD, Role.UNIT_LEAD, unit=province)
    course = load_training_demo(now=now)
    assert missing_to_publish(course=course, now=now) == []
    lessons = {lesson.kind: lesson for lesson in Lesson.objects.select_related("file")}
    assert lessons[LessonKind.VIDEO].file.facts["seconds"] == pytest.approx(20, abs=0.5)
    assert lessons[LessonKind.SLIDES].file.facts["pages"] == 3
    assert quiz_shortages(lessons[LessonKind.QUIZ], on=timezone.localdate(now)) == []
    assert Enrolment.objects.filter(person__username=UNIT_LEAD, course=course).exists()
