"""So that what a bundle opens of an entry never tells it from fewer than five.

An entry behind the last prize has a *profile*: what is opened of it that others may know about the
person. Entries of one group with the same profile can't be told apart by it. A profile that too
few share is not opened: those entries are declared to stand behind, all alike. Where that leaves
too few of a kind still, nothing of them is shown but the leaf.

A further release is read beside those before it, so it decides within each block of entries that
looked alike until then.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import Enum

FEWEST = 5
NOTHING: tuple[Hashable, ...] = ()

Profile = tuple[Hashable, ...]


class Shown(Enum):
    """How much a bundle shows of an entry outside the frontier."""

    PROFILE = "profile"  # paper, answers and what the profile says
    BEHIND = "behind"  # paper and answers; that it stands behind is declared
    LEAF = "leaf"  # the leaf alone


@dataclass(frozen=True)
class Hiding:
    """What may be shown in one group. `opened`: the profiles enough entries share."""

    opened: frozenset[Profile]
    behind: Shown
    plain: Shown

    def shown(self, profile: Profile) -> Shown:
        if profile == NOTHING:
            return self.plain
        return Shown.PROFILE if profile in self.opened else self.behind


def decide_hiding(counts: Mapping[Profile, int], fewest: int = FEWEST) -> Hiding:
    """For one group, from how many entries outside the frontier have each profile.

    `NOTHING` is the profile of an entry that loses by what nobody else knows (its marks), or is
    not ranked.
    """
    plain = counts.get(NOTHING, 0)
    others = Counter({profile: n for profile, n in counts.items() if profile != NOTHING})
    opened = {profile for profile, n in others.items() if n >= fewest}
    behind = sum(n for profile, n in others.items() if profile not in opened)
    for profile in sorted(opened, key=lambda one: (others[one], str(one))):
        if not 0 < behind < fewest:
            break
        opened.discard(profile)
        behind += others[profile]
    return Hiding(
        opened=frozenset(opened),
        behind=Shown.LEAF if behind < fewest else Shown.BEHIND,
        plain=Shown.LEAF if plain < fewest else Shown.PROFILE,
    )


def decide_hiding_again(
    counts: Mapping[Profile, int], *, shown: bool, fewest: int = FEWEST
) -> Hiding:
    """The same in a further release, for entries that those before it showed alike.

    What is left over is declared to be behind, with the smallest class beside it where it would be
    too few. A block that is too small as a whole (others of it won, or count no more) stays
    together; of one `shown` before only the leaf, nothing but the leaf.
    """
    opened = {profile for profile, n in counts.items() if n >= fewest}
    left = sum(n for profile, n in counts.items() if profile not in opened)
    for profile in sorted(opened, key=lambda one: (one == NOTHING, counts[one], str(one))):
        if not 0 < left < fewest:
            break
        opened.discard(profile)
        left += counts[profile]
    rest = Shown.BEHIND if shown or left >= fewest else Shown.LEAF
    return Hiding(
        opened=frozenset(opened - {NOTHING}),
        behind=rest,
        plain=Shown.PROFILE if NOTHING in opened else rest,
    )
