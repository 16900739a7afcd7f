"""Which items ask nearly the same."""

from itertools import combinations

from quiz.checks.likeness import ALIKE, LikenessIndex, gist, gist_of, likeness
from quiz.demo.content import load_items
from tests.load.item_bank import generate_items, paraphrases

STEM = "Cơ quan nào có thẩm quyền cấp giấy phép xây dựng nhà ở riêng lẻ tại đặc khu?"


def alike(one: str, other: str) -> bool:
    return likeness(gist(one), gist(other)) >= ALIKE


def test_case_marks_and_idle_words_do_not_count() -> None:
    assert likeness(gist(STEM), gist(STEM.upper())) == 1
    assert alike(
        STEM, "Co quan nao co tham quyen cap giay phep xay dung nha o rieng le tai dac khu"
    )
    assert alike(STEM, f"Theo quy định hiện hành, anh/chị hãy cho biết {STEM}")


def test_numbers_and_negations_tell_apart() -> None:
    stem = "Nghị định {} có hiệu lực thi hành từ ngày nào?"
    assert not alike(stem.format("118/2025/NĐ-CP"), stem.format("61/2018/NĐ-CP"))
    assert not alike("Nội dung nào thuộc hồ sơ đăng ký?", "Nội dung nào không thuộc hồ sơ đăng ký?")


def test_a_stem_that_says_little_is_told_apart_by_its_options() -> None:
    asked = "Phát biểu nào sau đây là đúng?"
    one = gist(asked, ["Hồ sơ nộp trên Cổng Dịch vụ công", "Hồ sơ nộp tại bưu điện"])
    other = gist(asked, ["Trẻ em được cấp thẻ bảo hiểm y tế", "Người già được miễn phí"])
    assert likeness(one, other) < ALIKE
    assert likeness(one, one) == 1


def test_the_index_finds_what_comparing_all_pairs_finds() -> None:
    gists = [gist_of(draft) for draft in generate_items(400)]
    gists += [gist(stem) for _place, stem in list(paraphrases(generate_items(400)))[:60]]
    index = LikenessIndex(enumerate(gists))
    all_pairs = {
        (a, b)
        for a, b in combinations(range(len(gists)), 2)
        if likeness(gists[a], gists[b]) >= ALIKE
    }
    found = {
        tuple(sorted((a, b))) for a in range(len(gists)) for b, _l in index.near(gists[a], but=a)
    }
    assert found == all_pairs


def test_paraphrases_are_recognised_and_other_items_seldom() -> None:
    items = generate_items(1500)
    index = LikenessIndex((place, gist_of(draft)) for place, draft in enumerate(items))
    said = list(paraphrases(items))[:400]
    found = sum(any(ref == place for ref, _l in index.near(gist(stem))) for place, stem in said)
    assert found >= 0.97 * len(said)
    mistaken = sum(bool(index.near(gist_of(draft), but=place)) for place, draft in enumerate(items))
    assert mistaken <= 0.05 * len(items)


def test_the_starter_bank_repeats_nothing() -> None:
    gists = [gist(item.stem, item.options) for item in load_items()]
    index = LikenessIndex(enumerate(gists))
    assert [index.near(of, but=place) for place, of in enumerate(gists)] == [[]] * len(gists)
