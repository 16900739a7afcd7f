"""What everybody may know of who took part in a released round.

Only what a release's own counts do not already say by themselves is coarsened: a row of fewer than
ten persons is put together with others (`engine.small_groups`). Nobody is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.domain.figure_words import figure_label, table_titles
from quiz.domain.figures import Figures, published_figures
from quiz.engine.small_groups import Part, merge_small
from quiz.models import Release

# Rounds are compared by whoever shows several; units are no table of DIMENSIONS here.
TABLES = ("group", "commune", "sex", "age", "day", "hour", "band")


@dataclass(frozen=True)
class PublicFigures:
    """Persons and entries of a released round, and its tables by title, in order."""

    persons: int
    entries: int
    tables: Sequence[tuple[str, list[Part]]]


def public_figures(*, release: Release) -> PublicFigures | None:
    """The figures of a release; None while the worker is counting them."""
    found = published_figures(release=release)
    if found is None:
        return None
    titles = table_titles()
    tables = [(titles[name], _parts(name, found)) for name in TABLES]
    tables.append((titles["unit"], _units(found)))
    told = [(title, merge_small(parts)) for title, parts in tables]
    return PublicFigures(
        found.persons, found.entries, [(title, parts) for title, parts in told if len(parts) > 1]
    )


def _parts(table: str, figures: Figures) -> list[Part]:
    return [
        Part(figure_label(table, figure), figure.persons, figure.entries)
        for figure in figures.tables.get(table, ())
    ]


def _units(figures: Figures) -> list[Part]:
    """Largest first."""
    parts = [Part(unit.unit, unit.persons, unit.entries) for unit in figures.units]
    return sorted(parts, key=lambda part: -part.persons)
