"""How a person is told which item, option or line is meant."""

from django.utils.translation import gettext as _

from quiz.engine.reading.blocks import Block
from quiz.engine.reading.patterns import TOPIC_LEAD

_EDGES = " \t#*_-–—=|:."


def label_of(block: Block) -> str:
    """“Câu 12”, with the topic where numbers begin anew: “Câu 12 (Chương 2)”; "" without number."""
    if block.number is None:
        return ""
    label = _("Câu %d") % block.number
    topic = topic_of(block.topic)[:60] if block.section else ""
    return f"{label} ({topic})" if topic else label


def topic_of(heading: str) -> str:
    """A heading as the name of a topic."""
    return TOPIC_LEAD.sub("", " ".join(heading.split()).strip(_EDGES))


def place_of_line(line: int) -> str:
    """“Dòng 12”."""
    return _("Dòng %d") % line


def option_name(letter: str) -> str:
    """“phương án B”."""
    return _("phương án %s") % letter.upper()


def stem_name() -> str:
    return _("câu dẫn")
