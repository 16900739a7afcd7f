"""Satisfaction surveys by program: those put to people in reach, and their figures."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.errors import NotFound
from quiz.interfaces.api.access import HoldsRole
from training.domain.survey_figures import PromptFigures, read_result, seen_desks
from training.domain.surveys import current_version
from training.models import Survey
from training.permissions import SEE_TRAINING


class SurveySerializer(serializers.ModelSerializer):
    unit = serializers.CharField(source="unit.code")

    class Meta:
        model = Survey
        fields = ("id", "code", "title", "unit", "is_open")


class SurveyPartSerializer(serializers.Serializer):
    """`satisfied` of `marks` given on scales are satisfied or very satisfied."""

    label = serializers.CharField()
    answers = serializers.IntegerField()
    satisfied = serializers.IntegerField()
    marks = serializers.IntegerField()


class SurveyPromptSerializer(serializers.Serializer):
    kind = serializers.CharField(source="prompt.kind")
    text = serializers.CharField(source="prompt.text")
    options = serializers.SerializerMethodField()

    def get_options(self, each: PromptFigures) -> list[dict[str, Any]]:
        return [{"label": words, "answers": count} for words, count in each.options]


class SurveyResultSerializer(serializers.Serializer):
    """Whole batches of ten answers or more; what waits for others is no part of it."""

    answers = serializers.IntegerField()
    satisfied = serializers.IntegerField()
    marks = serializers.IntegerField()
    prompts = SurveyPromptSerializer(many=True)
    units = SurveyPartSerializer(many=True)
    months = SurveyPartSerializer(many=True)
    remarks = serializers.ListField(child=serializers.CharField())


class PeriodSerializer(serializers.Serializer):
    """The first and last month by any of their days; without, this year up to now."""

    unit = serializers.CharField(required=False, default="")
    version = serializers.IntegerField(required=False, default=0)
    first = serializers.DateField(required=False, default=None)
    last = serializers.DateField(required=False, default=None)


class SurveyViewSet(ReadOnlyModelViewSet):
    """Surveys of units in reach, and those from above that desks in reach put to people."""

    roles = SEE_TRAINING
    permission_classes = (HoldsRole,)
    serializer_class = SurveySerializer
    lookup_value_converter = "int"
    queryset = Survey.objects.none()

    def get_queryset(self) -> QuerySet[Survey]:
        reach = Survey.objects.asked_within_reach_of(self.request.user, *self.roles)
        return reach.select_related("unit")

    @extend_schema(
        parameters=[PeriodSerializer, OpenApiParameter("unit", str)],
        responses=SurveyResultSerializer,
    )
    @action(detail=True, pagination_class=None)
    def figures(self, request: Request, pk: int) -> Response:
        """Of the units in reach, or of one of them and those below; 404 for another's."""
        survey = self.get_object()
        asked = PeriodSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        given, today = asked.validated_data, timezone.localdate()
        units = seen_desks(survey=survey, user=request.user)
        if given["unit"]:
            unit = units.filter(code=given["unit"]).first()
            if unit is None:
                raise NotFound
            units = units.below([unit.pk])
        version = survey.versions.filter(number=given["version"]).first()
        result = read_result(
            version=version or current_version(survey=survey),
            units=units,
            first=(given["first"] or today.replace(month=1)).replace(day=1),
            last=(given["last"] or today).replace(day=1),
        )
        return Response(SurveyResultSerializer(result).data)
