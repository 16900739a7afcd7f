"""The vectors that any other implementation must agree with."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parents[2] / "vectors"
_TAGS = {
    "$decimal": Decimal,
    "$moment": datetime.fromisoformat,
    "$date": date.fromisoformat,
    "$bytes": bytes.fromhex,
    "$float": float,
}


def read_vectors(name: str) -> dict[str, Any]:
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def untag(value: Any) -> Any:
    """{"$decimal": "1.50"} → Decimal("1.50"), and so on, at any depth."""
    if isinstance(value, list):
        return [untag(part) for part in value]
    if isinstance(value, dict):
        (tag, text), *others = value.items() or [("", None)]
        if tag in _TAGS and not others:
            return _TAGS[tag](text)
        return {key: untag(part) for key, part in value.items()}
    return value
