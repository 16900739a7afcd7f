"""What anyone may read: contests, their regulations, and what has been released."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from quiz.domain.figures import newest_releases
from quiz.domain.public_figures import public_figures
from quiz.domain.regulations import print_regulations
from quiz.enums import ReleaseState
from quiz.interfaces.api.figure_serializers import PublicFiguresSerializer
from quiz.interfaces.api.serializers import (
    PublicContestSerializer,
    ReleaseSerializer,
    SectionSerializer,
    plain_sections,
)
from quiz.models import Contest, Release


class ContestViewSet(ReadOnlyModelViewSet):
    """Published contests. No figure here covers an open round."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    serializer_class = PublicContestSerializer
    lookup_field = "code"

    def get_queryset(self) -> QuerySet[Contest]:
        return Contest.objects.public().prefetch_related("rounds__rules", "rounds__contest__rules")

    @extend_schema(responses=SectionSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def rules(self, request: Request, code: str) -> Response:
        """The regulations, article by article; [] before they are issued."""
        contest = get_object_or_404(self.get_queryset(), code=code)
        printed = print_regulations(contest=contest)
        return Response(plain_sections(printed[0]) if printed else [])

    @extend_schema(responses=PublicFiguresSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def figures(self, request: Request, code: str) -> Response:
        """Who took part in the released rounds; no row speaks of fewer than ten persons."""
        contest = get_object_or_404(self.get_queryset(), code=code)
        told = [
            {"release": release, "figures": public_figures(release=release)}
            for release in newest_releases(contest)
        ]
        return Response(PublicFiguresSerializer(told, many=True).data)

    @extend_schema(responses=ReleaseSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def results(self, request: Request, code: str) -> Response:
        """The published releases, oldest first; [] before the first."""
        contest = get_object_or_404(self.get_queryset(), code=code)
        released = Release.objects.filter(contest=contest, state=ReleaseState.RELEASED)
        return Response(
            ReleaseSerializer(released.order_by("round__number", "number"), many=True).data
        )
