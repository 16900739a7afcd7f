"""Who may read a training file, and what keeps it: said by the parts that use it.

A part whose rows point at files by foreign key keeps them by that alone. Who names them otherwise
(in JSON) gives `held`. Everybody who uses files says who may read them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import OrgUnit, User
from training.models import TrainingFile
from training.permissions import SEE_TRAINING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

Reader = Callable[["User | AnonymousUser", TrainingFile], bool]
Holder = Callable[[], Iterable[int]]


@dataclass(frozen=True)
class FileUse:
    """`may_read(user, file)`, also of people not signed in; `held()`: ids of files in use."""

    may_read: Reader
    held: Holder | None = None


USES: list[FileUse] = []


def register_file_use(may_read: Reader, *, held: Holder | None = None) -> None:
    """Called by a part of training when Django starts."""
    use = FileUse(may_read, held)
    if use not in USES:
        USES.append(use)


def may_read_file(user: "User | AnonymousUser", file: TrainingFile) -> bool:
    """Whoever works on training at the file's unit, and whom a use of it lets in."""
    if user.is_authenticated:
        reached = OrgUnit.objects.reached_by(user, *SEE_TRAINING)
        if file.added_by_id == user.pk or reached.filter(pk=file.unit_id).exists():
            return True
    return any(use.may_read(user, file) for use in USES)


def unused_files() -> QuerySet[TrainingFile]:
    """Files that no row points at and no part holds."""
    files = TrainingFile.objects.all()
    for relation in TrainingFile._meta.related_objects:  # noqa: SLF001  (Django's own reflection)
        rows = relation.related_model._default_manager  # noqa: SLF001
        pointing = rows.filter(**{relation.field.name: OuterRef("pk")})
        files = files.filter(~Exists(pointing))
    held = {pk for use in USES if use.held for pk in use.held()}
    return files.exclude(Q(pk__in=held))


def is_used(file: TrainingFile) -> bool:
    return not unused_files().filter(pk=file.pk).exists()
