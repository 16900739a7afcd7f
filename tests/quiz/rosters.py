"""A contest with a compulsory list, and people of it who enter at a given moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.domain.roster_rows import RosterRow
from accounts.domain.rosters import load_roster
from accounts.enums import Role
from accounts.models import OrgUnit, Roster, User
from quiz.domain.roster_duty import Sight, sight_of
from quiz.models import Attempt
from quiz.rules.document import Criterion, IdentityField, PredictionRules
from tests.factories import (
    OpenContest,
    database_now,
    make_attempt,
    make_open_contest,
    make_rules,
)
from tests.people import make_person, make_unit

DAY = date(2026, 1, 1)
NAMES = {"CB1": "Trần Văn An", "CB2": "Lê Thị Bình", "CB3": "Phạm Chi"}
ASKED = {"full_name": True, "birth_date": True, "phone": False, "unit": False, "staff_code": False}


@dataclass(frozen=True)
class ListedContest:
    """`here` has two people (and one exempt), `below` it one; `lead` leads `here`."""

    made: OpenContest
    roster: Roster
    here: OrgUnit
    below: OrgUnit
    lead: User

    def sight(self, user: User | None = None, unit: OrgUnit | None = None, **more: Any) -> Sight:
        now = more.get("now") or database_now()
        asked = user or self.lead
        return sight_of(user=asked, round=self.made.round, unit=unit or self.here, now=now)

    def enter(self, staff_code: str, *, at: datetime | None = None, **fields: Any) -> Attempt:
        """The person of that code enters as the form does it; `at` moves the entry."""
        who = {"full_name": NAMES.get(staff_code, "Người Lạ"), "birth_date": "01/02/1980"}
        attempt = make_attempt(self.made, **who | {"staff_code": staff_code} | fields)
        if at is not None:
            Attempt.objects.filter(pk=attempt.pk).update(started_at=at)
        return attempt


def make_listed_contest(*, secret: bool = False, rows: Sequence[RosterRow] = ()) -> ListedContest:
    """An open contest; with `secret`, how many take part decides prizes."""
    top = make_unit("tinh", name="Tỉnh")
    here = make_unit("xa-an", name="Xã An", parent=top)
    below = make_unit("phong-an", name="Phòng An", parent=here)
    kinds = ("score", "prediction_error", "decision")
    fields = [IdentityField(name=name, required=needed) for name, needed in ASKED.items()]
    entry: dict[str, Any] = {"identity_fields": fields, "identity_key": ["full_name", "birth_date"]}
    chain = {"result": {"chain": [Criterion(kind=kind) for kind in kinds]}}
    who = "took_part" if secret else "all_correct"
    made = make_open_contest(
        unit=top, rules=make_rules(entry=entry | {"prediction": PredictionRules(who=who)}, **chain)
    )
    listed = rows or [
        RosterRow("1", NAMES["CB1"], "xa-an", "CB1", "01/02/1980"),
        RosterRow("2", NAMES["CB2"], "xa-an", "CB2", "01/02/1980"),
        RosterRow("3", NAMES["CB3"], "phong-an", "CB3", "01/02/1980"),
        RosterRow("4", "Vũ Dung", "xa-an", "CB4", "", "", "Nghỉ thai sản"),
    ]
    roster = load_roster(name="Bắt buộc", unit=top, as_of=DAY, rows=listed, user=None)
    assert roster is not None
    made.contest.roster = roster
    made.contest.save()
    made.round.contest = made.contest
    lead = make_person("lead", Role.UNIT_LEAD, unit=here)
    return ListedContest(made, roster, here, below, lead)
