"""Looking through a file of items by program: read, decide item by item, store whole.

The same acts as the page's, and the same rule: a key below full confidence passes only by an act
about that very item, under the name of the person whose session calls.
"""

import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.errors import NotFound
from quiz.domain.clock import read_now
from quiz.domain.import_checks import check_drafts
from quiz.domain.import_decisions import DraftBook
from quiz.domain.item_imports import discard_import, require_not_expired
from quiz.domain.key_openings import open_keys
from quiz.domain.media import shown_media
from quiz.drafts import ItemDraft
from quiz.interfaces.api.access import HoldsRole
from quiz.interfaces.api.import_serializers import (
    CountSerializer,
    DraftActSerializer,
    ImportDraftSerializer,
    ImportSessionSerializer,
    KeyColumnSerializer,
)
from quiz.interfaces.api.serializers import JobSerializer
from quiz.interfaces.formats.import_jobs import queue_store, read_with_column
from quiz.models import ImportDraft, ItemBank, ItemImport
from quiz.permissions import WRITE_ITEMS
from quiz.queries.item_import import GROUPS

_GROUP = OpenApiParameter("group", str, enum=[*GROUPS], default="all")


class ImportViewSet(mixins.RetrieveModelMixin, mixins.DestroyModelMixin, GenericViewSet):
    """Imports the person began themselves, in banks where they write items."""

    roles = WRITE_ITEMS
    permission_classes = (HoldsRole,)
    serializer_class = ImportSessionSerializer
    lookup_field = "public_id"
    lookup_value_converter = "uuid"
    queryset = ItemImport.objects.none()

    def get_queryset(self) -> QuerySet[ItemImport]:
        banks = ItemBank.objects.within_reach_of(self.request.user, *self.roles)
        return (
            ItemImport.objects.of(self.request.user).filter(bank__in=banks).select_related("bank")
        )

    def get_object(self) -> ItemImport:
        """Raises ImportExpired; that its keys are shown is noted."""
        session: ItemImport = super().get_object()
        require_not_expired(session=session, now=read_now())
        open_keys(bank=session.bank, user=self.request.user)
        return session

    def perform_destroy(self, session: ItemImport) -> None:
        discard_import(session=session, user=self.request.user)

    @extend_schema(parameters=[_GROUP], responses=ImportDraftSerializer(many=True))
    @action(detail=True)
    def drafts(self, request: Request, public_id: uuid.UUID) -> Response:
        """The drafts of a group in the order of the file, keys included."""
        session = self.get_object()
        group = GROUPS.get(request.query_params.get("group", "all"))
        if group is None:
            raise NotFound
        rows = session.drafts.judged(session.bank).filter(group).order_by("place")
        page = self.paginate_queryset(rows)
        told = {"found": check_drafts(session, page)}
        return self.get_paginated_response(
            ImportDraftSerializer(page, many=True, context=told).data
        )

    @extend_schema(request=DraftActSerializer, responses=ImportDraftSerializer)
    @action(detail=True, methods=["post"], url_path="drafts/<int:place>")
    def decide(self, request: Request, public_id: uuid.UUID, place: int) -> Response:
        """Accept, skip, correct … one draft; 409 when it was changed since `version`."""
        session, given = self.get_object(), DraftActSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        book = self._book_of(session)
        row = _act(session.bank, book, place, dict(given.validated_data))
        told = {"found": check_drafts(session, [row])}
        return Response(ImportDraftSerializer(row, context=told).data)

    @extend_schema(request=None, responses=CountSerializer)
    @action(detail=True, methods=["post"], url_path="accept-certain")
    def accept_certain(self, request: Request, public_id: uuid.UUID) -> Response:
        """Accept every waiting draft whose key is certain and which nothing speaks against."""
        return Response({"count": self._book().accept_certain()})

    @extend_schema(request=None, responses=CountSerializer)
    @action(detail=True, methods=["post"], url_path="skip-waiting")
    def skip_waiting(self, request: Request, public_id: uuid.UUID) -> Response:
        """Leave out every draft nobody has decided on."""
        return Response({"count": self._book().skip_waiting()})

    @extend_schema(request=KeyColumnSerializer, responses={202: JobSerializer})
    @action(detail=True, methods=["post"], url_path="key-column")
    def key_column(self, request: Request, public_id: uuid.UUID) -> Response:
        """Read the file again with the answers of another printed paper; decisions begin anew."""
        session, given = self.get_object(), KeyColumnSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        job = read_with_column(
            session=session, user=request.user, now=read_now(), **given.validated_data
        )
        return Response(JobSerializer(job).data, status=202)

    @extend_schema(request=None, responses={202: JobSerializer})
    @action(detail=True, methods=["post"])
    def store(self, request: Request, public_id: uuid.UUID) -> Response:
        """Store all that was accepted, or nothing; the job tells which."""
        job = queue_store(session=self.get_object(), user=request.user, now=read_now())
        return Response(JobSerializer(job).data, status=202)

    def _book(self) -> DraftBook:
        return self._book_of(self.get_object())

    def _book_of(self, session: ItemImport) -> DraftBook:
        return DraftBook(session=session, user=self.request.user, now=read_now())


def _act(bank: ItemBank, book: DraftBook, place: int, given: dict[str, Any]) -> ImportDraft:
    act = given.pop("act")
    if act == "choose_key":
        given["key"] = frozenset(given["key"])
    if act == "correct":
        item = given.pop("item")
        shown = [(each["sha256"], each["place"], each["alt"]) for each in item.pop("media", ())]
        told = {
            "options": tuple(item["options"]),
            "key": frozenset(item["key"]),
            "media": shown_media(bank=bank, shown=shown),
        }
        given["draft"] = ItemDraft(**{**item, **told})
    row: ImportDraft = getattr(book, act)(place=place, **given)
    return row
