"""Item banks."""

from django.db import transaction

from accounts.domain.audit import record_act
from accounts.models import OrgUnit, User
from accounts.text import fold, nfc
from quiz.models import ItemBank


def bank_code(name: str) -> str:
    """A code of the bank's name: “Cải cách hành chính” → “cai-cach-hanh-chinh”."""
    words = "".join(c if c.isalnum() else " " for c in fold(name)).split()
    return "-".join(words)[:50] or "ngan-hang"


@transaction.atomic
def create_bank(*, name: str, unit: OrgUnit, user: User, code: str = "") -> ItemBank:
    """A new, empty bank of `unit`. A code already taken gets a number behind it."""
    wanted = code or bank_code(name)
    taken = set(ItemBank.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    free = wanted
    suffix = 2
    while free in taken:
        free, suffix = f"{wanted}-{suffix}", suffix + 1
    bank = ItemBank.objects.create(code=free, name=nfc(name), unit=unit)
    record_act(actor=user, act="create_bank", subject=bank, unit_id=unit.pk)
    return bank
