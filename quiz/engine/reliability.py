"""How far the totals of a test can be trusted: reliability and the standard error of a total.

Totals are numbers of right answers to `items` items, given as a table total → persons.

* Every paper holds the same items: KR-20 = k / (k - 1) × (1 - Σ p q / s²), with k items, p the
  share that answered an item right, q = 1 - p and s² the variance of the totals over all persons
  (G. F. Kuder and M. W. Richardson, "The theory of the estimation of test reliability",
  Psychometrika 2, 1937, 151-160, formula 20). It is Cronbach's alpha of items marked 0 or 1.
* Each person has a paper drawn for them: KR-21 = k / (k - 1) × (1 - M (k - M) / (k s²)), with M the
  mean total (formula 21 of the same paper). With different items for everybody what separates two
  totals is also the luck of the draw, which KR-21 counts as error (F. M. Lord, "Sampling
  fluctuations resulting from the sampling of test items", Psychometrika 20, 1955, 1-22). Where a
  blueprint draws from several rows it is a lower bound.

The standard error of measurement is s √(1 - reliability): about two of three persons have a total
within it of what they would have on the average over many such papers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt


@dataclass(frozen=True)
class Reliability:
    """`coefficient` None where totals do not vary or papers have one item; it may be negative.

    `same_items`: KR-20, else KR-21. `mean` and `variance` are those of the totals.
    """

    persons: int
    items: int
    mean: Fraction
    variance: Fraction
    coefficient: Fraction | None
    same_items: bool

    @property
    def standard_error(self) -> float | None:
        """Of measurement, in items; None without a coefficient."""
        if self.coefficient is None:
            return None
        return sqrt(self.variance * (1 - self.coefficient))


def reliability_of(
    totals: Mapping[int, int], *, items: int, right: Sequence[int] | None
) -> Reliability | None:
    """The reliability of papers of `items` items; None where nobody sat.

    `right`: how many answered each item right, where every paper holds these items; else None.
    """
    persons = sum(totals.values())
    if not persons:
        return None
    mean = Fraction(sum(total * n for total, n in totals.items()), persons)
    squares = Fraction(sum(total * total * n for total, n in totals.items()), persons)
    variance = squares - mean**2
    if right is None:
        chance = mean * (items - mean) / items if items else Fraction(0)
    else:
        chance = sum((Fraction(n, persons) * (1 - Fraction(n, persons)) for n in right), Fraction())
    coefficient = None
    if items > 1 and variance:
        coefficient = Fraction(items, items - 1) * (1 - chance / variance)
    return Reliability(persons, items, mean, variance, coefficient, right is not None)
