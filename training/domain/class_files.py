"""Slides of a class are read by whoever may come to it."""

from typing import TYPE_CHECKING

from training.domain.file_use import register_file_use
from training.models import TrainingClass, TrainingFile

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def may_read_slides(user: "User | AnonymousUser", file: TrainingFile) -> bool:
    if not user.is_authenticated:
        return False
    return TrainingClass.objects.for_person(user).filter(files=file, cancelled_at=None).exists()


def register_class_files() -> None:
    """Called once when Django starts."""
    register_file_use(may_read_slides)
