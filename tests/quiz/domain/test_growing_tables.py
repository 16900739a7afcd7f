"""Entering costs the same whatever is stored, and is planned for the size its tables have."""

import pytest
from django.db import connection

from quiz.domain.attempt_sql import SAVE
from quiz.domain.growing_tables import analyse_outgrown_tables
from tests.factories import answers_input, make_open_contest, register, start
from tests.load.flat import ACTS, ALLOWED_MORE, explained, fill, pages, scanned
from tests.load.plans import MODES, Prepared


@pytest.mark.django_db
@pytest.mark.parametrize("mode", MODES)
def test_each_statement_touches_the_same_pages_among_few_and_among_many(mode):
    made = make_open_contest()
    start(made, register(made))
    seen = []
    for attempts in (5_000, 20_000):
        fill(made, attempts, then="ANALYZE")
        seen.append(explained(made, mode, entrants=3))
    few, many = seen
    more = {act: pages(many[act]) - pages(few[act]) for act in ACTS}
    assert {act: pages for act, pages in more.items() if pages > ALLOWED_MORE} == {}
    assert {table for act in ACTS for table in scanned(few[act] + many[act])} == set()


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db(transaction=True)
def test_what_was_planned_over_an_empty_table_is_planned_anew_when_it_has_grown():
    made = make_open_contest()
    run("VACUUM ANALYZE quiz_attempt, quiz_entrant")
    values = {"attempt": 1, "epoch": 0, "writer": 1, "base": 0, "revision": 1, "answers": "{}"}
    values |= {"prediction": None, "shift": "0", "grace": "0"}
    save = Prepared(SAVE, values)
    assert scanned([save.plan("force_generic_plan")]) == {"quiz_attempt"}
    fill(made, 3000, then="SELECT pg_stat_force_next_flush()")
    # The trap: the plan made over the empty table is still used.
    assert scanned([save.plan("force_generic_plan")]) == {"quiz_attempt"}
    assert analyse_outgrown_tables() == ["quiz_attempt", "quiz_entrant"]
    assert scanned([save.plan("force_generic_plan")]) == set()
    run("SELECT pg_stat_force_next_flush()")
    assert analyse_outgrown_tables() == []
    sitting = start(made, register(made))
    assert answers_input(sitting).base == 0
