"""A first visit costs little: page, styles, scripts and fonts together, as sent over the wire."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.public_world import make_public_world

ASSET = re.compile(r'(?:src|href)="(/static/[^"]+)"')
BUDGET = 80_000


def sent_bytes(name: str, content: bytes) -> int:
    """Fonts are compressed already; WhiteNoise sends all other files as brotli."""
    return len(content) if name.endswith(".woff2") else len(brotli.compress(content))


def first_visit(html: bytes, static_files: Path) -> dict[str, int]:
    """The bytes of everything the page asks for at once, by name."""
    names = {name.removeprefix(settings.STATIC_URL) for name in ASSET.findall(html.decode())}
    # Nothing between the web server and a phone may be counted on to compress the page itself.
    weights = {"page": len(html)}
    return weights | {name: sent_bytes(name, (static_files / name).read_bytes()) for name in names}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "contest", "contest-rules", "results"])
def test_reading_page_weighs_less_than_its_budget(
    client: Client, static_files: Path, name: str
) -> None:
    world = make_public_world()
    made = world.released if name == "results" else world.open
    address = reverse(name, args=[] if name == "home" else [made.contest.code])
    weights = first_visit(client.get(address).content, static_files)
    assert "frontend/public.css" in weights
    assert sum(weights.values()) <= BUDGET, weights
