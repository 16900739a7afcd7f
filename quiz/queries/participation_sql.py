"""The statements behind the figures of participation, and what entries are counted by."""

from dataclasses import dataclass

# Every figure is taken over these attempts and no others.
TAKEN = """
WITH RECURSIVE taken AS (
    SELECT a.id, a.round_id, a.entrant_id, a.group_id, a.unit_id, a.state, g.correct, g.total,
           e.sex, e.birth_date,
           a.started_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS local_start
    FROM quiz_attempt a
    JOIN quiz_entrant e ON e.id = a.entrant_id AND e.duplicate_of_id IS NULL
    LEFT JOIN quiz_grade g ON g.attempt_id = a.id
    WHERE a.voided_at IS NULL AND a.round_id = ANY(%(rounds)s)
)
"""
# A unit made after the freeze is in no frozen tree: it is shown as it is now.
UNITS = """
, kept AS (
    SELECT DISTINCT ON (unit.id) unit.id, unit.name, unit.parent AS parent_id, unit.kind
    FROM quiz_round r JOIN quiz_unittree tree ON tree.id = r.unit_tree_id,
        jsonb_to_recordset(tree.document) AS unit (id bigint, name text, parent bigint, kind text)
    WHERE r.id = ANY(%(rounds)s)
    ORDER BY unit.id, r.frozen_at DESC
), units AS (
    SELECT u.id, coalesce(kept.name, u.name) AS name,
           CASE WHEN kept.id IS NULL THEN u.parent_id ELSE kept.parent_id END AS parent_id,
           coalesce(kept.kind, u.kind) AS kind
    FROM accounts_orgunit u LEFT JOIN kept ON kept.id = u.id
)
"""
# The commune that a unit is or lies in; units of the province lie in none.
HOMES = (
    UNITS
    + """
, up AS (
    SELECT id AS unit_id, id, parent_id, kind FROM units
    UNION ALL
    SELECT up.unit_id, u.id, u.parent_id, u.kind FROM up JOIN units u ON u.id = up.parent_id
    WHERE up.kind NOT IN ('commune', 'ward', 'special_zone')
), homes AS (
    SELECT unit_id, id AS commune_id FROM up WHERE kind IN ('commune', 'ward', 'special_zone')
)
"""
)
# 0: all right, 1: at least 75 %, 2: 25 to under 75 %, 3: under 25 %, 4: none right.
BAND = """
CASE WHEN correct = total THEN 0 WHEN correct * 4 >= total * 3 THEN 1
     WHEN correct * 4 >= total THEN 2 WHEN correct > 0 THEN 3 ELSE 4 END
"""
# Full years on the day the last round closed; 16 to 30 are the young of the Youth Law of 2020.
AGE = """
CASE WHEN birth_date IS NULL THEN NULL
     WHEN birth_date > %(day)s::date - interval '16 years' THEN 0
     WHEN birth_date > %(day)s::date - interval '31 years' THEN 1
     WHEN birth_date > %(day)s::date - interval '46 years' THEN 2
     WHEN birth_date > %(day)s::date - interval '61 years' THEN 3 ELSE 4 END
"""


@dataclass(frozen=True)
class Dimension:
    """What entries are counted by: an expression over `taken`, and what has to be joined for it."""

    expression: str
    members: str = ""
    join: str = ""
    condition: str = "true"


DIMENSIONS = {
    "round": Dimension("round_id"),
    "group": Dimension("group_id"),
    "unit": Dimension("unit_id"),
    "commune": Dimension(
        "homes.commune_id", members=HOMES, join="LEFT JOIN homes ON homes.unit_id = taken.unit_id"
    ),
    "sex": Dimension("nullif(sex, '')"),
    "age": Dimension(AGE),
    "day": Dimension("local_start::date"),
    "hour": Dimension("extract(hour FROM local_start)::int"),
    "band": Dimension(BAND, condition="total > 0"),
}
BY = """
{taken} {members}
SELECT {expression} AS label, count(DISTINCT entrant_id), count(*)
FROM taken {join} WHERE {condition} GROUP BY 1 ORDER BY 1 NULLS LAST
"""
ENTRIES = """
{taken} {members}
SELECT id FROM taken {join}
WHERE {condition} AND coalesce(({expression})::text, '') = %(value)s
ORDER BY id LIMIT %(limit)s OFFSET %(offset)s
"""
OF_ONE = """
{taken} {members}
SELECT count(DISTINCT entrant_id), count(*) FROM taken {join}
WHERE {condition} AND coalesce(({expression})::text, '') = %(value)s
"""
AT_THE_ENDS = (
    TAKEN
    + """
SELECT entrant_id, birth_date FROM taken WHERE birth_date IS NOT NULL
GROUP BY entrant_id, birth_date ORDER BY birth_date {order}, entrant_id LIMIT %(limit)s
"""
)
PAIR = "count(DISTINCT entrant_id), count(*)"
TOTALS = TAKEN + f"SELECT {PAIR}, count(*) FILTER (WHERE state = 2) FROM taken"
# The roster's people and who of them has entered: quiz.queries.roster_listed.
LISTED = "{listed}"
BY_UNIT = (
    TAKEN
    + LISTED
    + UNITS
    + """
, duty AS (
    SELECT DISTINCT group_code FROM listed WHERE group_code <> ''
),
by_unit AS (
    SELECT unit_id, count(DISTINCT entrant_id) AS persons, count(*) AS entries,
           count(DISTINCT entrant_id) FILTER (
               WHERE og.code IN (SELECT group_code FROM duty) OR NOT EXISTS (SELECT 1 FROM duty)
           ) AS on_duty
    FROM taken JOIN quiz_audiencegroup og ON og.id = taken.group_id
    WHERE unit_id IS NOT NULL GROUP BY 1
),
by_list AS (SELECT unit_id, count(*) FILTER (WHERE NOT exempt) AS listed,
                   count(*) FILTER (WHERE done AND NOT exempt) AS done,
                   count(*) FILTER (WHERE exempt) AS exempt
            FROM listed GROUP BY 1)
SELECT u.name, coalesce(parent.name, ''), coalesce(by_unit.persons, 0),
       coalesce(by_unit.entries, 0), coalesce(by_unit.on_duty, 0), heads.count,
       coalesce(by_list.listed, 0), coalesce(by_list.done, 0), coalesce(by_list.exempt, 0), u.id
FROM units u
LEFT JOIN units parent ON parent.id = u.parent_id
LEFT JOIN by_unit ON by_unit.unit_id = u.id
LEFT JOIN by_list ON by_list.unit_id = u.id
LEFT JOIN LATERAL ({heads}) heads ON true
WHERE by_unit.unit_id IS NOT NULL OR by_list.listed > 0
ORDER BY u.id
"""
)
MISSING = (
    TAKEN
    + LISTED
    + UNITS
    + """
SELECT u.name, listed.full_name, listed.staff_code, listed.birth_date
FROM listed JOIN units u ON u.id = listed.unit_id
WHERE NOT listed.done AND NOT listed.exempt ORDER BY u.id, listed.full_name, listed.id
"""
)
# Headcounts as they stood on a day; of a released round as they were kept.
HEADS = """
SELECT h.count FROM accounts_headcount h WHERE h.unit_id = u.id AND h.on_date <= %(day)s
ORDER BY h.on_date DESC LIMIT 1
"""
KEPT_HEADS = """
SELECT h.count FROM quiz_roundheadcount h WHERE h.unit_id = u.id AND h.round_id = ANY(%(rounds)s)
"""
BANDS = (
    TAKEN
    + f"""
, best AS (SELECT DISTINCT ON (entrant_id) correct, total FROM taken WHERE total > 0
           ORDER BY entrant_id, correct DESC),
persons AS (SELECT {BAND} AS band, count(*) AS n FROM best GROUP BY 1),
entries AS (SELECT {BAND} AS band, count(*) AS n FROM taken WHERE total > 0 GROUP BY 1)
SELECT band, coalesce(persons.n, 0), coalesce(entries.n, 0)
FROM generate_series(0, 4) AS band LEFT JOIN persons USING (band) LEFT JOIN entries USING (band)
ORDER BY band
"""
)
