"""Writing the diary."""

from typing import Any

from accounts.models import AuditEntry


def record_act(*, actor, act: str, subject, unit_id: int | None = None, **details: Any) -> None:
    """One line of the diary, in the transaction of the act it tells of.

    `subject` is a model instance; `details` hold ids, digests and short codes, never names,
    numbers of persons or keys.
    """
    AuditEntry.objects.create(
        actor=actor if getattr(actor, "pk", None) else None,
        act=act,
        subject_kind=type(subject)._meta.label_lower,  # noqa: SLF001
        subject_id=subject.pk,
        unit_id=unit_id,
        details=details,
    )
