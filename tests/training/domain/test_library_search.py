"""What the library's search finds, and in what order."""

from datetime import UTC, datetime, timedelta

import pytest

from training.domain.library_search import search_library
from training.domain.search_index import SearchText, drop_thing, index_thing, index_things

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 30, 5, tzinfo=UTC)
TITLES = (
    "Nộp hồ sơ trên Cổng Dịch vụ công quốc gia",
    "Dịch vụ công trực tuyến toàn trình là gì",
    "Dịch vụ công trực tuyến một phần",
    "Tài khoản định danh điện tử mức độ 02",
    "Lịch trực của Trung tâm Phục vụ hành chính công",
    "Công vụ và dịch tễ học",
)


@pytest.fixture
def library():
    index_things(
        kind="material",
        texts=[
            SearchText(number, f"tai-lieu-{number}", title, (), NOON - timedelta(days=number))
            for number, title in enumerate(TITLES)
        ],
    )


def found(text: str, **among: object) -> list[str]:
    return [entry.title for entry in search_library(text=text, **among)]


def test_words_without_marks_find_words_with_marks(library):
    assert set(found("dich vu cong ")[:3]) == set(TITLES[:3])


def test_words_in_a_row_come_before_the_same_words_apart(library):
    assert found("dich vu cong ")[3:] == ["Công vụ và dịch tễ học"]


def test_exact_marks_come_first(library):
    text = "Bán hàng trực tuyến"
    index_thing(kind="material", text=SearchText(20, "a", "Ban hang truc tuyen", (), NOON))
    index_thing(kind="material", text=SearchText(21, "b", text, (), NOON - timedelta(days=400)))
    index_thing(kind="material", text=SearchText(22, "c", "Bạn hãng trục tuyển", (), NOON))
    assert found("bán hàng trực tuyến")[0] == text


def test_old_words_find_the_new_ones(library):
    assert set(found("mức độ 3, 4")) == {TITLES[1], TITLES[2]}


def test_the_title_comes_before_the_text(library):
    long_ago = NOON - timedelta(days=900)
    index_things(
        kind="faq",
        texts=[
            SearchText(1, "1", "Giờ làm việc", ("Nộp phí ở quầy số hai.",), NOON),
            SearchText(2, "2", "Nộp phí bằng cách nào", (), long_ago),
        ],
    )
    assert found("nộp phí ", kinds=["faq"]) == ["Nộp phí bằng cách nào", "Giờ làm việc"]


def test_an_unfinished_last_word_is_found(library):
    assert found("tai khoan din") == ["Tài khoản định danh điện tử mức độ 02"]


def test_the_number_of_a_document_is_found(library):
    text = SearchText(9, "nd", "Một cửa", ("Nghị định 118/2025/NĐ-CP",), NOON)
    index_thing(kind="material", text=text)
    assert found("118/2025") == ["Một cửa"]
    assert found("nghị định 61/2018") == ["Một cửa"]


def test_what_is_written_anew_is_found_by_its_new_words_alone(library):
    index_thing(kind="material", text=SearchText(5, "x", "Trang mới", (), NOON))
    assert found("dich te ") == []
    assert found("trang moi") == ["Trang mới"]


def test_what_was_dropped_is_found_no_longer(library):
    drop_thing(kind="material", subject_id=5)
    assert found("dich te ") == []


@pytest.mark.parametrize("text", ["", "   ", "?!", "'); DROP TABLE", "<->", "a" * 5000])
def test_anything_may_be_typed(library, text):
    assert found(text) == []
