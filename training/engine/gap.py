"""The shortest set of courses that closes a gap: subset sum by dynamic programming on minutes."""

from collections.abc import Sequence


class Sums:
    """Every sum of some of `minutes` up to `most`, each with the best set that has it.

    Best: the fewest courses, then the earlier in the list. O(len(minutes) * most). A sum beyond a
    gap by more than one course is never its smallest, so gap + the longest course is enough.

    A set is one number: how many it has, shifted, less a bit for each place, the earlier the
    higher. Of two sets of one sum the smaller number is the better.
    """

    def __init__(self, minutes: Sequence[int], most: int) -> None:
        self._places = len(minutes)
        self._one = 1 << self._places
        none = (self._places + 1) * self._one
        self._none = none
        best = [0] + [none] * most
        for place, length in enumerate(minutes):
            if 0 < length <= most:
                adds = self._one - (self._one >> (place + 1))
                wider = [number + adds for number in best[: most + 1 - length]]
                best[length:] = map(min, best[length:], wider)
        self._best = best

    def closing(self, gap: int) -> tuple[int, ...]:
        """Places, ascending, of the set with the smallest sum that is at least `gap`.

        Raises ValueError where no sum is.
        """
        for number in self._best[gap:]:
            if number < self._none:
                mask = -number % self._one
                at = range(self._places)
                return tuple(place for place in at if mask & (self._one >> (place + 1)))
        raise ValueError(gap)


def shortest_set(minutes: Sequence[int], gap: int) -> tuple[int, ...]:
    """Places of the courses with the smallest sum that is at least `gap`.

    Where all together are too few, all of them. Of equal sums the fewest courses, then the earlier
    in the list.
    """
    if gap <= 0:
        return ()
    if sum(each for each in minutes if each > 0) < gap:
        return tuple(place for place, each in enumerate(minutes) if each > 0)
    return Sums(minutes, gap + max(minutes)).closing(gap)
