"""Hours by program: what officers have studied in a year and miss, papers from elsewhere, gaps."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.models import OrgUnit, User
from quiz.interfaces.api.access import HoldsRole
from training.domain.gaps import GapPlan, people_to_plan, plan_gaps, sorted_by_missing
from training.domain.hours import read_hours
from training.domain.hours_people import people_in_view
from training.enums import CreditState
from training.interfaces.api.asking import AskedUnitSerializer, AskedYearSerializer, unit_of
from training.models import Credit
from training.permissions import RUN_TRAINING, SEE_TRAINING, seen_credits


class DutySerializer(serializers.Serializer):
    """What a year asks for, in units of so many minutes; `measure` in words."""

    yearly = serializers.DecimalField(max_digits=8, decimal_places=2)
    measure = serializers.CharField()
    minutes_per_unit = serializers.IntegerField()


class PersonHoursSerializer(serializers.Serializer):
    """A person's year in minutes; `units` and `missing` in the duty's, null without a duty."""

    person = serializers.CharField(source="person.username")
    name = serializers.CharField(source="person.full_name")
    unit = serializers.CharField(source="person.unit.code", default=None, allow_null=True)
    year = serializers.IntegerField()
    system_minutes = serializers.IntegerField()
    class_minutes = serializers.IntegerField()
    elsewhere_minutes = serializers.IntegerField()
    minutes = serializers.IntegerField()
    duty = DutySerializer(allow_null=True)
    units = serializers.DecimalField(max_digits=10, decimal_places=1, allow_null=True)
    missing = serializers.DecimalField(max_digits=10, decimal_places=2)
    gap_minutes = serializers.IntegerField()
    due_on = serializers.DateField(allow_null=True)


class AskedHoursSerializer(AskedYearSerializer):
    """`q` words of a name or a staff code; `missing`: only who misses something."""

    q = serializers.CharField(required=False, default="", allow_blank=True, max_length=100)
    missing = serializers.BooleanField(required=False, default=False)


class GapSerializer(serializers.Serializer):
    """Minutes: the gap, what open enrolments bring, what `courses` would add, what is left."""

    person = serializers.CharField(source="hours.person.username")
    name = serializers.CharField(source="hours.person.full_name")
    gap_minutes = serializers.IntegerField(source="hours.gap_minutes")
    due_on = serializers.DateField(source="hours.due_on", allow_null=True)
    assigned = serializers.IntegerField()
    courses = serializers.SerializerMethodField()
    adds = serializers.IntegerField()
    left = serializers.IntegerField()

    def get_courses(self, plan: GapPlan) -> list[str]:
        return [course.code for course in plan.courses]


class CreditSerializer(serializers.ModelSerializer):
    """A paper from elsewhere; it counts once it is approved."""

    person = serializers.CharField(source="person.username")
    state = serializers.ChoiceField(choices=CreditState.values)

    class Meta:
        model = Credit
        fields = (
            *("id", "person", "title", "issuer", "number", "taken_on", "minutes", "state"),
            *("refusal", "decided_at"),
        )


class AskedCreditsSerializer(AskedUnitSerializer):
    """`person` by their staff code; `state` of the paper."""

    person = serializers.CharField(required=False, default="", allow_blank=True)
    state = serializers.ChoiceField(
        required=False, default="", allow_blank=True, choices=CreditState.values
    )


class HoursViewSet(GenericViewSet):
    """Hours of the people in reach, who misses most first."""

    roles = SEE_TRAINING
    permission_classes = (HoldsRole,)
    serializer_class = PersonHoursSerializer
    queryset = User.objects.none()

    @extend_schema(parameters=[AskedHoursSerializer])
    def list(self, request: Request) -> Response:
        """The newest figures, whenever they are asked for."""
        asked = AskedHoursSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        unit = unit_of(request, given["unit"])
        people = people_in_view(
            user=request.user, unit_id=unit.pk if unit else None, words=given["q"]
        )
        found = sorted_by_missing(read_hours(people=list(people), year=given["year"]))
        if given["missing"]:
            found = [each for each in found if each.missing]
        page = self.paginate_queryset(found)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class GapViewSet(GenericViewSet):
    """Who misses something, and the shortest set of courses that would close it."""

    roles = RUN_TRAINING
    permission_classes = (HoldsRole,)
    serializer_class = GapSerializer
    queryset = User.objects.none()

    @extend_schema(parameters=[AskedYearSerializer])
    def list(self, request: Request) -> Response:
        """Of those whom the person may enrol; nothing is assigned by asking."""
        asked = AskedYearSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        unit = unit_of(request, given["unit"])
        people = people_to_plan(user=request.user, unit_id=unit.pk if unit else None)
        plans = plan_gaps(people=people, year=given["year"], day=timezone.localdate())
        page = self.paginate_queryset(plans)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class CreditViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet):
    """Papers from elsewhere of the people in reach, and one's own."""

    roles = SEE_TRAINING
    permission_classes = (HoldsRole,)
    serializer_class = CreditSerializer
    lookup_value_converter = "int"
    queryset = Credit.objects.none()

    def get_queryset(self) -> QuerySet[Credit]:
        return seen_credits(self.request.user).select_related("person")

    @extend_schema(parameters=[AskedCreditsSerializer])
    def list(self, request: Request, *args: object, **kwargs: object) -> Response:
        """The newest first."""
        asked = AskedCreditsSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        given, rows = asked.validated_data, self.get_queryset()
        if unit := unit_of(request, given["unit"]):
            rows = rows.filter(person__unit__in=OrgUnit.objects.below([unit.pk]))
        if given["person"]:
            rows = rows.filter(person__username=given["person"])
        if given["state"]:
            rows = rows.filter(state=given["state"])
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
