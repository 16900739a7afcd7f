"""The words of a PDF, read in a process of its own as files are checked.

    python -m training.interfaces.checking.pdf_text FILE

Prints {"text": …}: the first `MOST_PAGES` pages, `MOST_LETTERS` letters at most.
"""

import json
import resource
import sys
from pathlib import Path

import pypdfium2

MOST_PAGES, MOST_LETTERS = 500, 200_000
MEMORY = 1024 * 2**20  # bytes of addresses
SECONDS = 60  # of CPU


def read_text(path: Path) -> str:
    """What pages say, page by page; a page that can't be read is left out."""
    parts: list[str] = []
    left = MOST_LETTERS
    with pypdfium2.PdfDocument(str(path)) as document:
        for number in range(min(len(document), MOST_PAGES)):
            try:
                text = document[number].get_textpage().get_text_bounded()
            except pypdfium2.PdfiumError:
                continue
            parts.append(text[:left])
            left -= len(parts[-1])
            if left <= 0:
                break
    return " ".join(" ".join(parts).split())


def main(path: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(json.dumps({"text": read_text(Path(path))}))


if __name__ == "__main__":
    main(sys.argv[1])
