"""One letter a day at most, naming all courses; on the days that were agreed and no others."""

from datetime import timedelta

import pytest
from django.core import mail

from accounts.domain.sending import text_outbox
from accounts.models import User
from tests.training.enrolment_world import NOW, TODAY, make_course, make_province
from training.domain.enrolment_reminders import remind_learners
from training.domain.enrolment_terms import set_terms
from training.domain.enrolments import enrol_people, enrol_self, set_due
from training.enums import EnrolmentSource, ReminderWay
from training.models import Enrolment, EnrolmentReminder

pytestmark = pytest.mark.django_db
MIDNIGHT = NOW.replace(hour=17)


@pytest.fixture
def world(settings):
    settings.SITE_ORIGIN = "https://tap-huan.example"
    made = make_province()
    User.objects.filter(pk=made.an.pk).update(email="an@co-quan.example")
    return made


def enrol(world, person, course=None, due=None, now=NOW):
    return enrol_people(
        course=course or world.course,
        people=[person],
        source=EnrolmentSource.ORGANISER,
        user=world.organiser,
        due_on=due,
        now=now,
    )


def test_who_is_enrolled_gets_one_letter_naming_all_their_courses(world):
    second = make_course(world.top, world.organiser, "so-hoa", title="Số hoá hồ sơ")
    enrol(world, world.an, due=TODAY + timedelta(days=40))
    enrol(world, world.an, second)
    assert (remind_learners(now=NOW), remind_learners(now=NOW + timedelta(hours=2))) == (1, 0)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["an@co-quan.example"], "Nhắc hoàn thành khoá học")
    assert letter.body.splitlines()[2:5] == [
        "Bạn còn 2 khoá học chưa hoàn thành:",
        "1. Tiếp công dân – hạn 02/01/2027",
        "2. Số hoá hồ sơ",
    ]
    assert letter.body.endswith("Vào học: https://tap-huan.example/hoc/")
    log = EnrolmentReminder.objects.get()
    assert (log.person, log.day, log.way, log.courses, log.failed) == (
        world.an,
        TODAY,
        ReminderWay.LETTER,
        2,
        False,
    )


def test_letters_come_14_7_and_1_days_before_the_day_after_and_then_weekly(world):
    enrol(world, world.an, due=TODAY + timedelta(days=30))
    days = [day for day in range(60) if remind_learners(now=NOW + timedelta(days=day))]
    assert days == [0, 16, 23, 29, 31, 38, 45, 52, 59]


def test_a_day_on_which_the_worker_stood_still_is_made_up_for(world):
    enrol(world, world.an, due=TODAY + timedelta(days=30))
    remind_learners(now=NOW)
    assert remind_learners(now=NOW + timedelta(days=18)) == 1
    assert remind_learners(now=NOW + timedelta(days=19)) == 0


def test_who_enrolled_alone_is_first_written_to_when_the_day_comes_near(world):
    held = enrol_self(user=world.an, course=world.course, now=NOW)
    assert remind_learners(now=NOW) == 0
    due = TODAY + timedelta(days=10)
    set_due(enrolment=held, due_on=due, user=world.organiser, now=NOW)
    assert [day for day in range(8) if remind_learners(now=NOW + timedelta(days=day))] == [3]


@pytest.mark.parametrize("ended", ["completed_at", "withdrawn_at"])
def test_whoever_is_done_hears_nothing(world, ended):
    enrol(world, world.an, due=TODAY + timedelta(days=3))
    Enrolment.objects.update(**{ended: NOW})
    assert remind_learners(now=NOW) == 0


def test_a_course_that_does_not_remind_is_neither_a_reason_nor_named(world):
    enrol(world, world.an, due=TODAY + timedelta(days=3))
    set_terms(
        course=world.course,
        due_on=None,
        due_days=0,
        renew_before=30,
        reminds=False,
        user=world.organiser,
    )
    assert remind_learners(now=NOW) == 0
    enrol(world, world.an, make_course(world.top, world.organiser, "so-hoa"))
    assert (remind_learners(now=NOW), EnrolmentReminder.objects.get().courses) == (1, 1)


def test_who_has_a_phone_only_gets_a_text_and_who_has_neither_is_left_alone(world):
    world.binh.put_phone("0912345678", verified=True)
    world.binh.save()
    text_outbox.clear()
    enrol(world, world.binh)
    enrol(world, world.anh)
    assert remind_learners(now=NOW) == 1
    assert [(sent.phone, sent.text) for sent in text_outbox] == [
        (
            "0912345678",
            "Bạn còn 1 khoá học chưa hoàn thành. Vào học: https://tap-huan.example/hoc/",
        )
    ]


def test_nobody_is_written_to_at_night(world):
    enrol(world, world.an)
    assert remind_learners(now=MIDNIGHT) == 0


def test_a_letter_that_was_not_taken_is_kept_as_such_and_tried_another_day(world, monkeypatch):
    def refuse(self):
        raise ConnectionRefusedError

    enrol(world, world.an)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        assert remind_learners(now=NOW) == 0
    assert EnrolmentReminder.objects.get().failed
    assert remind_learners(now=NOW + timedelta(hours=1)) == 0
    assert remind_learners(now=NOW + timedelta(days=1)) == 1
