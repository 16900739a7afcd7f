"""A material as its readers see it: the text ready to show, and what no longer holds."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.rich_text import to_html, to_words
from quiz.domain.citation_doubts import document_doubt
from quiz.domain.loudspeaker import count_words
from training.enums import MaterialKind
from training.models import Material

# A reader of a loudspeaker says 150 to 170 Vietnamese words in a minute.
WORDS_A_MINUTE = 160
SUBJECTS_SHOWN = 60


@dataclass(frozen=True)
class CitedDocument:
    """A document a material rests on; `doubt` says why it can't be relied on today, or ""."""

    text: str
    title: str
    doubt: str
    replaced_by: str


@dataclass(frozen=True)
class MaterialReading:
    """`doubts`: sentences about what no longer holds. `seconds`: what reading it aloud takes, of a
    piece for the loudspeaker; else 0.
    """

    html: SafeString
    citations: list[CitedDocument]
    doubts: list[str]
    seconds: int

    @property
    def minutes_and_seconds(self) -> tuple[int, int]:
        return divmod(self.seconds, 60)


def about_material(*, material: Material, today: date) -> MaterialReading:
    """What the page of a material shows on a day."""
    citations = [
        CitedDocument(
            text=str(each),
            title=each.document.title,
            doubt=_clause_doubt(each.ends_on, today) or document_doubt(each.document, today=today),
            replaced_by=str(each.document.replaced_by or ""),
        )
        for each in material.citations.select_related("document__replaced_by")
    ]
    spoken = material.text if material.kind == MaterialKind.AUDIO else ""
    return MaterialReading(
        html=to_html(material.text),
        citations=citations,
        doubts=_doubts(material, today),
        seconds=speaking_seconds(to_words(spoken)),
    )


def _clause_doubt(ends_on: date | None, today: date) -> str:
    if ends_on is None or ends_on > today:
        return ""
    return _("Hết hiệu lực từ %s.") % date_format(ends_on, "d/m/Y")


def _doubts(material: Material, today: date) -> list[str]:
    if material.valid_to and material.valid_to <= today:
        return [_("Tài liệu này hết hiệu lực từ %s.") % date_format(material.valid_to, "d/m/Y")]
    if material.valid_from and material.valid_from > today:
        day = date_format(material.valid_from, "d/m/Y")
        return [_("Tài liệu này đến %s mới có hiệu lực.") % day]
    if material.citations.filter(ends_on__lte=today).exists():
        return [_("Một văn bản mà tài liệu này dẫn đã hết hiệu lực; xem phần căn cứ.")]
    return []


def speaking_seconds(text: str) -> int:
    """How long a text takes to be read aloud, at `WORDS_A_MINUTE`."""
    return round(count_words(text) * 60 / WORDS_A_MINUTE)


def subjects_in_use() -> list[str]:
    """Subjects of what is published, those with the newest material first."""
    named = Material.objects.public().exclude(subject="").order_by()
    newest = named.values("subject").annotate(newest=Max("published_at")).order_by("-newest")
    return list(newest.values_list("subject", flat=True)[:SUBJECTS_SHOWN])
