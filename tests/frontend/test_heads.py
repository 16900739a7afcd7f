"""The page of heads, and who gets them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from quiz.enums import RoundState
from quiz.models import Head, Round, Witness
from tests.factories import OpenContest, make_open_contest
from tests.frontend.contest_pages import browser_of, read, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> OpenContest:
    return make_open_contest()


def head(made: OpenContest, minutes_ago: int, **fields) -> Head:
    moment = timezone.now() - timedelta(minutes=minutes_ago)
    values = {"number": 1, "at": moment, "digest": "ab" * 32, "root": "cd" * 32, "size": 7731}
    values |= {"previous": made.round.commitment, "nonce": b"n", "made_at": moment}
    return Head.objects.create(round=made.round, **values | fields)


def test_the_page_shows_each_head_and_nothing_behind_it(made):
    page = text_of(read(Client(), "heads", code=made.contest.code))
    assert "Chưa có mốc nào" in page
    head(made, 90)
    head(made, 1, number=2, digest="ef" * 32)
    page = text_of(read(Client(), "heads", code=made.contest.code))
    assert [word in page for word in ("ab" * 32, "ef" * 32, "cd" * 32, "7731", "7.731")] == [
        True,
        *[False] * 4,
    ]
    assert f'href="/cuoc-thi/{made.contest.code}/moc/"' in text_of(
        read(Client(), "contest", code=made.contest.code)
    )


def test_a_contest_that_is_over_promises_no_head(made):
    Round.objects.filter(pk=made.round.pk).update(
        state=RoundState.RELEASED, closes_at=timezone.now() - timedelta(minutes=5)
    )
    page = text_of(read(Client(), "heads", code=made.contest.code))
    assert ("đã công bố kết quả mà" in page, "Mốc đầu tiên có vào" in page) == (True, False)


def test_an_organiser_names_who_gets_the_heads(made):
    client, pk = browser_of(made.organiser), made.contest.pk
    assert "Chưa có người chứng kiến" in text_of(read(client, "w-witnesses", pk=pk))
    refused = send(client, "w-witnesses", {"email": "không phải"}, pk=pk)
    assert refused.status_code == 422
    assert 'value="không phải"' in text_of(refused)
    page = text_of(send(client, "w-witnesses", {"email": "thanhtra@tinh.vn"}, pk=pk))
    assert "thanhtra@tinh.vn" in page
    row = Witness.objects.get()
    page = text_of(send(client, "w-witness-remove", pk=pk, witness_pk=row.pk))
    assert "Chưa có người chứng kiến" in page
