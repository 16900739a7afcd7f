"""Words the law gave up, and what the same is called now: who types the old finds the new.

One place for every search of the product. `since` is the day from which the new word holds, and
`source` the document that says so; whoever adds a line fills in both.
"""

from dataclasses import dataclass
from datetime import date

Words = tuple[str, ...]


@dataclass(frozen=True)
class OldWord:
    """Folded words in a row: the `old` ones, and each of the `new` ones."""

    old: str
    new: tuple[str, ...]
    since: date
    source: str

    @property
    def words(self) -> Words:
        return tuple(self.old.split())

    @property
    def forms(self) -> tuple[Words, ...]:
        """The old words and all new ones, to be looked for beside each other."""
        return (self.words, *(tuple(new.split()) for new in self.new))


_TWO_FORMS = (date(2022, 6, 24), "Nghị định 42/2022/NĐ-CP")
_TWO_LEVELS = (date(2025, 7, 1), "Luật 72/2025/QH15")
_ONE_STOP = (date(2025, 7, 1), "Nghị định 118/2025/NĐ-CP")
_ONE_PORTAL = (date(2025, 7, 1), "Công văn 623/TTg-KSTT")
_IDENTITY = (date(2024, 7, 1), "Luật 26/2023/QH15")
_RESIDENCE = (date(2023, 1, 1), "Nghị định 104/2022/NĐ-CP")

OLD_WORDS = (
    OldWord("muc do 3 4", ("toan trinh", "mot phan"), *_TWO_FORMS),
    OldWord("muc do 3 va 4", ("toan trinh", "mot phan"), *_TWO_FORMS),
    OldWord("muc do 3 muc do 4", ("toan trinh", "mot phan"), *_TWO_FORMS),
    OldWord("muc do 4", ("toan trinh",), *_TWO_FORMS),
    OldWord("muc do 3", ("mot phan",), *_TWO_FORMS),
    OldWord("cap huyen", ("cap xa",), *_TWO_LEVELS),
    OldWord("bo phan tiep nhan va tra ket qua", ("trung tam phuc vu hanh chinh cong",), *_ONE_STOP),
    OldWord("61 2018", ("118 2025",), *_ONE_STOP),
    OldWord("cong dich vu cong cap tinh", ("cong dich vu cong quoc gia",), *_ONE_PORTAL),
    OldWord("cong dich vu cong cua tinh", ("cong dich vu cong quoc gia",), *_ONE_PORTAL),
    OldWord("chung minh nhan dan", ("can cuoc",), *_IDENTITY),
    OldWord("cmnd", ("can cuoc",), *_IDENTITY),
    OldWord("can cuoc cong dan", ("can cuoc",), *_IDENTITY),
    OldWord("cccd", ("can cuoc",), *_IDENTITY),
    OldWord("so ho khau", ("thong tin cu tru",), *_RESIDENCE),
)
_LONGEST_FIRST = sorted(OLD_WORDS, key=lambda old: -len(old.words))


def old_word_at(words: list[str], place: int) -> OldWord | None:
    """The longest old word that begins at this place."""
    for old in _LONGEST_FIRST:
        if tuple(words[place : place + len(old.words)]) == old.words:
            return old
    return None
