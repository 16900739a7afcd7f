"""GIFT as Moodle takes it."""

import io
from dataclasses import replace

from quiz.drafts import ItemDraft
from quiz.interfaces.formats.gift_write import write_gift

ONE = ItemDraft("single", "1 + 1 = mấy:\n{}?", ("a~b", "#2", "%5"), frozenset({1}), row=3)


def written(*items: ItemDraft) -> str:
    out = io.BytesIO()
    assert write_gift(items, out) == ()
    return out.getvalue().decode()


def test_marks_of_the_format_are_escaped_and_lines_kept() -> None:
    assert written(ONE) == (
        "::Câu 3::[plain]1 + 1 \\= mấy\\:\\n\\{\\}?{\n\t~a\\~b\n\t=\\#2\n\t~%0%%5\n}\n\n"
    )


def test_several_keys_share_the_marks_and_a_wrong_tick_loses_them() -> None:
    several = replace(ONE, stem="Hỏi?", kind="multiple", key=frozenset({0, 2}))
    assert "\t~%50%a\\~b\n\t~%-100%\\#2\n\t~%50%%5\n" in written(several)


def test_topic_rationale_and_the_rest() -> None:
    rich = replace(ONE, stem="Hỏi?", topic="Luật", level="van_dung", rationale="Vì.", citation="A]")
    text = written(rich)
    assert text.startswith(
        "$CATEGORY: $course$/top/Luật\n\n// [tag:Mức độ: Vận dụng] [tag:Căn cứ: A\\]]\n::Câu 3::"
    )
    assert text.endswith("\t####Vì.\n}\n\n")


def test_true_and_false() -> None:
    truth = ItemDraft("true_false", "Tròn?", ("Đúng", "Sai"), frozenset({1}), fixed_order=True)
    assert written(truth) == "::Câu 1::[plain]Tròn?{FALSE}\n\n"
