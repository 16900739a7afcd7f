"""How long 5,000 items in Word take to read, against python-docx's own reading of the same file.

    .venv/bin/python -m tests.load.items_word

python-docx opens the file and walks its paragraphs and runs for text, bold and colour, which is the
least a reader of keys has to ask. CPU time, the best of several turns in one run. Exits 1 if the
ratio exceeds 3.
"""

import io
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from docx import Document  # noqa: E402

from quiz.interfaces.formats.word import read_word  # noqa: E402
from tests.load.item_files import ITEMS, seconds, usual_document  # noqa: E402

LIMIT = 3
TURNS = 3


def walk(data: bytes) -> int:
    """What python-docx needs by itself."""
    seen = 0
    for paragraph in Document(io.BytesIO(data)).paragraphs:
        for run in paragraph.runs:
            seen += len(run.text) + bool(run.bold) + (run.font.color.rgb is not None)
    return seen


def ratio(name: str, data: bytes) -> float:
    reading = read_word(io.BytesIO(data), name=name)
    keyed = sum(item.draft.key == {n % 4} for n, item in enumerate(reading.items))
    if len(reading.items) != ITEMS or keyed != ITEMS or reading.skipped:
        sys.exit(f"{name}: {len(reading.items)} items, {keyed} keys, {reading.skipped[:3]}")
    turns = [
        (seconds(lambda: walk(data)), seconds(lambda: read_word(io.BytesIO(data), name=name)))
        for _ in range(TURNS)
    ]
    walking, reading_took = (min(taken) for taken in zip(*turns, strict=True))
    print(
        f"{name:24} python-docx {walking * 1000:6.0f} ms   read_word {reading_took * 1000:6.0f} ms"
        f"   ratio {reading_took / walking:.2f}"
    )
    return reading_took / walking


def main() -> int:
    ratios = [
        ratio("keys in bold", usual_document(answer_lines=False)),
        ratio("keys in answer lines", usual_document(answer_lines=True)),
    ]
    return int(max(ratios) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
