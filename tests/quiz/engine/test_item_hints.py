"""What makes an item worth a second look, and what does not."""

from dataclasses import replace

from quiz.engine.item_hints import FEW, Figures, ItemHint, attracting, idle, item_hints

# 200 people; the key is the first of four options.
SOUND = Figures(
    met=200,
    correct=120,
    omitted=2,
    not_reached=3,
    discrimination=0.45,
    choices=(120, 30, 25, 20),
    upper=(0.85, 0.05, 0.05, 0.05),
    lower=(0.4, 0.2, 0.2, 0.15),
    key_mask=1,
    one_answer=True,
)


def test_a_sound_item_gets_no_hint():
    assert item_hints(SOUND) == ()


def test_a_wrong_key_shows_among_the_best():
    """The second option is what the best choose: the key was typed wrongly."""
    wrong = replace(SOUND, key_mask=2, correct=30, discrimination=0.05 - 0.2)
    assert item_hints(wrong)[:2] == (ItemHint.KEY, ItemHint.NEGATIVE)
    assert attracting(wrong) == [0]


def test_without_the_key_nothing_is_said_that_needs_it():
    unseen = replace(SOUND, key_mask=0, correct=30, discrimination=0.1)
    assert item_hints(unseen) == (ItemHint.BELOW_CHANCE, ItemHint.WEAK)


def test_few_people_say_nothing():
    assert item_hints(replace(SOUND, met=FEW - 1, correct=0, discrimination=-1.0)) == ()


def test_an_item_all_know_is_easy_and_neither_weak_nor_idle():
    known = replace(
        SOUND,
        correct=196,
        discrimination=0.02,
        choices=(196, 4, 0, 0),
        upper=(1.0, 0.0, 0.0, 0.0),
        lower=(0.95, 0.05, 0.0, 0.0),
    )
    assert item_hints(known) == (ItemHint.EASY,)
    assert idle(known) == []


def test_options_nobody_takes_and_blanks_are_told():
    idling = replace(SOUND, choices=(120, 70, 5, 0), omitted=21, not_reached=21)
    assert item_hints(idling) == (ItemHint.IDLE, ItemHint.UNREACHED, ItemHint.OMITTED)
    assert idle(idling) == [2, 3]


def test_an_item_with_several_right_options_is_judged_by_its_marks_alone():
    several = replace(SOUND, one_answer=False, key_mask=3, correct=10, discrimination=0.1)
    assert item_hints(several) == (ItemHint.WEAK,)
