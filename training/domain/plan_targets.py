"""A task's measurable target in words: “3 lớp tập huấn”, “2.000 lượt dự thi”, “12 tin bài”.

Read as plans have it: Vietnamese in every language.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.text import fold
from quiz.rules.figures import show_number
from training.enums import TargetKind

MOST = 100_000_000
# What else people write for them, folded.
_ALSO = {
    TargetKind.CONTESTS: ("hoi thi",),
    TargetKind.ENTRIES: ("luot thi", "luot"),
    TargetKind.CLASSES: ("lop", "hoi nghi tap huan", "hoi nghi"),
    TargetKind.LEARNERS: ("nguoi", "luot nguoi", "hoc vien", "nguoi du", "can bo"),
    TargetKind.MATERIALS: ("tai lieu", "to gap", "to roi", "pa no", "pano", "infographic"),
    TargetKind.ARTICLES: ("tin, bai", "bai viet", "bai", "tin", "tin/bai"),
    TargetKind.BULLETINS: ("ban tin", "so"),
    TargetKind.VIDEOS: ("clip", "video clip", "phong su", "phim"),
    TargetKind.BROADCASTS: ("bai truyen thanh", "buoi phat thanh", "tin phat thanh"),
    TargetKind.SURVEYED: ("phieu", "y kien"),
    TargetKind.FAQS: ("cau hoi", "cau hoi thuong gap", "hoi dap"),
    TargetKind.OTHER: ("san pham", "khac"),
}
_TARGET = re.compile(r"(?P<number>\d{1,3}(?:\.\d{3})+|\d+) *(?P<words>.+)")


@dataclass(frozen=True)
class Target:
    """So many of a kind; without kind there is no measurable target."""

    kind: str = ""
    number: int | None = None

    def __str__(self) -> str:
        return f"{show_number(self.number)} {TargetKind(self.kind).label}" if self.number else ""


@lru_cache
def _words() -> dict[str, TargetKind]:
    """{folded words: kind}; the usual ones of each kind are the first."""
    with translation.override("vi"):
        usual = {kind: fold(str(kind.label)) for kind in TargetKind}
    return {word: kind for kind in TargetKind for word in (usual[kind], *_ALSO[kind])}


def _usual_words() -> str:
    with translation.override("vi"):
        return ", ".join(str(kind.label) for kind in TargetKind)


def read_target(text: str) -> Target:
    """Nothing is no target. Raises ValueError with a sentence."""
    told = fold(text).strip(" .;")
    if not told:
        return Target()
    match = _TARGET.fullmatch(told)
    kind = _words().get(match["words"].strip()) if match else None
    if match is None or kind is None:
        raise ValueError(
            _("Không đọc được chỉ tiêu: ghi số rồi một trong các loại: %(kinds)s.")
            % {"kinds": _usual_words()}
        )
    number = int(match["number"].replace(".", ""))
    if not 0 < number <= MOST:
        raise ValueError(_("Chỉ tiêu phải là số từ 1 trở lên."))
    return Target(kind, number)
