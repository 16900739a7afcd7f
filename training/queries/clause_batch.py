"""First answers by clause, ten persons at a time: gathered once, read as sums."""

from datetime import date, datetime

from django.db import connection, models
from django.db.models import Count, F, Sum

from accounts.queries.org_unit import units_below

TEN = 10

# A person counts once a clause, by the first try that asked it, in the unit of that enrolment:
# neither a transfer nor a later course moves what was told. Of keys shown after answers later
# tries tell what was learnt by heart. A ten is stored once; an erased person leaves it as it is.
_GATHER = """
INSERT INTO training_clausebatch (unit_id, document_id, clause, number, answers, "right", full_on)
SELECT unit_id, document_id, clause, (place - 1) / %(ten)s, sum(answers), sum(correct),
    (max(ended_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
FROM (
    SELECT *, row_number() OVER (
        PARTITION BY unit_id, document_id, clause ORDER BY ended_at, try
    ) AS place
    FROM (
        SELECT held.unit_id, held.person_id, cited.document_id, cited.clause,
            try.id AS try, try.ended_at, count(*) AS answers,
            count(*) FILTER (
                WHERE nullif(try.answers ->> (slot.place - 1)::int, '')::int = version.key_mask
            ) AS correct,
            row_number() OVER (
                PARTITION BY held.person_id, cited.document_id, cited.clause
                ORDER BY try.ended_at, try.id
            ) AS time
        FROM training_quiztry try
        JOIN training_enrolment held ON held.id = try.enrolment_id
        CROSS JOIN LATERAL jsonb_array_elements(try.paper) WITH ORDINALITY AS slot (value, place)
        JOIN quiz_itemversion version ON version.id = (slot.value ->> 0)::bigint
        JOIN quiz_citation cited ON cited.version_id = version.id
        WHERE try.ordinal = 1 AND try.ended_at < %(before)s
        GROUP BY held.unit_id, held.person_id, cited.document_id, cited.clause, try.id
    ) AS asked
    WHERE time = 1
) AS placed
GROUP BY unit_id, document_id, clause, (place - 1) / %(ten)s
HAVING count(*) = %(ten)s
ON CONFLICT (unit_id, document_id, clause, number) DO NOTHING
"""


class ClauseBatchQuerySet(models.QuerySet):
    def of_unit(self, root: int, *, first: date, last: date) -> "ClauseBatchQuerySet":
        """Of a unit and all below, full on days of the period, both counted."""
        return self.filter(unit__in=units_below([root]), full_on__range=(first, last))

    def by_clause(self) -> models.QuerySet:
        """{document, document_number, clause, persons, all, correct} by clause, weakest first."""
        summed = self.order_by().values("document", "clause", document_number=F("document__number"))
        counted = summed.annotate(
            persons=Count("pk") * TEN, all=Sum("answers"), correct=Sum("right")
        )
        share = F("correct") * 1.0 / F("all")
        return counted.order_by(share, "document_number", "clause")


def gather_batches(*, before: datetime) -> int:
    """Add up every ten that became full by tries that ended before; how many did."""
    with connection.cursor() as cursor:
        cursor.execute(_GATHER, {"ten": TEN, "before": before})
        return cursor.rowcount
