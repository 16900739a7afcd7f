"""Fixed papers: items of the bank chosen by hand, in the order of the paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import Fault, Faults
from accounts.models import User
from quiz.domain.rule_sets import rules_of, set_rules
from quiz.enums import ItemState
from quiz.models import AudienceGroup, Contest, ItemBank, ItemVersion, RuleSet
from quiz.permissions import require_may_run

MOST_ITEMS = 200


@dataclass(frozen=True)
class ChosenItem:
    """An item of a fixed paper as the bank has it now, without its key.

    `version` is the newest one, None where the bank has no such number. `unchecked`: it cites a
    document whose validity is to be checked, which keeps a round from being frozen.
    """

    number: int
    version: ItemVersion | None
    repeated: bool = False
    unchecked: bool = False

    @property
    def problem(self) -> str:
        """Why a paper with it can't be used; "" if it can."""
        if self.version is None:
            return _("ngân hàng không có câu này")
        if self.repeated:
            return _("có trong đề hai lần")
        if self.version.state == ItemState.RETIRED:
            return _("đã ngừng dùng")
        if self.version.state != ItemState.APPROVED:
            return _("chưa được duyệt")
        return _("dẫn văn bản đang chờ kiểm hiệu lực") if self.unchecked else ""


def read_numbers(text: str) -> list[int]:
    """“1, 4 12” → [1, 4, 12]. Raises Faults for what is no number of an item, or too many."""
    words = text.replace(",", " ").replace(";", " ").split()
    wrong = [word for word in words if not (word.isascii() and word.isdigit() and len(word) < 8)]
    place = _("Đề cố định")
    if wrong:
        raise Faults(
            [
                Fault(
                    place,
                    "no_item_number",
                    _("“%(word)s” không phải số thứ tự câu.") % {"word": wrong[0][:20]},
                    _("Ghi các số cách nhau bằng dấu phẩy, ví dụ 1, 4, 12."),
                )
            ]
        )
    if len(words) > MOST_ITEMS:
        raise Faults(
            [
                Fault(
                    place,
                    "too_many_items",
                    _("một đề có nhiều nhất %(most)s câu.") % {"most": MOST_ITEMS},
                    _("Bỏ bớt câu."),
                )
            ]
        )
    return [int(word) for word in words]


def look_up_items(*, bank: ItemBank, numbers: Sequence[int]) -> list[ChosenItem]:
    """The bank's items of these numbers, in the order given."""
    newest = ItemVersion.objects.current().filter(item__bank=bank, item__number__in=set(numbers))
    unchecked = set(newest.unchecked().values_list("pk", flat=True))
    found = {each.item.number: each for each in newest.select_related("item", "topic")}
    seen: set[int] = set()
    chosen = []
    for number in numbers:
        version = found.get(number)
        chosen.append(
            ChosenItem(
                number=number,
                version=version,
                repeated=number in seen,
                unchecked=version is not None and version.pk in unchecked,
            )
        )
        seen.add(number)
    return chosen


def problems_of(chosen: Sequence[ChosenItem]) -> list[str]:
    """A sentence for each item that can't be used: “Câu 12: chưa được duyệt”."""
    return [
        _("Câu %(number)s: %(problem)s.") % {"number": each.number, "problem": each.problem}
        for each in chosen
        if each.problem
    ]


@transaction.atomic
def set_fixed_items(
    *, contest: Contest, group: AudienceGroup, numbers: Sequence[int], user: User
) -> RuleSet:
    """A new version of the rules in which the group's paper is these items, in this order.

    Items may still wait for approval; a number the bank does not have is refused. Raises
    NotAllowed, Faults.
    """
    require_may_run(user, contest)
    document = rules_of(contest=contest)
    faults = _faults(group, numbers)
    if document is None or document.group(group.code) is None:
        faults.append(
            Fault(
                _("Thể lệ"),
                "no_rules",
                _("thể lệ chưa có đối tượng này."),
                _("Lưu thể lệ rồi chọn câu."),
            )
        )
    if faults or document is None:
        raise Faults(faults)
    groups = [
        part
        if part.code != group.code
        else part.model_copy(
            update={
                "paper": part.paper.model_copy(
                    update={"fixed_items": list(numbers), "blueprint": []}
                )
            }
        )
        for part in document.groups
    ]
    changed = document.model_copy(update={"groups": groups})
    return set_rules(contest=contest, data=changed, user=user)


def _faults(group: AudienceGroup, numbers: Sequence[int]) -> list[Fault]:
    if not numbers:
        return [
            Fault(group.name, "paper_empty", _("đề chưa có câu nào."), _("Chọn ít nhất một câu."))
        ]
    if group.bank is None:
        return [
            Fault(
                group.name,
                "no_bank",
                _("chưa chọn ngân hàng câu hỏi."),
                _("Chọn ngân hàng cho đối tượng này."),
            )
        ]
    unknown = [
        str(each.number)
        for each in look_up_items(bank=group.bank, numbers=numbers)
        if each.version is None
    ]
    if not unknown:
        return []
    return [
        Fault(
            group.name,
            "unknown_item",
            _("ngân hàng không có câu số %(numbers)s.") % {"numbers": ", ".join(unknown)},
            _("Bỏ số đó hoặc tìm câu theo nội dung."),
        )
    ]
