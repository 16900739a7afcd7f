"""Item banks."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import OrgUnit, User
from accounts.text import free_code, nfc, slug_of
from quiz.models import ItemBank, ItemVersion

LONGEST_NAME = 200
CODE_LENGTH = 50
_TRIES = 5


@transaction.atomic
def create_bank(*, name: str, unit: OrgUnit, user: User, code: str = "") -> ItemBank:
    """A new, empty bank of `unit`. A code already taken gets a number behind it.

    Raises Faults for a name that is empty or too long.
    """
    name = nfc(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Faults([_name_fault(name)])
    wanted = code or slug_of(name, length=CODE_LENGTH, default="ngan-hang")
    for last in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                bank = ItemBank.objects.create(code=_free_code(wanted), name=name, unit=unit)
            break
        except IntegrityError:  # somebody took the code since it was looked up
            if not last:
                raise
    record_act(actor=user, act="create_bank", subject=bank, unit_id=unit.pk)
    return bank


def _free_code(wanted: str) -> str:
    taken = ItemBank.objects.filter(code__startswith=wanted).values_list("code", flat=True)
    return free_code(wanted, set(taken))


def _name_fault(name: str) -> Fault:
    place = _("Tên ngân hàng")
    if not name:
        return Fault(place, "no_name", _("Chưa có tên ngân hàng."), _("Nhập tên ngân hàng."))
    message = _("Tên dài quá %d ký tự.") % LONGEST_NAME
    return Fault(place, "name_too_long", message, _("Rút gọn tên."))


def lock_bank(bank: ItemBank) -> None:
    """One writer at a time: numbers are given out in order, and a twin is seen by the second."""
    ItemBank.objects.select_for_update(no_key=True).get(pk=bank.pk)


def known_digests(bank: ItemBank) -> dict[str, str]:
    """The digest of what each item asks now → how a person calls it: “câu 12”."""
    rows = ItemVersion.objects.current().filter(item__bank=bank)
    return {
        digest: _("câu %d") % number
        for digest, number in rows.order_by("-item__number").values_list("digest", "item__number")
    }
