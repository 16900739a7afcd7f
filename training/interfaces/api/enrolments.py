"""Who takes which course, by program: courses to enrol in, enrolments, what is done with them."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from quiz.interfaces.api.access import HoldsRole
from training.domain.enrolment_errors import UnitOutOfReach
from training.domain.enrolment_lists import EnrolmentRow, store_list
from training.domain.enrolment_search import find_enrolments
from training.domain.enrolments import exempt, lift_exemption, set_due, withdraw
from training.domain.standing_enrolments import enrol_unit, units_to_enrol
from training.enums import EnrolmentStanding
from training.interfaces.api.asking import AskedUnitSerializer, unit_of
from training.models import Course, Enrolment
from training.permissions import (
    RUN_TRAINING,
    SEE_TRAINING,
    courses_for_units_of,
    seen_enrolments,
)

MOST_PEOPLE = 2000


class TrainingCourseSerializer(serializers.ModelSerializer):
    unit = serializers.CharField(source="unit.code")
    state = serializers.CharField()

    class Meta:
        model = Course
        fields = ("id", "code", "title", "unit", "state", "valid_from", "valid_to")


class EnrolmentSerializer(serializers.ModelSerializer):
    """`person` and `unit` by their codes; `state` as it is today."""

    course = serializers.CharField(source="course.code")
    person = serializers.CharField(source="person.username")
    name = serializers.CharField(source="person.full_name")
    unit = serializers.CharField(source="person.unit.code", default=None, allow_null=True)
    state = serializers.ChoiceField(source="standing_now", choices=EnrolmentStanding.values)
    source = serializers.CharField()

    class Meta:
        model = Enrolment
        fields = (
            *("id", "course", "person", "name", "unit", "ordinal", "source", "state", "due_on"),
            *("enrolled_at", "started_at", "completed_at", "exempted_at", "exempt_reason"),
            "withdrawn_at",
        )


class AskedEnrolmentsSerializer(AskedUnitSerializer):
    """`course` by its code, `state` of today, `q` words of a name or a staff code."""

    course = serializers.CharField(required=False, default="", allow_blank=True)
    state = serializers.ChoiceField(
        required=False, default="", allow_blank=True, choices=EnrolmentStanding.values
    )
    q = serializers.CharField(required=False, default="", allow_blank=True, max_length=80)


class EnrolPeopleSerializer(serializers.Serializer):
    """Staff codes; without a day the course's terms say until when."""

    people = serializers.ListField(
        child=serializers.CharField(max_length=150), min_length=1, max_length=MOST_PEOPLE
    )
    due_on = serializers.DateField(required=False, default=None, allow_null=True)


class EnrolUnitSerializer(serializers.Serializer):
    """`standing`: also whoever joins the unit later."""

    unit = serializers.CharField()
    due_on = serializers.DateField(required=False, default=None, allow_null=True)
    standing = serializers.BooleanField(required=False, default=True)


class EnrolledSerializer(serializers.Serializer):
    """How many were enrolled now; who takes the course already stays as they are."""

    enrolled = serializers.IntegerField()


class DueSerializer(serializers.Serializer):
    """null: no day."""

    due_on = serializers.DateField(allow_null=True)


class ExemptSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=400)


class TrainingCourseViewSet(ReadOnlyModelViewSet):
    """Courses for one's people: of units in reach, and those from above their people may take."""

    roles = SEE_TRAINING
    permission_classes = (HoldsRole,)
    serializer_class = TrainingCourseSerializer
    lookup_value_converter = "int"
    queryset = Course.objects.none()

    def get_queryset(self) -> QuerySet[Course]:
        courses = courses_for_units_of(self.request.user, *self.roles)
        return courses.select_related("unit").order_by("title", "pk")

    @extend_schema(request=EnrolPeopleSerializer, responses=EnrolledSerializer)
    @action(detail=True, methods=["post"], roles=RUN_TRAINING)
    def enrol(self, request: Request, pk: int) -> Response:
        """Enrol people by staff code, all or none; 422 names each code that is not known."""
        course, given = self.get_object(), _valid(EnrolPeopleSerializer, request)
        rows = [EnrolmentRow(code, staff_code=code) for code in given["people"]]
        common = {"user": request.user, "now": timezone.now()}
        plan = store_list(course=course, rows=rows, due_on=given["due_on"], **common)
        return Response({"enrolled": len(plan.new)})

    @extend_schema(request=EnrolUnitSerializer, responses=EnrolledSerializer)
    @action(detail=True, methods=["post"], url_path="enrol-unit", roles=RUN_TRAINING)
    def enrol_unit(self, request: Request, pk: int) -> Response:
        """Enrol everybody of a unit and below."""
        course, given = self.get_object(), _valid(EnrolUnitSerializer, request)
        units = units_to_enrol(user=request.user, course=course)
        unit = units.filter(code=given.pop("unit")).first()
        if unit is None:
            raise UnitOutOfReach
        new = enrol_unit(course=course, unit=unit, user=request.user, now=timezone.now(), **given)
        return Response({"enrolled": len(new)})


class EnrolmentViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet):
    """Enrolments of one's courses and one's people, what needs doing first.

    What is done with one needs the right to run training at its person's unit.
    """

    roles = SEE_TRAINING
    permission_classes = (HoldsRole,)
    serializer_class = EnrolmentSerializer
    lookup_value_converter = "int"
    queryset = Enrolment.objects.none()

    def get_queryset(self) -> QuerySet[Enrolment]:
        rows = seen_enrolments(self.request.user).with_standing(timezone.localdate())
        return rows.select_related("course", "person__unit")

    @extend_schema(parameters=[AskedEnrolmentsSerializer])
    def list(self, request: Request, *args: object, **kwargs: object) -> Response:
        """Of each person and course the newest; the withdrawn ones only if asked for."""
        asked = AskedEnrolmentsSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        rows = seen_enrolments(request.user).select_related("course")
        if given["course"]:
            rows = rows.filter(course__code=given["course"])
        found = find_enrolments(
            rows=rows,
            day=timezone.localdate(),
            standing=given["state"],
            unit=unit_of(request, given["unit"]),
            words=given["q"].strip(),
        )
        page = self.paginate_queryset(found)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def _told(self) -> Response:
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=DueSerializer, responses=EnrolmentSerializer)
    @action(detail=True, methods=["post"], roles=RUN_TRAINING)
    def due(self, request: Request, pk: int) -> Response:
        """Another day until which to complete."""
        held, given = self.get_object(), _valid(DueSerializer, request)
        set_due(enrolment=held, user=request.user, now=timezone.now(), **given)
        return self._told()

    @extend_schema(request=ExemptSerializer, responses=EnrolmentSerializer)
    @action(detail=True, methods=["post"], roles=RUN_TRAINING)
    def exempt(self, request: Request, pk: int) -> Response:
        """The person need not complete it, for a reason."""
        held, given = self.get_object(), _valid(ExemptSerializer, request)
        exempt(enrolment=held, user=request.user, now=timezone.now(), **given)
        return self._told()

    @extend_schema(request=None, responses=EnrolmentSerializer)
    @action(detail=True, methods=["post"], roles=RUN_TRAINING)
    def lift(self, request: Request, pk: int) -> Response:
        """They have to complete it after all."""
        lift_exemption(enrolment=self.get_object(), user=request.user)
        return self._told()

    @extend_schema(request=None, responses=EnrolmentSerializer)
    @action(detail=True, methods=["post"], roles=RUN_TRAINING)
    def withdraw(self, request: Request, pk: int) -> Response:
        """Enrolled by mistake; what was studied stays stored."""
        withdraw(enrolment=self.get_object(), user=request.user, now=timezone.now())
        return self._told()


def _valid(kind: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    given = kind(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
