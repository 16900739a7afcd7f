"""A contest from five answers: its name, its weeks, who enters, the prizes, the decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.installation import body_name_of
from accounts.errors import Fault, Faults
from accounts.models import OrgUnit, User
from quiz.domain.contests import add_round, create_contest
from quiz.domain.starter_bank import load_starter_bank
from quiz.models import Contest, ItemBank
from quiz.rules.document import IdentityField, PrizeTier, RuleDocument
from quiz.rules.presets import PRESETS

MOST_WEEKS = 26
WEEK = timedelta(days=7)
# Each group has its own length of paper, and papers and rankings are apart: the two groups are
# the preset's, of which one may be left out.
PRESET = "hue_hai_doi_tuong"
OFFICIALS, CITIZENS, BOTH = "can-bo", "nguoi-dan", "ca-hai"
PER_WEEK, PER_CONTEST = "tuan", "cuoc-thi"
TIERS = ("nhat", "nhi", "ba", "khuyen-khich")
AGE = 14


@dataclass(frozen=True)
class PrizeAnswer:
    """`count` prizes of `money` VND each; a count of 0 is no such prize."""

    code: str
    count: int
    money: int


@dataclass(frozen=True)
class TemplateAnswers:
    """The five answers. A week opens on `first_day` (or its weekday) at `opens` and closes seven
    days later at `closes`, Vietnamese time; with prizes for the whole contest it is one round."""

    title: str
    first_day: date
    weeks: int
    audience: str
    prizes: Sequence[PrizeAnswer]
    opens: time = time(10)
    closes: time = time(9)
    minimum_age: int | None = AGE
    asks_unit: bool = True
    prizes_per: str = PER_WEEK
    decision_number: str = ""
    decision_date: date | None = None


def next_monday(today: date) -> date:
    """The first Monday after `today`."""
    return today + timedelta(days=7 - today.weekday())


def suggested_prizes() -> list[PrizeAnswer]:
    """What the form begins with: the preset's tiers, and one for encouragement."""
    held = {tier.code: tier for tier in PRESETS[PRESET].document.result.prizes}
    rows = [PrizeAnswer(code, held[code].count, held[code].money) for code in TIERS if code in held]
    return [*rows, PrizeAnswer("khuyen-khich", 5, 300_000)]


def tier_name(code: str) -> str:
    return {
        "nhat": _("Giải Nhất"),
        "nhi": _("Giải Nhì"),
        "ba": _("Giải Ba"),
        "khuyen-khich": _("Giải Khuyến khích"),
    }[code]


def template_rules(answers: TemplateAnswers) -> RuleDocument:
    """The preset's rules for these groups, this age and these prizes."""
    preset = PRESETS[PRESET].document
    groups = [g for g in preset.groups if answers.audience in (BOTH, g.code)]
    entry = preset.entry
    prediction = entry.prediction
    if prediction is not None and len(groups) == 1:
        prediction = prediction.model_copy(update={"scope": "round"})
    fields = list(entry.identity_fields)
    if not answers.asks_unit:
        fields = [field for field in fields if field.name != "unit"]
        fields.append(IdentityField(name="address", required=True))
    changed = {
        "identity_fields": fields,
        "minimum_age": answers.minimum_age,
        "prediction": prediction,
    }
    prizes = [
        PrizeTier(code=row.code, name=tier_name(row.code), count=row.count, money=row.money)
        for row in answers.prizes
        if row.count
    ]
    return preset.model_copy(
        update={
            "decision_number": answers.decision_number,
            "decision_date": answers.decision_date,
            "groups": groups,
            "entry": entry.model_copy(update=changed),
            "result": preset.result.model_copy(update={"prizes": prizes}),
        }
    )


def template_rounds(answers: TemplateAnswers) -> list[tuple[str, datetime, datetime]]:
    """(name, opens, closes) of each week; one for all weeks when prizes are given once."""
    zone = timezone.get_current_timezone()
    each = answers.prizes_per == PER_WEEK
    starts = [answers.first_day + WEEK * n for n in range(answers.weeks if each else 1)]
    length = WEEK if each else WEEK * answers.weeks
    return [
        (
            _("Tuần %(number)s") % {"number": number} if each else _("Vòng thi"),
            datetime.combine(day, answers.opens, zone),
            datetime.combine(day + length, answers.closes, zone),
        )
        for number, day in enumerate(starts, start=1)
    ]


@transaction.atomic
def create_from_template(
    *,
    answers: TemplateAnswers,
    unit: OrgUnit,
    user: User,
    now: datetime,
    bank: ItemBank | None = None,
    hotline: str = "",
) -> Contest:
    """A draft contest with groups, rules, rounds and a bank: the starter bank unless given.

    Raises NotAllowed, Faults.
    """
    _check_answers(answers, timezone.localdate(now))
    document = template_rules(answers)
    used = bank or load_starter_bank(unit=unit, user=user).bank
    contest = create_contest(
        unit=unit,
        title=answers.title,
        body_name=body_name_of(unit=unit),
        user=user,
        document=document,
        banks=[used] * len(document.groups),
        hotline=hotline,
    )
    for name, opens_at, closes_at in template_rounds(answers):
        add_round(contest=contest, opens_at=opens_at, closes_at=closes_at, user=user, name=name)
    return contest


def _check_answers(answers: TemplateAnswers, today: date) -> None:
    faults = []
    if answers.first_day < today:
        message, hint = _("ngày bắt đầu đã qua."), _("Chọn hôm nay hoặc một ngày sắp tới.")
        faults.append(Fault(_("Ngày đầu tiên"), "first_day_over", message, hint))
    if not 1 <= answers.weeks <= MOST_WEEKS:
        message = _("cuộc thi kéo dài từ 1 đến %(most)s tuần.") % {"most": MOST_WEEKS}
        faults.append(Fault(_("Số tuần"), "weeks_out_of_range", message, _("Sửa số tuần.")))
    if faults:
        raise Faults(faults)
