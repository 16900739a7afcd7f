"""Layouts of papers on their pages."""

import pytest

from quiz.domain.paper_layouts import read_layout
from quiz.models import PaperLayout
from tests.factories import OpenContest, make_contest
from tests.frontend.contest_pages import browser_of, read, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> OpenContest:
    return make_contest()


def test_columns_are_ticked_numbered_and_named(made):
    client = browser_of(made.organiser)
    key = {"pk": made.contest.pk, "kind": "winners"}
    assert 'value="DANH SÁCH"' in text_of(read(client, "w-layout", **key))
    posted = {
        "title": "Danh sách khen thưởng",
        "use-name": "1",
        "place-name": "2",
        "heading-name": "Người đạt giải",
        "use-tier": "1",
        "place-tier": "1",
        "signer_title": "TM. Ban Tổ chức\r\nTrưởng ban",
    }
    page = text_of(send(client, "w-layout", posted, **key))
    assert "Đã lưu mẫu" in page
    assert "Mẫu riêng" in page
    held = read_layout(unit=made.unit, kind="winners")
    assert [(column.code, column.heading) for column in held.columns] == [
        ("tier", "Giải"),
        ("name", "Người đạt giải"),
    ]
    assert held.signer_title == "TM. Ban Tổ chức\nTrưởng ban"
    assert "Đã bỏ mẫu riêng" in text_of(send(client, "w-layout-forget", **key))
    assert not PaperLayout.objects.exists()


def test_a_refused_layout_comes_back_as_it_was_typed(made):
    client = browser_of(made.organiser)
    key = {"pk": made.contest.pk, "kind": "certificate"}
    refused = send(client, "w-layout", {"title": "Giấy khen", "colour": "xanh"}, **key)
    assert refused.status_code == 422
    page = text_of(refused)
    assert "Mã màu chưa đúng." in page
    assert 'value="xanh"' in page
    assert read(client, "w-layout", **key | {"kind": "khong-co"}).status_code == 404
