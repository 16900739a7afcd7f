"""Old words and what they are called now."""

from accounts.old_words import OLD_WORDS, old_word_at
from accounts.text import fold


def test_the_longest_old_word_is_meant() -> None:
    found = old_word_at(["dich", "vu", "muc", "do", "3", "4"], 2)
    assert found is not None
    assert found.new == ("toan trinh", "mot phan")
    assert old_word_at(["muc", "do", "2"], 0) is None


def test_every_line_is_folded_and_says_since_when_by_what() -> None:
    for word in OLD_WORDS:
        assert fold(word.old) == word.old
        assert [fold(new) for new in word.new] == list(word.new)
        assert word.source
        assert word.since.year > 2020


def test_no_old_word_stands_twice() -> None:
    assert len({word.old for word in OLD_WORDS}) == len(OLD_WORDS)
