"""The bank any unit may begin with: the product's own items, proposed like anybody's."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.errors import NotAllowed
from accounts.models import OrgUnit, User
from accounts.queries.org_unit import OrgUnitQuerySet
from accounts.text import slug_of
from quiz.demo.content import draft_of, load_items
from quiz.domain.banks import create_bank
from quiz.domain.item_import import command_author
from quiz.domain.items import add_items
from quiz.domain.legal_documents import learn_known_documents
from quiz.models import ItemBank, ItemVersion
from quiz.permissions import WRITE_ITEMS

LOAD_STARTER = (*WRITE_ITEMS, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class StarterLoad:
    """The bank, and how many of its items are new."""

    bank: ItemBank
    added: int


def starter_code(unit: OrgUnit) -> str:
    return f"khoi-dau-{slug_of(unit.code, length=40, default='don-vi')}"


def starter_bank_of(*, unit: OrgUnit) -> ItemBank | None:
    """The unit's own starter bank, if it was loaded."""
    return ItemBank.objects.filter(code=starter_code(unit), unit=unit).first()


def starter_units(user: User) -> OrgUnitQuerySet:
    """Units whose starter bank the person may load."""
    return OrgUnit.objects.reached_by(user, *LOAD_STARTER)


@transaction.atomic
def load_starter_bank(*, unit: OrgUnit, user: User | None) -> StarterLoad:
    """Have the unit's starter bank, with every item that none of its versions asks yet.

    The items wait for the approval of somebody else than `user` (None: the command line); those
    whose documents are in doubt carry the flag “kiểm hiệu lực” until a person lifts it. Loaded
    again, nothing comes twice. Raises NotAllowed.
    """
    if user is not None and not starter_units(user).filter(pk=unit.pk).exists():
        raise NotAllowed
    OrgUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)  # a double click waits here
    author = user or command_author()
    bank = starter_bank_of(unit=unit) or create_bank(
        name=_("Bộ câu hỏi khởi đầu về cải cách hành chính"),
        unit=unit,
        user=author,
        code=starter_code(unit),
    )
    learn_known_documents()
    held = set(ItemVersion.objects.filter(item__bank=bank).values_list("digest", flat=True))
    drafts = [draft for item in load_items() if (draft := draft_of(item)).digest not in held]
    if drafts:
        add_items(bank=bank, drafts=drafts, author=author)
    return StarterLoad(bank, len(drafts))
