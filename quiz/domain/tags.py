"""Tags: words of a bank's own by which its items are found; changing them makes no new version."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from accounts.text import nfc
from quiz.domain.banks import lock_bank
from quiz.drafts import LONGEST_TAG, tag_problems
from quiz.models import Item, ItemBank, Tag
from quiz.permissions import require_may_write

BETWEEN_TAGS = ","


def read_tags(text: str) -> tuple[str, ...]:
    """“dịch vụ công, một cửa” → its tags, each once whatever its case, in the order written."""
    found: dict[str, str] = {}
    for part in text.replace(";", BETWEEN_TAGS).replace("\n", BETWEEN_TAGS).split(BETWEEN_TAGS):
        if name := nfc(part):
            found.setdefault(name.lower(), name)
    return tuple(found.values())


def tags_text(item: Item) -> str:
    """The tags as people type them."""
    return ", ".join(tag.name for tag in item.tags.all())


def put_tags(*, bank: ItemBank, items_and_names: Sequence[tuple[Item, Iterable[str]]]) -> None:
    """Give stored items exactly these tags, in bulk; tags nobody used before are made.

    A tag the bank has in another case is that tag.
    """
    wanted = {name.lower(): name for _item, names in items_and_names for name in names}
    known = {tag.name.lower(): tag for tag in bank.tags.all()}
    new = [Tag(bank=bank, name=name) for key, name in wanted.items() if key not in known]
    known |= {tag.name.lower(): tag for tag in Tag.objects.bulk_create(new)}
    through = Item.tags.through
    through.objects.filter(item__in=[item.pk for item, _names in items_and_names]).delete()
    through.objects.bulk_create(
        through(item_id=item.pk, tag_id=pk)
        for item, names in items_and_names
        for pk in sorted({known[name.lower()].pk for name in names})
    )


@transaction.atomic
def set_item_tags(*, item: Item, tags: tuple[str, ...], user: User) -> None:
    """Give an item these tags and no others; its version stays. Raises NotAllowed, Faults."""
    require_may_write(user, item.bank)
    if problems := list(tag_problems(tags)):
        raise Faults([Fault(_("Nhãn"), *problem) for problem in problems])
    lock_bank(item.bank)
    put_tags(bank=item.bank, items_and_names=[(item, tags)])
    record_act(actor=user, act="set_item_tags", subject=item, unit_id=item.bank.unit_id)


@transaction.atomic
def rename_tag(*, tag: Tag, name: str, user: User) -> Tag:
    """Call a tag otherwise; where the bank has that word already, the two become one.

    Returns the tag that is left. Raises NotAllowed, Faults.
    """
    require_may_write(user, tag.bank)
    name = nfc(name)
    if not 0 < len(name) <= LONGEST_TAG or BETWEEN_TAGS in name:
        message = _("Tên nhãn cần từ 1 đến %d ký tự, không có dấu phẩy.") % LONGEST_TAG
        raise Faults([Fault(_("Nhãn"), "tag_name", message, _("Nhập tên nhãn."))])
    other = tag.bank.tags.filter(name__iexact=name).exclude(pk=tag.pk).first()
    if other is None:
        tag.name = name
        tag.save(update_fields=["name"])
        left = tag
    else:
        other.items.add(*tag.items.all())
        tag.delete()
        left = other
    record_act(actor=user, act="rename_tag", subject=tag.bank, unit_id=tag.bank.unit_id)
    return left


@transaction.atomic
def delete_tag(*, tag: Tag, user: User) -> None:
    """Take a tag off all items. Raises NotAllowed."""
    require_may_write(user, tag.bank)
    bank = tag.bank
    tag.delete()
    record_act(actor=user, act="delete_tag", subject=bank, unit_id=bank.unit_id)
