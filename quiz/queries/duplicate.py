"""Who may be one person: the marks that entrants of a contest share."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

# Strongest evidence first. Each SELECT gives (reason, mark, entrants) for marks shared by several.
_SHARED = """
SELECT %(reason)s, {mark} AS mark, array_agg(id ORDER BY registered_at, id)
FROM quiz_entrant WHERE contest_id = %(contest)s AND {present}
GROUP BY 2 HAVING count(*) > 1
"""
_MARKS = {
    "national_id": ("sha256(national_id_index)", "national_id_index <> ''"),
    "identity": ("sha256(identity_index)", "identity_index <> ''"),
    "roster": ("sha256(int8send(roster_entry_id))", "roster_entry_id IS NOT NULL"),
    "phone": (
        "sha256(phone_index || convert_to(folded_name, 'UTF8'))",
        "phone_index <> ''",
    ),
    "name_birth": (
        "sha256(convert_to(folded_name || '|' || birth_date::text, 'UTF8'))",
        "birth_date IS NOT NULL AND birth_precision = 3",
    ),
}


@dataclass(frozen=True)
class SharedMark:
    """Entrants (ids, earliest registered first) that share a mark."""

    reason: str
    mark: bytes
    entrants: tuple[int, ...]


def shared_marks(contest_id: int) -> Iterator[SharedMark]:
    """Every mark that several entrants share; a group already told for a stronger reason is not
    told again for a weaker one.
    """
    told: list[frozenset[int]] = []
    for reason, (mark, present) in _MARKS.items():
        with connection.cursor() as cursor:
            cursor.execute(
                _SHARED.format(mark=mark, present=present),
                {"reason": reason, "contest": contest_id},
            )
            rows = cursor.fetchall()
        for _reason, digest, entrants in rows:
            people = frozenset(entrants)
            if not any(people <= earlier for earlier in told):
                told.append(people)
                yield SharedMark(reason, bytes(digest), tuple(entrants))
