"""Who enrols whom at the same moment: one enrolment, whoever was quicker."""

import pytest

from tests.concurrency.conftest import race
from tests.training.enrolment_world import NOW, make_province
from training.domain.enrolments import enrol_people, enrol_self, enrolment_of, withdraw
from training.enums import EnrolmentSource
from training.models import Enrolment

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_enrolments_at_once_are_one():
    world = make_province()

    def by_themselves():
        return enrol_self(user=world.an, course=world.course, now=NOW).pk

    def by_the_organiser():
        return enrol_people(
            course=world.course,
            people=[world.an, world.anh],
            source=EnrolmentSource.ORGANISER,
            user=world.organiser,
            now=NOW,
        )

    race(by_themselves, by_the_organiser, by_themselves, by_the_organiser)
    assert list(Enrolment.objects.order_by("person__username").values_list("ordinal")) == [
        (1,),
        (1,),
    ]
    held = enrolment_of(world.an, world.course)
    withdraw(enrolment=held, user=world.organiser, now=NOW)
    race(by_the_organiser, by_themselves, by_the_organiser)
    assert Enrolment.objects.filter(person=world.an).count() == 2
