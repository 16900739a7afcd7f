"""Moodle's categories as topics: “$course$/top/CCHC/Một cửa” ↔ “CCHC / Một cửa”."""

import re

_CONTEXT = re.compile(r"\$(?:course|coursecat|module|system|cat\d*|\w+)\$$")
_ROOT = "$course$/top"
# A slash inside a name is written twice.
_PARTS = re.compile(r"(?<!/)/(?!/)")


def read_category(path: str) -> str:
    """The topic of a category path; "" for the root."""
    parts = [part.strip() for part in _PARTS.split(path.strip())]
    if parts and _CONTEXT.match(parts[0]):
        parts = parts[1:]
        if parts and parts[0] == "top":
            parts = parts[1:]
    return " / ".join(part.replace("//", "/") for part in parts if part)


def write_category(topic: str) -> str:
    """The path of a topic, below the root of the course it is taken into."""
    if not topic:
        return _ROOT
    # A blank keeps a first slash of the name apart from the one before it.
    return f"{_ROOT}/{' ' * topic.startswith('/')}{topic.replace('/', '//')}"
