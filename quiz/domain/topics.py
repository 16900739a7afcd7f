"""A bank's topics: made where an item names one, renamed, merged."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults
from accounts.models import User
from accounts.text import fold, nfc
from quiz.enums import RoundState
from quiz.models import Contest, ItemBank, ItemVersion, Topic
from quiz.permissions import require_may_write

LONGEST_TOPIC = 200
_BATCH = 500


def topics_by_name(*, bank: ItemBank, names: Iterable[str]) -> dict[str, Topic]:
    """The bank's topics of these names, made where missing."""
    wanted = sorted({nfc(name) for name in names if name.strip()})
    Topic.objects.bulk_create(
        [Topic(bank=bank, name=name) for name in wanted], ignore_conflicts=True
    )
    return {topic.name: topic for topic in Topic.objects.filter(bank=bank, name__in=wanted)}


def search_text(*, stem: str, options: Iterable[str], topic: str, cited: Iterable[str]) -> str:
    """What a version is found by: its words, folded."""
    return fold(" ".join((stem, *options, topic, *cited)))


@transaction.atomic
def rename_topic(*, topic: Topic, name: str, user: User) -> None:
    """Raises NotAllowed, Faults when the name is no name or another topic has it."""
    require_may_write(user, topic.bank)
    name = nfc(name)
    if not 0 < len(name) <= LONGEST_TOPIC:
        message = _("Tên chủ đề cần từ 1 đến %d ký tự.") % LONGEST_TOPIC
        raise Faults([Fault(_("Chủ đề"), "topic_name", message, _("Nhập tên chủ đề."))])
    if topic.bank.topics.filter(name=name).exclude(pk=topic.pk).exists():
        message = _("Ngân hàng đã có chủ đề “%s”.") % name
        hint = _("Chọn tên khác, hoặc gộp hai chủ đề.")
        raise Faults([Fault(_("Chủ đề"), "topic_taken", message, hint)])
    topic.name = name
    topic.save(update_fields=["name"])
    _find_again(topic)
    record_act(actor=user, act="rename_topic", subject=topic, unit_id=topic.bank.unit_id)


@transaction.atomic
def merge_topics(*, topic: Topic, into: Topic, user: User) -> int:
    """Move all items of `topic` to another topic of its bank; how many versions moved.

    Raises NotAllowed, Faults.
    """
    require_may_write(user, topic.bank)
    if into.bank_id != topic.bank_id or into.pk == topic.pk:
        message = _("Chọn một chủ đề khác của cùng ngân hàng để gộp vào.")
        raise Faults([Fault(_("Chủ đề"), "topic_not_other", message, "")])
    moved = ItemVersion.objects.filter(topic=topic).update(topic=into)
    _find_again(into)
    record_act(
        actor=user,
        act="merge_topics",
        subject=into,
        unit_id=topic.bank.unit_id,
        merged=topic.pk,
        versions=moved,
    )
    topic.delete()
    return moved


def contests_naming(topic: Topic) -> list[Contest]:
    """Contests with rounds still to be frozen whose papers ask this bank for the topic by name.

    Rules are kept as they were decided, so a renamed topic has to be chosen there anew.
    """
    drafts = Contest.objects.filter(groups__bank=topic.bank_id, rounds__state=RoundState.DRAFT)
    return [
        contest
        for contest in drafts.select_related("rules").distinct().order_by("title", "pk")
        if contest.rules and topic.name in _topics_asked(contest.rules.document)
    ]


def _topics_asked(document: dict) -> set[str | None]:
    rows = [row for group in document["groups"] for row in group["paper"].get("blueprint") or ()]
    return {row.get("topic") for row in rows}


def _find_again(topic: Topic) -> None:
    """Versions are found by their topic's name too."""
    versions = ItemVersion.objects.filter(topic=topic).prefetch_related("citations__document")
    changed = list(versions)
    for version in changed:
        version.search_text = search_text(
            stem=version.stem,
            options=version.options,
            topic=topic.name,
            cited=[f"{each.document.number} {each.clause}" for each in version.citations.all()],
        )
    ItemVersion.objects.bulk_update(changed, ["search_text"], batch_size=_BATCH)
