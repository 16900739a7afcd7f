"""What a screen is told to show, and how it knows that it has changed. Pure."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

SECONDS = 15  # how long a slide stays that says nothing of it


def version_of(items: Sequence[dict[str, Any]]) -> str:
    """Twelve letters that differ whenever anything shown differs."""
    text = json.dumps(items, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
