"""Made-up entrants, from one seed: the same arguments give the same people on every machine.

Nobody here exists. Names are put together from syllables, staff codes begin with MAU ("sample"),
and phones with 057, which is, as far as known, no mobile operator's prefix in Viet Nam.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from accounts.text import fold
from quiz.demo.contest import CITIZENS, MINIMUM_AGE, OFFICIALS, PERSONS_PER_PHONE
from quiz.demo.entrant import GUARDED_AGE, DemoEntrant
from quiz.demo.names import draw_name
from quiz.demo.stories import give_stories
from quiz.enums import Sex

PHONE_PREFIX = "057"
_OFFICIALS_PERCENT = 35
_AT_DEPARTMENT_PERCENT = 40
_MINORS_PERCENT = 3
_HOUSEHOLD_PERCENT = 4
_DUPLICATES_PERCENT = 2


@dataclass(frozen=True)
class _Setting:
    rng: Random
    today: date
    communes: Sequence[str]
    commune_weights: Sequence[float]
    departments: Sequence[str]


def generate_entrants(
    *,
    seed: int,
    count: int,
    today: date,
    commune_codes: Sequence[str],
    department_codes: Sequence[str],
) -> list[DemoEntrant]:
    """`count` registrations (at least 200), about one in fifty by a person who came before.

    Ages are those on `today`. Raises ValueError where `count` is too small for every behaviour.
    """
    if count < 200:
        raise ValueError("every behaviour shows only among 200 entrants or more")
    rng = Random(seed)  # noqa: S311 - play, not a secret
    weights = [rng.lognormvariate(0, 0.8) for _code in commune_codes]
    setting = _Setting(rng, today, commune_codes, weights, department_codes)
    copies = count * _DUPLICATES_PERCENT // 100
    people = _draw_people(setting, count - copies)
    people = _give_guardians(setting, _share_phones(setting, people))
    entrants = _insert_copies(setting, people, copies)
    return give_stories(rng, entrants, today=today)


def _draw_people(setting: _Setting, count: int) -> list[DemoEntrant]:
    """Persons of whom no two would be taken for one."""
    rng = setting.rng
    officials = count * _OFFICIALS_PERCENT // 100
    minors = count * _MINORS_PERCENT // 100
    kinds = ["official"] * officials + ["minor"] * minors
    kinds += ["adult"] * (count - len(kinds))
    rng.shuffle(kinds)
    seen: set[tuple[str, int, int]] = set()
    people: list[DemoEntrant] = []
    while len(people) < count:
        person = _draw_person(setting, len(people) + 1, kinds[len(people)])
        # The year is left out, so that nobody looks like another with the year mistyped.
        identity = (fold(person.full_name), person.birth_date.month, person.birth_date.day)
        if identity not in seen:
            seen.add(identity)
            people.append(person)
    return people


def _draw_person(setting: _Setting, number: int, kind: str) -> DemoEntrant:
    rng = setting.rng
    sex = rng.choice([Sex.FEMALE, Sex.MALE])
    official = kind == "official"
    at_department = official and rng.random() * 100 < _AT_DEPARTMENT_PERCENT
    return DemoEntrant(
        number=number,
        full_name=draw_name(rng, sex),
        birth_date=_draw_birth_date(rng, kind, setting.today),
        sex=sex,
        phone=f"{PHONE_PREFIX}{number:07d}",
        group=OFFICIALS if official else CITIZENS,
        unit_code=rng.choice(setting.departments)
        if at_department
        else rng.choices(setting.communes, weights=setting.commune_weights)[0],
        staff_code=f"MAU{number:05d}" if official else "",
    )


def _draw_birth_date(rng: Random, kind: str, today: date) -> date:
    """Officials are 22–60 years old, minors 14–15, other citizens 16–85 and mostly about thirty."""
    age = {
        "official": rng.randint(22, 60),
        "minor": rng.randint(MINIMUM_AGE, GUARDED_AGE - 1),
        "adult": round(rng.triangular(GUARDED_AGE, 85, 30)),
    }[kind]
    birthday = today.replace(year=today.year - age, day=min(today.day, 28))
    birth_date = birthday - timedelta(days=rng.randint(0, 360))
    # Nobody is born on 29 February: copies of people may have another year.
    return birth_date - timedelta(days=(birth_date.month, birth_date.day) == (2, 29))


def _share_phones(setting: _Setting, people: list[DemoEntrant]) -> list[DemoEntrant]:
    """Households: some citizens use the phone, and the commune, of a citizen before them."""
    rng = setting.rng
    citizens = [place for place, one in enumerate(people) if one.group == CITIZENS]
    members = rng.sample(citizens[1:], len(people) * _HOUSEHOLD_PERCENT // 100)
    shared = list(people)
    names: dict[str, set[str]] = {}
    for place in sorted(members):
        head = shared[rng.choice([before for before in citizens if before < place])]
        household = names.setdefault(head.phone, {head.full_name})
        if len(household) < PERSONS_PER_PHONE and people[place].full_name not in household:
            household.add(people[place].full_name)
            shared[place] = replace(people[place], phone=head.phone, unit_code=head.unit_code)
    return shared


def _give_guardians(setting: _Setting, people: list[DemoEntrant]) -> list[DemoEntrant]:
    """Every second person under 16 has a guardian who agrees."""
    young = [one.number for one in people if one.age_on(setting.today) < GUARDED_AGE]
    guarded = set(young[::2])
    return [
        replace(one, guardian=draw_name(setting.rng, Sex.FEMALE)) if one.number in guarded else one
        for one in people
    ]


def _insert_copies(setting: _Setting, people: list[DemoEntrant], copies: int) -> list[DemoEntrant]:
    """Grown-up citizens come again, later: by another phone, or with the year of birth mistyped."""
    rng = setting.rng
    holders = Counter(one.phone for one in people)
    may_come_again = [
        one
        for one in people
        if one.group == CITIZENS and one.age_on(setting.today) >= 20 and holders[one.phone] == 1
    ]
    queue = [(float(one.number), one) for one in people]
    for turn, one in enumerate(rng.sample(may_come_again, copies)):
        later = rng.uniform(one.number, len(people) + 1)
        queue.append((later, replace(_disguise(rng, one, turn), duplicate_of=one.number)))
    queue.sort(key=lambda pair: pair[0])
    numbers = {
        one.number: place
        for place, (_when, one) in enumerate(queue, start=1)
        if one.duplicate_of is None
    }
    return [
        replace(one, number=place, duplicate_of=numbers.get(one.duplicate_of or 0))
        for place, (_when, one) in enumerate(queue, start=1)
    ]


def _disguise(rng: Random, one: DemoEntrant, turn: int) -> DemoEntrant:
    if turn % 2:
        year = one.birth_date.year + rng.choice([-10, -1, 1])
        return replace(one, birth_date=one.birth_date.replace(year=year))
    return replace(one, phone=f"{PHONE_PREFIX}{9_000_000 + turn:07d}")
