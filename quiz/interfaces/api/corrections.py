"""Corrections: the same steps as on the page, for other systems."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from quiz.domain.clock import read_now
from quiz.domain.correction_decisions import (
    approve_correction,
    return_correction,
    submit_correction,
)
from quiz.domain.correction_jobs import PREVIEW, SUBMIT, queue_correction_job
from quiz.domain.corrections import (
    amend_key,
    correct_attempt,
    drop_correction,
    withdraw_prize,
)
from quiz.domain.count_secrecy import check_may_see_counts, may_see_counts
from quiz.domain.key_openings import note_keys_of_round
from quiz.enums import AwardKind, RoundState
from quiz.interfaces.api.access import HoldsRole
from quiz.interfaces.api.correction_serializers import (
    AmendSerializer,
    ChangeSerializer,
    CorrectEntrySerializer,
    RoundCorrectionSerializer,
    WithdrawSerializer,
)
from quiz.interfaces.api.serializers import JobSerializer, ReasonSerializer
from quiz.models import Attempt, Award, Contest, Correction, CorrectionChange, Pool
from quiz.permissions import SEE_CONTEST, may_decide_correction, may_run_contest

ACCEPTED = status.HTTP_202_ACCEPTED


class WorkCorrectionViewSet(mixins.RetrieveModelMixin, GenericViewSet):
    """A correction of a round; long acts answer 202 with their job.

    One of a released round becomes a release, which `work/releases` approves.
    """

    roles = SEE_CONTEST
    permission_classes = (HoldsRole,)
    serializer_class = RoundCorrectionSerializer
    lookup_value_converter = "int"
    queryset = Correction.objects.none()

    def get_queryset(self) -> QuerySet[Correction]:
        reach = Contest.objects.within_reach_of(self.request.user, *self.roles)
        found = Correction.objects.filter(round__contest__in=reach)
        return found.select_related("round__contest", "release")

    def _answer(self, correction: Correction) -> Response:
        correction.refresh_from_db()
        user, contest = self.request.user, correction.round.contest
        keys = may_run_contest(user, contest) or may_decide_correction(user, correction)
        if keys and correction.amendments.exists():
            note_keys_of_round(round=correction.round, user=user)
        counts = may_see_counts(user=user, contest=contest)
        context = {"keys": keys, "counts": counts}
        return Response(RoundCorrectionSerializer(correction, context=context).data)

    def _given(self, shape: type[serializers.Serializer]) -> dict[str, Any]:
        given = shape(data=self.request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._answer(self.get_object())

    @extend_schema(request=AmendSerializer, responses=RoundCorrectionSerializer)
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, pk: int) -> Response:
        """Amend the key of one item."""
        correction, given = self.get_object(), self._given(AmendSerializer)
        pools = Pool.objects.select_related("key", "round")
        pool = get_object_or_404(pools, round=correction.round, group__code=given.pop("group"))
        amend_key(correction=correction, pool=pool, user=request.user, **given)
        return self._answer(correction)

    @extend_schema(request=CorrectEntrySerializer, responses=RoundCorrectionSerializer)
    @action(detail=True, methods=["post"])
    def entry(self, request: Request, pk: int) -> Response:
        """Void an entry of a released round, or restore one."""
        correction, given = self.get_object(), self._given(CorrectEntrySerializer)
        attempt = get_object_or_404(Attempt, round=correction.round, pk=given.pop("attempt"))
        correct_attempt(correction=correction, attempt=attempt, user=request.user, **given)
        return self._answer(correction)

    @extend_schema(request=WithdrawSerializer, responses=RoundCorrectionSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: int) -> Response:
        """Withdraw a released prize."""
        correction, given = self.get_object(), self._given(WithdrawSerializer)
        award = get_object_or_404(
            Award,
            round=correction.round,
            kind=AwardKind.PRIZE,
            group__code=given["group"],
            place=given["place"],
        )
        withdraw_prize(
            correction=correction, award=award, reason=given["reason"], user=request.user
        )
        return self._answer(correction)

    @extend_schema(responses=ChangeSerializer(many=True))
    @action(detail=True)
    def changes(self, request: Request, pk: int) -> Response:
        """Entry by entry what the correction changes, those whose prize does first."""
        correction = self.get_object()
        check_may_see_counts(user=request.user, contest=correction.round.contest)
        rows = CorrectionChange.objects.filter(correction=correction).order_by("pk")
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(ChangeSerializer(page, many=True).data)

    def _queue(self, kind: str) -> Response:
        job = queue_correction_job(
            kind=kind, correction=self.get_object(), user=self.request.user, now=read_now()
        )
        return Response(JobSerializer(job).data, status=ACCEPTED)

    @extend_schema(request=None, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"])
    def preview(self, request: Request, pk: int) -> Response:
        """Compute what it changes, without changing it."""
        return self._queue(PREVIEW)

    @extend_schema(
        request=None, responses={ACCEPTED: JobSerializer, 200: RoundCorrectionSerializer}
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: int) -> Response:
        """Ask the second person; of a released round the next release is drafted (202)."""
        correction = self.get_object()
        if correction.round.state == RoundState.RELEASED:
            return self._queue(SUBMIT)
        submit_correction(correction=correction, user=request.user)
        return self._answer(correction)

    @extend_schema(request=None, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: int) -> Response:
        """The second person's yes, before the seal."""
        correction = self.get_object()
        job = approve_correction(correction=correction, user=request.user, now=read_now())
        return Response(JobSerializer(job).data, status=ACCEPTED)

    @extend_schema(request=ReasonSerializer, responses=RoundCorrectionSerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request: Request, pk: int) -> Response:
        """Send it back to its maker with a reason."""
        correction = self.get_object()
        return_correction(correction=correction, user=request.user, **self._given(ReasonSerializer))
        return self._answer(correction)

    @extend_schema(request=None, responses=RoundCorrectionSerializer)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: int) -> Response:
        """Give a draft up."""
        correction = self.get_object()
        drop_correction(correction=correction, user=request.user)
        return self._answer(correction)
