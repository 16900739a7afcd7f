"""What sealed rounds tell of items, as pages write it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quiz.domain.analysis_words import hint_words
from quiz.domain.item_reports import told_hints
from quiz.domain.item_usage import Usage, rounds_in_use, usages
from quiz.engine.item_hints import FEW
from quiz.models import ItemVersion, Round


def percent(share: float) -> str:
    """0.825 → “82,5 %”."""
    return _("%s %%") % number_format(round(share * 100, 1), 1)


@dataclass(frozen=True)
class ListedVersion:
    """A version in a list, with a line on its use; "" while it was never used."""

    version: ItemVersion
    usage: str


def with_usage(versions: Sequence[ItemVersion]) -> list[ListedVersion]:
    """The versions of a page, each with what sealed rounds tell of it."""
    told = usages([version.pk for version in versions])
    return [
        ListedVersion(version, usage_line(told[version.pk]) if version.pk in told else "")
        for version in versions
    ]


def usage_line(usage: Usage) -> str:
    """“2 vòng · 64,5 % đúng”."""
    rounds = ngettext("%d vòng", "%d vòng", usage.rounds) % usage.rounds
    if usage.facility is None:
        return rounds
    right = _("%s đúng") % percent(usage.facility)
    return f"{rounds} · {right}"


@dataclass(frozen=True)
class ShownStatistics:
    """Rows of facts, what to think of them, and the rounds the version is frozen with."""

    rows: Iterable[tuple[str, str]]
    remarks: Sequence[str]
    rounds: Sequence[Round]


def shown_statistics(version: ItemVersion) -> ShownStatistics:
    """For the page of an item; without rows while no sealed round used the version."""
    usage = usages([version]).get(version.pk)
    rounds = rounds_in_use(version)
    if usage is None:
        return ShownStatistics((), (), rounds)
    return ShownStatistics(_rows(usage), _remarks(usage, version), rounds)


def _rows(usage: Usage) -> list[tuple[str, str]]:
    share = f"{number_format(usage.drawn)} / {number_format(usage.papers)}"
    rows = [
        (_("Có trong số đề"), f"{share} ({percent(usage.exposure or 0)})"),
        (_("Số người gặp câu này"), number_format(usage.met)),
    ]
    if usage.facility is None:
        return rows
    blank = _("%(omitted)s bỏ trống, %(not_reached)s chưa làm tới") % {
        "omitted": number_format(usage.omitted),
        "not_reached": number_format(usage.not_reached),
    }
    rows += [(_("Độ khó P (tỷ lệ đúng)"), percent(usage.facility)), (_("Không trả lời"), blank)]
    if usage.discrimination is not None:
        rows.append((_("Độ phân biệt D"), number_format(round(usage.discrimination, 2), 2)))
    return rows


def _remarks(usage: Usage, version: ItemVersion) -> list[str]:
    if usage.met < FEW:
        return [_("Mới ít người gặp câu này: số liệu chỉ để tham khảo.")]
    return [
        f"{told.round.name}: {hint_words(hint)}."
        for told in told_hints(version)
        for hint in told.hints
    ]
