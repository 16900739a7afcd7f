"""Pictures and sounds that no item shows are thrown away after a day."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.domain.retention import Store, register_store
from quiz.domain.media_files import delete_bytes
from quiz.domain.media_locks import own_content
from quiz.models import ImportDraft, ItemMedia, MediaFile, UnfinishedItem

KEPT_UNUSED = timedelta(days=1)


def unused_media() -> QuerySet[MediaFile]:
    """Files that no version shows and no unfinished draft or import holds."""
    documents = [
        *UnfinishedItem.objects.values_list("document", flat=True),
        *ImportDraft.objects.exclude(document__draft__media=[]).values_list(
            "document__draft", flat=True
        ),
    ]
    held = {each["sha256"] for document in documents for each in document.get("media", ())}
    used = ItemMedia.objects.filter(file=OuterRef("pk"))
    return MediaFile.objects.filter(~Exists(used)).exclude(sha256__in=held)


def media_due(now: datetime) -> QuerySet[MediaFile]:
    return unused_media().filter(added_at__lt=now - KEPT_UNUSED)


@transaction.atomic
def delete_media(ids: list[int], now: datetime) -> None:
    """Delete those of these files that are due, and bytes that no bank has any more.

    A file that somebody keeps again meanwhile stays: its row waits for this transaction or is seen.
    """
    due = list(media_due(now).filter(pk__in=ids).select_for_update(of=("self",)))
    MediaFile.objects.filter(pk__in=[file.pk for file in due]).delete()
    for name in {file.sha256 for file in due}:
        transaction.on_commit(partial(_delete_unkept, name))


@transaction.atomic
def _delete_unkept(name: str) -> None:
    """Unlink bytes that no row names, with nobody keeping them at this moment."""
    own_content(name)
    if not MediaFile.objects.filter(sha256=name).exists():
        delete_bytes(name)


def register_media_store() -> None:
    """Called once when Django starts."""
    register_store(
        Store(
            code="unused_media",
            title=_("Hình, âm thanh không câu hỏi nào dùng"),
            why=_("Người soạn đã chọn tệp nhưng chưa lưu vào câu nào."),
            kept=_("Một ngày."),
            fields={},
            held=unused_media,
            due=media_due,
            end=delete_media,
        )
    )
