"""Running contests: the checklist, the acts of a round as jobs, the second person's release."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from accounts.domain.jobs import queue_job
from accounts.enums import Role
from accounts.errors import NotAllowed, NotFound
from quiz.domain.certainty import assess_certainty
from quiz.domain.checklist import contest_steps
from quiz.domain.clock import read_now
from quiz.domain.control_room import read_control_room
from quiz.domain.corrections import open_correction
from quiz.domain.count_secrecy import may_see_counts
from quiz.domain.figures import queue_count, read_figures
from quiz.domain.item_reports import banks_shown, read_item_report
from quiz.domain.key_openings import open_keys
from quiz.domain.releases import approve_release, return_release
from quiz.domain.rounds import freeze_round
from quiz.interfaces.api.access import HoldsRole
from quiz.interfaces.api.certainty_serializers import CertaintySerializer
from quiz.interfaces.api.correction_serializers import BeginSerializer, RoundCorrectionSerializer
from quiz.interfaces.api.figure_serializers import FiguresSerializer, PoolReportSerializer
from quiz.interfaces.api.live_serializers import ControlRoomSerializer
from quiz.interfaces.api.round_exports import ACCEPTED, RoundExports, accepted
from quiz.interfaces.api.serializers import (
    DecisionSerializer,
    JobSerializer,
    ReasonSerializer,
    ReleaseSerializer,
    StepSerializer,
    WorkContestSerializer,
    WorkRoundSerializer,
)
from quiz.models import Contest, Release, Round
from quiz.permissions import RUN_CONTEST, SEE_CONTEST, may_run_contest


class WorkContestViewSet(ReadOnlyModelViewSet):
    """Contests within reach, drafts included."""

    roles = SEE_CONTEST
    permission_classes = (HoldsRole,)
    serializer_class = WorkContestSerializer
    lookup_value_converter = "int"
    queryset = Contest.objects.none()

    def get_queryset(self) -> QuerySet[Contest]:
        reach = Contest.objects.within_reach_of(self.request.user, *SEE_CONTEST)
        return reach.select_related("unit").prefetch_related("rounds")

    @extend_schema(responses=StepSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def checklist(self, request: Request, pk: int) -> Response:
        """The steps from set-up to release and what is missing."""
        steps = contest_steps(contest=self.get_object(), now=read_now())
        return Response(StepSerializer(steps, many=True).data)

    @extend_schema(responses=FiguresSerializer)
    @action(detail=True, pagination_class=None)
    def figures(self, request: Request, pk: int) -> Response:
        """Who took part in all rounds together; 404 before any is frozen, and while the worker has
        not counted many entries.
        """
        contest, now = self.get_object(), read_now()
        found = read_figures(contest=contest, round=None, user=request.user, now=now)
        if found is None:
            raise NotFound
        return Response(FiguresSerializer(found).data)

    @extend_schema(request=None, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"])
    def count(self, request: Request, pk: int) -> Response:
        """Have the worker count the contest's figures and keep them."""
        contest, now = self.get_object(), read_now()
        return accepted(queue_count(contest=contest, round=None, user=request.user, now=now))


class WorkRoundViewSet(RoundExports, mixins.RetrieveModelMixin, GenericViewSet):
    """One round and its acts. Long acts answer 202 with their job."""

    roles = SEE_CONTEST
    permission_classes = (HoldsRole,)
    serializer_class = WorkRoundSerializer
    lookup_value_converter = "int"
    queryset = Round.objects.none()

    def get_queryset(self) -> QuerySet[Round]:
        reach = Contest.objects.within_reach_of(self.request.user, *self.roles)
        return Round.objects.filter(contest__in=reach).select_related("contest")

    def _run(self, request: Request, kind: str) -> Response:
        round = self.get_object()
        if not may_run_contest(request.user, round.contest):
            raise NotAllowed
        return self._queue(request, kind, round)

    def _queue(self, request: Request, kind: str, round: Round) -> Response:
        params = {"round": round.pk}
        return accepted(queue_job(kind=kind, params=params, user=request.user, now=read_now()))

    @extend_schema(responses=ControlRoomSerializer)
    @action(detail=True, pagination_class=None)
    def live(self, request: Request, pk: int) -> Response:
        """The control room, for monitors: how the round does now.

        `counts` is null for who may still win while a count decides prizes, and before the first
        sample. Ask every ten seconds at most: nothing is counted more often.
        """
        room = read_control_room(round=self.get_object(), user=request.user, now=read_now())
        return Response(ControlRoomSerializer(room).data)

    @extend_schema(responses=CertaintySerializer)
    @action(detail=True, pagination_class=None)
    def certainty(self, request: Request, pk: int) -> Response:
        """Which prizes no open case can move any more, and which cases move the others.

        409 before the round is closed and marked.
        """
        round = self.get_object()
        seen = may_see_counts(user=request.user, contest=round.contest)
        found = assess_certainty(round=round)
        return Response(CertaintySerializer(found, context={"counts_seen": seen}).data)

    @extend_schema(responses=FiguresSerializer)
    @action(detail=True, pagination_class=None)
    def figures(self, request: Request, pk: int) -> Response:
        """Who took part; 404 while the worker has not counted a round of many entries."""
        round = self.get_object()
        found = read_figures(contest=round.contest, round=round, user=request.user, now=read_now())
        if found is None:
            raise NotFound
        return Response(FiguresSerializer(found).data)

    @extend_schema(responses=PoolReportSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def items(self, request: Request, pk: int) -> Response:
        """The item analysis by group; [] before answers are counted."""
        reports = read_item_report(round=self.get_object(), user=request.user)
        for bank in banks_shown(reports):
            open_keys(bank=bank, user=request.user)
        return Response(PoolReportSerializer(reports, many=True).data)

    @extend_schema(request=None, responses=WorkRoundSerializer)
    @action(detail=True, methods=["post"])
    def freeze(self, request: Request, pk: int) -> Response:
        """Fix the papers and publish the commitment; 422 lists everything missing."""
        round = freeze_round(round=self.get_object(), user=request.user, now=read_now())
        return Response(self.get_serializer(round).data)

    @extend_schema(request=None, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: int) -> Response:
        """Close, find duplicates, rank provisionally."""
        return self._run(request, "close_round")

    @extend_schema(request=None, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"])
    def rank(self, request: Request, pk: int) -> Response:
        """Mark, rank and propose the prizes."""
        return self._run(request, "rank_round")

    @extend_schema(request=None, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"])
    def seal(self, request: Request, pk: int) -> Response:
        """Fix true values and every entry's fate."""
        return self._run(request, "seal_round")

    @extend_schema(request=None, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: int) -> Response:
        """Draft the release that a second person approves."""
        return self._run(request, "submit_release")

    @extend_schema(request=BeginSerializer, responses={201: RoundCorrectionSerializer})
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: int) -> Response:
        """Begin a correction of the closed or released round."""
        given = BeginSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = open_correction(
            round=self.get_object(), user=request.user, now=read_now(), **given.validated_data
        )
        return Response(RoundCorrectionSerializer(made).data, status=status.HTTP_201_CREATED)


class WorkReleaseViewSet(mixins.RetrieveModelMixin, GenericViewSet):
    """A drafted or published release; the second person approves or returns it here."""

    roles = (*RUN_CONTEST, Role.ADMINISTRATOR)
    permission_classes = (HoldsRole,)
    serializer_class = ReleaseSerializer
    lookup_value_converter = "int"
    queryset = Release.objects.none()

    def get_queryset(self) -> QuerySet[Release]:
        reach = Contest.objects.within_reach_of(self.request.user, *self.roles)
        return Release.objects.filter(contest__in=reach)

    @extend_schema(request=DecisionSerializer, responses=ReleaseSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: int) -> Response:
        """Publish under the signed decision's number and date."""
        given = DecisionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        release = self.get_object()
        approve_release(release=release, user=request.user, now=read_now(), **given.validated_data)
        release.refresh_from_db()
        return Response(self.get_serializer(release).data)

    @extend_schema(request=ReasonSerializer, responses=ReleaseSerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request: Request, pk: int) -> Response:
        """Send the draft back with a reason."""
        given = ReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        release = self.get_object()
        return_release(release=release, user=request.user, **given.validated_data)
        return Response(self.get_serializer(release).data)
