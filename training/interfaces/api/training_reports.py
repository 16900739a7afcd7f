"""The report of training by program: what the page tells, of the units in reach."""

from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from quiz.interfaces.api.access import HoldsRole
from training.domain.training_reports import (
    TrainingReport,
    officer_hours,
    read_report,
    unit_to_report,
)
from training.interfaces.api.hours import PersonHoursSerializer
from training.permissions import SEE_TRAINING, courses_for_units_of


class TrainingCountSerializer(serializers.Serializer):
    """`percent` is of those that have to be completed, rounded down; null where none has."""

    persons = serializers.IntegerField()
    enrolments = serializers.IntegerField()
    done = serializers.IntegerField()
    exempt = serializers.IntegerField()
    late = serializers.IntegerField()
    percent = serializers.IntegerField(allow_null=True)


class ReportUnitSerializer(serializers.Serializer):
    code = serializers.CharField(source="unit.code")
    name = serializers.CharField(source="unit.name")
    people = serializers.IntegerField()
    certificates = serializers.IntegerField()
    count = TrainingCountSerializer()


class ReportCourseSerializer(serializers.Serializer):
    code = serializers.CharField(source="course.code")
    title = serializers.CharField(source="course.title")
    count = TrainingCountSerializer()


class ReportClauseSerializer(serializers.Serializer):
    """Of at least ten persons; the weakest first."""

    document = serializers.CharField()
    clause = serializers.CharField()
    persons = serializers.IntegerField()
    answers = serializers.IntegerField()
    right = serializers.IntegerField()


class TrainingReportSerializer(serializers.Serializer):
    """`officers`, who misses most first; null unless asked for."""

    unit = serializers.CharField(source="unit.code")
    first = serializers.DateField(source="period.first")
    last = serializers.DateField(source="period.last")
    people = serializers.IntegerField()
    certificates = serializers.IntegerField()
    whole = TrainingCountSerializer()
    units = ReportUnitSerializer(many=True)
    courses = ReportCourseSerializer(many=True)
    clauses = ReportClauseSerializer(many=True)
    officers = serializers.SerializerMethodField()

    @extend_schema_field(PersonHoursSerializer(many=True, allow_null=True))
    def get_officers(self, report: TrainingReport) -> list[dict[str, Any]] | None:
        found = self.context["officers"]
        return None if found is None else PersonHoursSerializer(found, many=True).data


class AskedReportSerializer(serializers.Serializer):
    """The unit's code, a course's code, and the period; without, all of this year.

    `officers`: also the hours of each officer in the year in which the period ends.
    """

    unit = serializers.CharField(required=False, default="")
    course = serializers.CharField(required=False, default="")
    first = serializers.DateField(required=False, default=None)
    last = serializers.DateField(required=False, default=None)
    officers = serializers.BooleanField(required=False, default=False)


class TrainingReportView(APIView):
    """Completion, certificates and weak clauses of a unit with all below; 404 out of reach."""

    roles = SEE_TRAINING
    permission_classes = (HoldsRole,)

    @extend_schema(parameters=[AskedReportSerializer], responses=TrainingReportSerializer)
    def get(self, request: Request) -> Response:
        asked = AskedReportSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        given, today = asked.validated_data, timezone.localdate()
        courses = courses_for_units_of(request.user, *SEE_TRAINING)
        report = read_report(
            user=request.user,
            unit=unit_to_report(user=request.user, code=given["unit"]),
            first=given["first"] or date(today.year, 1, 1),
            last=given["last"] or today,
            today=today,
            course=courses.filter(code=given["course"]).first() if given["course"] else None,
        )
        officers = None
        if given["officers"]:
            year = report.period.last.year
            officers = officer_hours(user=request.user, unit=report.unit, year=year)
        shown = TrainingReportSerializer(report, context={"officers": officers})
        return Response(shown.data)
