"""The calendar pages, the season's form, and a round copied."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.dates import VIETNAM
from accounts.enums import Role
from tests.factories import make_contest, make_open_contest, make_person, make_unit
from tests.frontend.contest_pages import browser_of, read, send, text_of

pytestmark = pytest.mark.django_db
MOMENT = "%Y-%m-%dT%H:%M"


@pytest.fixture
def made():
    return make_open_contest()


@pytest.fixture
def client(made):
    return browser_of(made.organiser)


def shown(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M %d/%m/%Y")


def test_the_calendar_shows_the_effective_window(made, client):
    text = text_of(read(client, "w-contest-calendar", pk=made.contest.pk))
    ends = timezone.localtime(made.round.closes_at + timedelta(seconds=5))
    for moment in (made.round.opens_at, made.round.closes_at):
        assert shown(moment) in text
    assert shown(made.round.closes_at - timedelta(minutes=15)) in text
    assert ends.strftime("%H:%M:%S %d/%m/%Y") in text
    assert "month__mark--opens" in text
    assert "Chưa công bố" in text


def test_any_month_can_be_looked_at(made, client):
    pk = made.contest.pk
    assert "Tháng 02/2031" in text_of(read(client, "w-contest-calendar", "?thang=2031-02", pk=pk))
    for odd in ("2031-13", "x", "1026-01", "9999-12", ""):
        response = read(client, "w-contest-calendar", f"?thang={odd}", pk=pk)
        assert response.status_code == 200


def test_the_calendar_of_all_holds_contests_within_reach_only(made, client):
    other = make_contest(unit=make_unit("Nơi khác"))
    text = text_of(read(client, "w-calendar"))
    assert made.contest.title in text
    assert other.contest.title not in text
    empty = text_of(read(client, "w-calendar", "?thang=2031-02"))
    assert "Không có vòng thi nào trong tháng này." in empty
    nobody = make_person(Role.ORGANISER, unit=make_unit("Đơn vị mới"))
    assert "Chưa có cuộc thi nào" in text_of(read(browser_of(nobody), "w-calendar"))


def test_the_file_is_handed_out(made, client):
    response = read(client, "w-contest-calendar-file", pk=made.contest.pk)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="lich-{made.contest.code}.ics"'
    assert response.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"BEGIN:VEVENT" in read(client, "w-calendar-file").content


def season(client, made, **fields):
    monday = datetime(2027, 1, 4, 10, 0, tzinfo=VIETNAM)
    sent = {
        "opens_at": monday.strftime(MOMENT),
        "closes_at": (monday + timedelta(days=6, hours=23)).strftime(MOMENT),
        "weeks": "3",
        "name": "Tuần",
        "action": "make",
    }
    return send(client, "w-season", sent | fields, pk=made.contest.pk)


def test_a_season_begins_on_a_monday_at_ten_and_closes_at_nine(made, client):
    form = read(client, "w-season", pk=made.contest.pk).context["form"]
    opens, closes = form["opens_at"].value(), form["closes_at"].value()
    assert (opens.weekday(), opens.hour, closes.weekday(), closes.hour) == (0, 10, 0, 9)
    assert closes - opens == timedelta(days=6, hours=23)
    assert opens.replace(tzinfo=VIETNAM) >= timezone.now()


def test_a_season_is_looked_at_before_it_is_made(made, client):
    text = text_of(season(client, made, action="plan", skipped="13/01/2027; 2027-01-14"))
    assert "Tạo 3 tuần thi" in text
    assert "10:00 18/01/2027" in text
    assert "10:00 11/01/2027" not in text
    assert made.contest.rounds.count() == 1
    response = season(client, made)
    assert "Đã tạo 3 tuần thi." in text_of(response)
    assert list(made.contest.rounds.values_list("name", flat=True)) == [
        "Vòng 1",
        "Tuần 2",
        "Tuần 3",
        "Tuần 4",
    ]


def test_faults_of_a_season_are_sentences(made, client):
    response = season(client, made, skipped="30/2/2027, mai")
    text = text_of(response)
    assert response.status_code == 422
    assert "“30/2/2027”: Ghi ngày theo dạng ngày/tháng/năm" in text
    assert "“mai”: Ghi ngày theo dạng ngày/tháng/năm" in text
    season(client, made)
    for action in ("plan", "make"):
        response = season(client, made, action=action)
        assert response.status_code == 422
        assert "Tuần 5 trùng thời gian với Tuần 2" in text_of(response)
    assert made.contest.rounds.count() == 4
    season(client, made, allow_overlap="on")
    assert made.contest.rounds.count() == 7


def test_a_round_is_copied_to_another_time(made, client):
    where = {"pk": made.contest.pk, "round_pk": made.round.pk}
    form = read(client, "w-round-copy", **where).context["form"]
    sent = {name: form[name].value() for name in ("opens_at", "closes_at")}
    sent = {name: value.strftime(MOMENT) for name, value in sent.items()}
    response = send(client, "w-round-copy", sent | {"name": "Tuần 2"}, **where)
    assert "Đã sao chép vòng thi." in text_of(response)
    assert made.contest.rounds.get(number=2).name == "Tuần 2"
    response = send(client, "w-round-copy", sent, **where)
    assert response.status_code == 422
    assert "trùng thời gian với Tuần 2" in text_of(response)
