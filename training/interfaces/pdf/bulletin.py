"""An issue of the bulletin as a printable PDF."""

from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.dates import show_day
from accounts.interfaces.pdf.typesetting import typeset
from accounts.rich_blocks import to_blocks
from training.models import Article, Bulletin

TEMPLATE = Path(__file__).parent / "templates" / "bulletin.typ"


def write_bulletin(bulletin: Bulletin) -> bytes:
    """A4, two columns, all articles in their order. Call it in Vietnamese."""
    day = show_day(timezone.localdate(bulletin.published_at or bulletin.made_at))
    articles = bulletin.articles.select_related("unit")
    dated = _("Số %(number)s/%(year)s, ngày %(day)s") % {
        "number": bulletin.number,
        "year": bulletin.year,
        "day": day,
    }
    data = {
        "title": bulletin.title,
        "body": bulletin.unit.name,
        "dated": dated,
        "footer": f"{bulletin.title} · {bulletin.unit.name}",
        "contents": _("Trong số này"),
        "lead": to_blocks(bulletin.lead),
        "articles": [_article(article) for article in articles],
    }
    return typeset(TEMPLATE, data)


def _article(article: Article) -> dict[str, object]:
    return {
        "title": article.title,
        "unit": article.unit.name,
        "from": " · ".join(filter(None, (article.byline, article.unit.name))),
        "summary": article.summary,
        "blocks": to_blocks(article.text),
    }
