"""GIFT in: the text format of Moodle.

Blocks parted by empty lines; `::title::stem{answers}`; a backslash before ~ = # { } : makes them
letters, `\\n` is a new line. As in Moodle `~` makes a choice, `=` without `~` a short answer.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from accounts.errors import Fault
from quiz.drafts import STEM
from quiz.interfaces.excel.items_keys import TRUE_FALSE as TRUE_FALSE_OPTIONS
from quiz.interfaces.formats.categories import read_category
from quiz.interfaces.formats.extras import read_labels
from quiz.interfaces.formats.found import (
    MULTIPLE,
    SINGLE,
    TRUE_FALSE,
    Found,
    made,
)
from quiz.interfaces.formats.fractions import FULL, apply_fractions, read_fraction
from quiz.interfaces.formats.markup import Shown, html_text, looks_like_html
from quiz.interfaces.formats.refusals import NotOfThisFormat, TooManyItems
from quiz.interfaces.formats.sentences import place_in_file, said, unsupported
from quiz.interfaces.formats.texts import MOST_ITEMS, decoded, read_whole, visible
from quiz.readings import Reading, ReadItem

FORMAT = "gift"
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
# Escaped letters while the marks around them are looked for; `visible` has removed any others.
_KEPT = dict(zip("\\~=#{}:n", "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7", strict=True))
_RESTORED = str.maketrans({mask: "\n" if c == "n" else c for c, mask in _KEPT.items()})
_ANSWERS = re.compile(r"\{[^}]*\}")
_CATEGORY = re.compile(r"\$CATEGORY:\s*(.*)")
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\])*)\]")
_TAG_ESCAPE = re.compile(r"\\(.)")
_MARKER = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d*)?)%")
_TRUTH = {"T": 0, "TRUE": 0, "F": 1, "FALSE": 1}


class _Block(NamedTuple):
    """One question's lines, its comments apart; `line` is where it begins, from 1."""

    line: int
    text: str
    comments: str
    source: str


def read_gift(source: BinaryIO, *, name: str) -> Reading:
    """All items of a GIFT file. Raises UnreadableFile."""
    text = visible(decoded(read_whole(source)))
    if not _ANSWERS.search(text):
        raise NotOfThisFormat.named("GIFT")
    items: list[ReadItem] = []
    skipped: list[Fault] = []
    topic = ""
    number = 0
    for block in _blocks(text):
        text = block.text
        if category := _CATEGORY.match(text):
            topic = read_category(category[1])
            text = text[category.end() :].strip()
        if not text:
            continue
        number += 1
        if number > MOST_ITEMS:
            raise TooManyItems
        read = _read(block._replace(text=text), number, topic)
        (items if isinstance(read, ReadItem) else skipped).append(read)  # type: ignore[arg-type]
    return Reading(FORMAT, tuple(items), tuple(skipped))


def _blocks(text: str) -> Iterator[_Block]:
    lines: list[str] = []
    begun = 1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip():
            begun = begun if lines else number
            lines.append(line)
        elif lines:
            bare = [each.strip() for each in lines]
            comments = "\n".join(each for each in bare if each.startswith("//"))
            kept = "\n".join(each for each in bare if not each.startswith("//")).strip()
            yield _Block(begun, kept, comments, "\n".join(lines))
            lines = []


def _read(block: _Block, number: int, topic: str) -> ReadItem | Fault:
    place = place_in_file(number, block.line)
    text = _ESCAPED.sub(lambda match: _KEPT[match[1]], block.text)
    found = Found(place=place, row=block.line, source=block.source, topic=topic)
    if text.startswith("::") and (end := text.find("::", 2)) > 0:
        found.label = text[2:end].translate(_RESTORED)
        text = text[end + 2 :].strip()
    opened, closed = text.find("{"), text.find("}")
    if opened < 0 and closed < 0:
        return unsupported(place, "description")
    if not 0 <= opened < closed:
        return said("unreadable_item", place, "{ }")
    before, answers, after = text[:opened], text[opened + 1 : closed].strip(), text[closed + 1 :]
    format = match[1] if (match := _MARKER.match(before)) else "moodle"
    found.extras = read_labels(_TAG_ESCAPE.sub(r"\1", tag) for tag in _TAG.findall(block.comments))
    if after.strip():
        before = f"{before}_____{after}"
        found.note("stem_with_blank")
    stem = _shown(before, format)
    answers, _marks, general = (
        answers.rpartition("####") if "####" in answers else (answers, "", "")
    )
    rationale = _shown(general, format)
    found.stem, found.rationale = stem.text, rationale.text
    found.show(STEM, [*stem.media, *rationale.media])
    if type := _read_answers(found, answers.strip(), format):
        return unsupported(place, type)
    return made(found)


def _read_answers(found: Found, answers: str, format: str) -> str:
    """Fill in options and key; the name of the type where it is none of ours."""
    bare = answers.partition("#")[0].strip()
    if bare in _TRUTH:
        _read_truth(found, answers, bare, format)
    elif "~" in answers and not answers.startswith("#"):
        _read_options(found, answers, format)
    elif not answers:
        return "essay"
    elif answers.startswith("#"):
        return "numerical"
    else:
        return "match" if "=" in answers and "->" in answers else "shortanswer"
    return ""


def _read_truth(found: Found, answers: str, bare: str, format: str) -> None:
    found.kind, found.options = TRUE_FALSE, [*TRUE_FALSE_OPTIONS]
    found.right, found.key_text = {_TRUTH[bare]}, bare
    wrong, right = (_shown(part, format).text for part in [*answers.split("#", 2)[1:], "", ""][:2])
    _keep_feedback(found, [right], [wrong])


def _read_options(found: Found, answers: str, format: str) -> None:
    found.kind = SINGLE if "=" in answers else MULTIPLE
    fractions = []
    rights, wrongs = [], []
    for part in answers.replace("=", "~=").split("~"):
        if not part.strip():
            continue
        fraction, written = _weighed(part)
        text, _hash, feedback = written.partition("#")
        option = _shown(text, format)
        found.show(len(found.options), option.media)
        found.options.append(option.text)
        fractions.append(fraction)
        (rights if fraction > 0 else wrongs).append(_shown(feedback, format).text)
    apply_fractions(found, fractions)
    _keep_feedback(found, rights, wrongs)


def _weighed(part: str) -> tuple[float, str]:
    """(per cent, the rest): “=”, “%50%” or nothing before an option."""
    part = part.lstrip()
    if part.startswith("="):
        return FULL, part[1:]
    if weight := _WEIGHT.match(part):
        return read_fraction(weight[1]) or 0.0, part[weight.end() :]
    return 0.0, part


def _keep_feedback(found: Found, rights: list[str], wrongs: list[str]) -> None:
    """Without a general one, what is said to the right answer is the rationale."""
    if not found.rationale.strip():
        found.rationale = "\n".join(dict.fromkeys(filter(None, map(str.strip, rights))))
    if lost := [text for text in map(str.strip, wrongs) if text]:
        found.note("feedback_left_out", "; ".join(lost)[:200])


def _shown(written: str, format: str) -> Shown:
    if marker := _MARKER.match(written):
        format, written = marker[1], written[marker.end() :]
    text = written.strip().translate(_RESTORED)
    if format == "html" or (format == "moodle" and looks_like_html(text)):
        return html_text(text if format == "html" else text.replace("\n", "<br>"))
    return Shown(text)
