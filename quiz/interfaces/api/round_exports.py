"""What goes out of a round as files: each is a job, asked after and fetched under `jobs`."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.domain.installation import public_origin
from accounts.domain.reveals import Reason, read_reason
from accounts.enums import RevealReason
from accounts.models import Job
from quiz.domain.clock import read_now
from quiz.domain.figures import queue_count
from quiz.interfaces.api.serializers import ExportSerializer, JobSerializer
from quiz.interfaces.dossier.jobs import queue_papers
from quiz.interfaces.dossier.papers import PAPERS
from quiz.interfaces.excel.export_jobs import queue_export
from quiz.interfaces.excel.full_exports import ENTRIES, ENTRIES_CSV, MISSING, queue_full_export
from quiz.interfaces.pdf.winner_certificate_jobs import queue_certificates

ACCEPTED = status.HTTP_202_ACCEPTED


class FullExportSerializer(serializers.Serializer):
    """Whole lists hold personal data: they go out against the export right and a reason alone."""

    reason = serializers.ChoiceField(RevealReason.choices)
    reason_text = serializers.CharField(max_length=300, default="", allow_blank=True)


class EntriesSerializer(FullExportSerializer):
    as_csv = serializers.BooleanField(default=False)


class PapersSerializer(serializers.Serializer):
    """`papers`: codes of the papers wanted; none: all of them in one archive."""

    papers = serializers.MultipleChoiceField(
        choices=sorted(PAPERS), default=frozenset(), required=False
    )


def accepted(job: Job) -> Response:
    return Response(JobSerializer(job).data, status=ACCEPTED)


def _origin(request: Request) -> str:
    return public_origin() or request.build_absolute_uri("/").rstrip("/")


class RoundExports:
    """The actions of `WorkRoundViewSet` that write files."""

    def _reason(self, given: serializers.Serializer) -> Reason:
        said = given.validated_data
        return read_reason(code=said["reason"], text=said["reason_text"])

    def _export(self, request: Request, kind: str) -> Response:
        given = ExportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        reason = self._reason(given) if given.validated_data["reason"] else None
        return accepted(
            queue_export(
                kind=kind,
                round=self.get_object(),
                user=request.user,
                now=read_now(),
                origin=_origin(request),
                reason=reason,
            )
        )

    def _full_export(self, request: Request, given: serializers.Serializer, kind: str) -> Response:
        reason, round = self._reason(given), self.get_object()
        return accepted(
            queue_full_export(
                kind=kind, round=round, user=request.user, now=read_now(), reason=reason
            )
        )

    @extend_schema(request=ExportSerializer, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"], url_path="winners")
    def export_winners(self, request: Request, pk: int) -> Response:
        """The winners annex; its numbers whole only for a reason, with the export right."""
        return self._export(request, "export_winners")

    @extend_schema(request=ExportSerializer, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"], url_path="participation")
    def export_participation(self, request: Request, pk: int) -> Response:
        """The participation workbook; names of the missing only for a reason, with the right."""
        return self._export(request, "export_participation")

    @extend_schema(request=EntriesSerializer, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"], url_path="entries")
    def export_entries(self, request: Request, pk: int) -> Response:
        """Every entry with its person, as a workbook or CSV; the export right and a reason."""
        given = EntriesSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        kind = ENTRIES_CSV if given.validated_data["as_csv"] else ENTRIES
        return self._full_export(request, given, kind)

    @extend_schema(request=FullExportSerializer, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"], url_path="missing")
    def export_missing(self, request: Request, pk: int) -> Response:
        """Who of the compulsory list has not entered; the export right and a reason."""
        given = FullExportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return self._full_export(request, given, MISSING)

    @extend_schema(request=PapersSerializer, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"])
    def papers(self, request: Request, pk: int) -> Response:
        """Proposal, decision, annexes, minutes from the newest release not sent back."""
        given = PapersSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return accepted(
            queue_papers(
                round=self.get_object(),
                codes=sorted(given.validated_data["papers"]),
                origin=_origin(request),
                user=request.user,
                now=read_now(),
            )
        )

    @extend_schema(request=None, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"])
    def certificates(self, request: Request, pk: int) -> Response:
        """A certificate with a QR code for each winner of the signed release, as PDF."""
        link = _origin(request) + reverse("winner-certificate", args=["CODE"])
        round, now = self.get_object(), read_now()
        return accepted(queue_certificates(round=round, link=link, user=request.user, now=now))

    @extend_schema(request=None, responses={ACCEPTED: JobSerializer})
    @action(detail=True, methods=["post"])
    def count(self, request: Request, pk: int) -> Response:
        """Have the worker count the round's figures and keep them."""
        round, now = self.get_object(), read_now()
        return accepted(queue_count(contest=round.contest, round=round, user=request.user, now=now))
