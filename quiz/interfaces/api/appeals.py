"""Complaints for the organisers' programs: listed, read, answered, confirmed by a second person."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from quiz.domain.appeal_decisions import answer_appeal, confirm_appeal, return_appeal
from quiz.domain.appeals import LONGEST
from quiz.domain.clock import read_now
from quiz.interfaces.api.access import HoldsRole
from quiz.interfaces.api.serializers import ReasonSerializer
from quiz.models import Appeal, Contest
from quiz.permissions import SEE_APPEALS


class AppealSerializer(serializers.ModelSerializer):
    """`receipt_matches`: whether the receipt shown is of the stored answers; null without one."""

    round = serializers.IntegerField(source="round.number")
    contest = serializers.CharField(source="contest.code")

    class Meta:
        model = Appeal
        fields = (
            *("id", "number", "contest", "round", "entrant", "attempt", "kind", "slot", "text"),
            *("receipt_matches", "filed_at", "state", "answer", "changes_result"),
            *("answered_at", "returned_because", "decided_at"),
        )


class AppealAnswerSerializer(serializers.Serializer):
    """`changes_result`: accepted, it waits for a second person."""

    accept = serializers.BooleanField()
    answer = serializers.CharField(max_length=LONGEST)
    changes_result = serializers.BooleanField(default=True)


class AppealViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet):
    """Of the contests within reach, the newest first."""

    roles = SEE_APPEALS
    permission_classes = (HoldsRole,)
    serializer_class = AppealSerializer
    lookup_value_converter = "int"
    queryset = Appeal.objects.none()

    def get_queryset(self) -> QuerySet[Appeal]:
        reach = Contest.objects.within_reach_of(self.request.user, *self.roles)
        return Appeal.objects.filter(contest__in=reach).select_related("contest", "round")

    @extend_schema(request=AppealAnswerSerializer, responses=AppealSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: int) -> Response:
        """Accept or reject with the reason that the appellant reads."""
        given = AppealAnswerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        appeal = self.get_object()
        answer_appeal(appeal=appeal, user=request.user, now=read_now(), **given.validated_data)
        return Response(self.get_serializer(appeal).data)

    @extend_schema(request=None, responses=AppealSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: int) -> Response:
        """The second person accepts what the first proposed."""
        appeal = self.get_object()
        confirm_appeal(appeal=appeal, user=request.user, now=read_now())
        return Response(self.get_serializer(appeal).data)

    @extend_schema(request=ReasonSerializer, responses=AppealSerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request: Request, pk: int) -> Response:
        """The second person sends the proposal back with a reason."""
        given = ReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        appeal = self.get_object()
        return_appeal(appeal=appeal, user=request.user, **given.validated_data)
        return Response(self.get_serializer(appeal).data)
