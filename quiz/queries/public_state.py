"""Whether anything a public page is drawn from has changed, and when it next does by the clock."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

# Small tables all. What results show of winners' entrants is left to the age of the page.
SHOWN = (
    "quiz_contest",
    "quiz_round",
    "quiz_ruleset",
    "quiz_audiencegroup",
    "quiz_release",
    "accounts_installation",
)

# A changed row is a new row version: another place, another transaction.
_VERSIONS = " UNION ALL ".join(
    "SELECT count(*) || '/' || coalesce(sum(hashtextextended(ctid::text || '/' || xmin, 0)), 0)"
    f" AS version FROM {table}"
    for table in SHOWN
)
_STATE = f"""
SELECT (SELECT string_agg(version, ' ') FROM ({_VERSIONS}) AS versions),
    (SELECT min(moment) FROM quiz_round, unnest(ARRAY[opens_at, closes_at]) AS moment
    WHERE moment > %(now)s)
"""


class PublicState(NamedTuple):
    """`version` differs after any change; `changes_at`: the next opening or closing of a round."""

    version: str
    changes_at: datetime | None


def public_state(now: datetime) -> PublicState:
    """One statement over some hundred rows, whoever changed them and however."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, {"now": now})
        return PublicState(*cursor.fetchone())
