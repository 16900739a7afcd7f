"""Oneself, the units, and one's own jobs."""

import uuid

from django.db.models import QuerySet
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from accounts.domain.job_runs import open_job_file
from accounts.errors import NotFound
from accounts.models import Job, OrgUnit
from accounts.permissions import needs_second_factor, seen_jobs
from quiz.domain.clock import read_now
from quiz.interfaces.api.access import SecondFactorRequired
from quiz.interfaces.api.serializers import JobSerializer, MeSerializer, UnitSerializer


class MeView(APIView):
    """The person who asks, and the roles they hold where."""

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(request.user).data)


class UnitViewSet(mixins.ListModelMixin, GenericViewSet):
    """Units that exist today, by name, alias or the unit above, with or without tone marks."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    serializer_class = UnitSerializer

    def get_queryset(self) -> QuerySet[OrgUnit]:
        wanted = self.request.query_params.get("q", "")[:100]
        today = read_now().date()
        return OrgUnit.objects.valid_on(today).matching(wanted).select_related("parent")

    @extend_schema(parameters=[OpenApiParameter("q", str, description="“hoa thinh”")])
    def list(self, request: Request, *args: object, **kwargs: object) -> Response:
        return super().list(request, *args, **kwargs)


class JobViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet):
    """One's own long work, newest first: how far it is, what came out."""

    serializer_class = JobSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "job"
    lookup_value_converter = "uuid"
    queryset = Job.objects.none()

    def get_queryset(self) -> QuerySet[Job]:
        return seen_jobs(self.request.user)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True)
    def file(self, request: Request, job: uuid.UUID) -> FileResponse:
        """The file that came out; 404 while there is none and once it was deleted."""
        if needs_second_factor(request.user):
            raise SecondFactorRequired
        done = self.get_object()
        try:
            file = open_job_file(done) if done.file else None
        except FileNotFoundError:
            file = None
        if file is None:
            raise NotFound
        return FileResponse(file, as_attachment=True, filename=done.file_name)
