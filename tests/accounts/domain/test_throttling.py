"""A limit that holds: per key, over processes, and never for good."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.domain.throttling import give_back_turn, take_turn
from accounts.errors import TooManyRequests

NOW = timezone.now()


def turns(key: str, *, at: int = 0, limit: int = 3, tries: int = 10) -> int:
    """How many turns are granted `at` seconds from now, for 3 in a minute."""
    granted = 0
    for _try in range(tries):
        try:
            now = NOW + timedelta(seconds=at)
            take_turn(purpose="test", key=key, limit=limit, seconds=60, now=now)
        except TooManyRequests:
            continue
        granted += 1
    return granted


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [1, 3, 7, 1000])
def test_exactly_the_limit_is_granted_at_once(limit: int):
    assert turns("0912345678", limit=limit, tries=limit + 5) == limit


@pytest.mark.django_db
def test_keys_and_purposes_are_counted_apart():
    turns("a")
    assert turns("b") == 3
    take_turn(purpose="other", key="a", limit=1, seconds=60, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(("at", "granted"), [(19, 0), (20, 1), (40, 2), (60, 3), (600, 3)])
def test_turns_come_back_one_by_one_however_often_one_was_refused(at: int, granted: int):
    turns("a", tries=100)
    assert turns("a", at=at) == granted


@pytest.mark.django_db
def test_a_refusal_says_when_to_come_back():
    turns("a", limit=1)
    with pytest.raises(TooManyRequests) as refusal:
        take_turn(purpose="test", key="a", limit=1, seconds=60, now=NOW)
    assert refusal.value.details == {"wait_seconds": 60}
    assert refusal.value.hint == "Thử lại sau 1 phút."
    with pytest.raises(TooManyRequests) as refusal:
        take_turn(purpose="test", key="a", limit=1, seconds=60, now=NOW + timedelta(seconds=50))
    assert (refusal.value.details["wait_seconds"], refusal.value.hint) == (
        10,
        "Chờ một phút rồi thử lại.",
    )


@pytest.mark.django_db
def test_the_table_is_unlogged_and_tells_no_key():
    take_turn(purpose="test", key="0912345678", limit=3, seconds=60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence::text FROM pg_class WHERE relname = %s", [TABLE])
        assert cursor.fetchone() == ("u",)
        cursor.execute("SELECT held::text FROM accounts_throttle held")
        ((row,),) = cursor.fetchall()
    assert "912345678" not in row
    assert b"912345678".hex() not in row


@pytest.mark.django_db
def test_what_did_no_harm_is_given_back():
    turns("a")
    turns("b")
    for _time in range(2):
        give_back_turn(purpose="test", key="a", limit=3, seconds=60)
    assert (turns("a"), turns("b")) == (2, 0)


TABLE = "accounts_throttle"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_than_the_limit():
    granted = []

    def try_some() -> None:
        granted.append(turns("a", limit=5))
        connection.close()

    threads = [threading.Thread(target=try_some) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(granted) == 5
