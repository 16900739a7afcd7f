"""Item banks for those who may see keys."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from accounts.enums import Role
from accounts.errors import Faults
from quiz.domain.clock import read_now
from quiz.domain.item_comments import add_comment, comments_of, mark_read
from quiz.domain.item_review import approve_version, return_version
from quiz.domain.key_openings import open_keys
from quiz.domain.media import MOST_SOUND_BYTES, keep_media
from quiz.domain.tags import BETWEEN_TAGS, read_tags, set_item_tags
from quiz.interfaces.api.access import HoldsRole
from quiz.interfaces.api.import_serializers import (
    ImportSessionSerializer,
    MediaFileSerializer,
    MediaUploadSerializer,
    UploadSerializer,
)
from quiz.interfaces.api.serializers import (
    ApprovalSerializer,
    BankSerializer,
    CommentSerializer,
    ImportSerializer,
    ItemExportSerializer,
    ItemVersionSerializer,
    JobSerializer,
    ReasonSerializer,
    TagsSerializer,
)
from quiz.interfaces.excel.item_import import check_file, queue_import
from quiz.interfaces.formats.export_jobs import queue_item_export
from quiz.interfaces.formats.import_jobs import begin_reading
from quiz.models import ItemBank, ItemVersion
from quiz.permissions import SEE_KEYS, WRITE_ITEMS


class BankViewSet(ReadOnlyModelViewSet):
    """Banks within reach of an author, reviewer or organiser."""

    roles = SEE_KEYS
    permission_classes = (HoldsRole,)
    serializer_class = BankSerializer
    lookup_value_converter = "int"
    queryset = ItemBank.objects.none()

    def get_queryset(self) -> QuerySet[ItemBank]:
        return ItemBank.objects.within_reach_of(self.request.user, *self.roles).select_related(
            "unit"
        )

    @extend_schema(responses=ItemVersionSerializer(many=True))
    @action(detail=True)
    def items(self, request: Request, pk: int) -> Response:
        """The newest version of each item, keys included, in the order of their numbers."""
        bank = self.get_object()
        open_keys(bank=bank, user=request.user)
        versions = (
            ItemVersion.objects.current()
            .filter(item__bank=bank)
            .select_related("item", "topic")
            .prefetch_related("citations__document", "item__tags", "media__file")
            .order_by("item__number")
        )
        page = self.paginate_queryset(versions)
        return self.get_paginated_response(ItemVersionSerializer(page, many=True).data)

    @extend_schema(request=ImportSerializer, responses={202: JobSerializer})
    @action(
        detail=True,
        methods=["post"],
        url_path="import",
        parser_classes=[MultiPartParser],
        roles=WRITE_ITEMS,
    )
    def import_items(self, request: Request, pk: int) -> Response:
        """Check a workbook (.xlsx, .xls) and queue its import; with faults 422, nothing stored."""
        bank = self.get_object()
        given = ImportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        file, dry_run = given.validated_data["file"], given.validated_data["dry_run"]
        read = check_file(bank=bank, source=file, name=file.name)
        if read.faults:
            raise Faults(read.faults, rows=read.rows)
        if dry_run:
            return Response({"rows": read.rows, "notices": [str(n) for n in read.notices]})
        file.seek(0)
        job = queue_import(
            bank=bank, open_file=lambda: file, name=file.name, user=request.user, now=read_now()
        )
        return Response(JobSerializer(job).data, status=202)

    @extend_schema(request=ItemExportSerializer, responses={202: JobSerializer})
    @action(detail=True, methods=["post"], url_path="export")
    def export_items(self, request: Request, pk: int) -> Response:
        """Queue a file of the bank's items, keys included; the job tells what it left behind."""
        bank = self.get_object()
        given = ItemExportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        name = wanted.pop("topic")
        topic = get_object_or_404(bank.topics, name=name) if name else None
        job = queue_item_export(bank=bank, topic=topic, user=request.user, now=read_now(), **wanted)
        return Response(JobSerializer(job).data, status=202)

    @extend_schema(request=MediaUploadSerializer, responses={201: MediaFileSerializer})
    @action(
        detail=True,
        methods=["post"],
        parser_classes=[MultiPartParser],
        roles=WRITE_ITEMS,
    )
    def media(self, request: Request, pk: int) -> Response:
        """Take a picture or sound into the bank; items then show it by its `sha256`.

        One that no item shows within a day is thrown away.
        """
        bank = self.get_object()
        given = MediaUploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        content = given.validated_data["file"].read(MOST_SOUND_BYTES + 1)
        file = keep_media(bank=bank, content=content, user=request.user)
        return Response(MediaFileSerializer(file).data, status=201)

    @extend_schema(request=UploadSerializer, responses={202: ImportSessionSerializer})
    @action(
        detail=True,
        methods=["post"],
        parser_classes=[MultiPartParser],
        roles=WRITE_ITEMS,
    )
    def imports(self, request: Request, pk: int) -> Response:
        """Read a file of any format to be looked through; stores nothing in the bank.

        While its `state` is “reading”, the worker has it; a small file has been read already.
        """
        bank = self.get_object()
        given = UploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        upload = dict(given.validated_data)
        session = begin_reading(
            bank=bank, user=request.user, now=read_now(), name=upload["file"].name, **upload
        )
        return Response(ImportSessionSerializer(session).data, status=202)


class ItemVersionViewSet(mixins.RetrieveModelMixin, GenericViewSet):
    """One version: read it, approve it, send it back."""

    roles = (Role.REVIEWER,)
    permission_classes = (HoldsRole,)
    serializer_class = ItemVersionSerializer
    lookup_value_converter = "int"
    queryset = ItemVersion.objects.none()

    def get_queryset(self) -> QuerySet[ItemVersion]:
        banks = ItemBank.objects.within_reach_of(self.request.user, *self.roles)
        return ItemVersion.objects.filter(item__bank__in=banks).select_related("item__bank")

    def get_object(self) -> ItemVersion:
        """Every answer about a version holds its key."""
        version: ItemVersion = super().get_object()
        open_keys(bank=version.item.bank, user=self.request.user)
        return version

    @extend_schema(request=ApprovalSerializer, responses=ItemVersionSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: int) -> Response:
        """Approve a proposal somebody else wrote."""
        version = self.get_object()
        given = ApprovalSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        approve_version(version=version, user=request.user, now=read_now(), **given.validated_data)
        return Response(self.get_serializer(version).data)

    @extend_schema(request=ReasonSerializer, responses=ItemVersionSerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request: Request, pk: int) -> Response:
        """Send a proposal back to its author with a reason."""
        version = self.get_object()
        given = ReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return_version(version=version, user=request.user, **given.validated_data)
        return Response(self.get_serializer(version).data)

    @extend_schema(responses=CommentSerializer(many=True))
    @action(detail=True, roles=SEE_KEYS)
    def comments(self, request: Request, pk: int) -> Response:
        """What was said about the version's item, the first remark first."""
        version = self.get_object()
        mark_read(item=version.item, user=request.user)
        return Response(CommentSerializer(comments_of(version.item), many=True).data)

    @extend_schema(request=CommentSerializer, responses={201: CommentSerializer})
    @comments.mapping.post
    def add_comment(self, request: Request, pk: int) -> Response:
        """Say something about this version."""
        given = CommentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        text = given.validated_data["text"]
        comment = add_comment(version=self.get_object(), text=text, user=request.user)
        return Response(CommentSerializer(comment).data, status=201)

    @extend_schema(request=TagsSerializer, responses=ItemVersionSerializer)
    @action(detail=True, methods=["put"], roles=WRITE_ITEMS)
    def tags(self, request: Request, pk: int) -> Response:
        """Give the version's item these tags; no version or approval changes."""
        version = self.get_object()
        given = TagsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        tags = read_tags(BETWEEN_TAGS.join(given.validated_data["tags"]))
        set_item_tags(item=version.item, tags=tags, user=request.user)
        return Response(self.get_serializer(version).data)
