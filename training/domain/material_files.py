"""A material's file: sent with the form in one piece, and read by anyone once it is published."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from accounts.models import OrgUnit, User
from training.domain.file_use import register_file_use
from training.domain.files import append, start_upload
from training.models import Material, TrainingFile

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def take_file(
    *, unit: OrgUnit, name: str, size: int, chunks: Iterable[bytes], user: User, now: datetime
) -> TrainingFile:
    """Store a whole file and have the worker check it. Raises as `start_upload` and `append` do."""
    file = start_upload(unit=unit, name=name, size=size, user=user, now=now)
    for chunk in chunks:
        file = append(file=file, offset=file.received, chunk=chunk, now=now)
    return file


def may_read(_user: "User | AnonymousUser", file: TrainingFile) -> bool:
    """Anyone reads the file of what is published."""
    return Material.objects.public().filter(file=file).exists()


def register_material_files() -> None:
    """Called once when Django starts."""
    register_file_use(may_read)
