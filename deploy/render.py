#!/usr/bin/env python3
"""Fill a template of the recipe: `render.py TEMPLATE NAME=VALUE…` prints it.

`@NAME@` stands for a value; one that is missing is an error.
Standard library only: it runs before anything is installed.
"""

import re
import sys
from pathlib import Path

PLACE = re.compile(r"@([A-Z][A-Z0-9_]*)@")


def render(text, values):
    """`text` with every `@NAME@` replaced. Raises KeyError with the name that has no value."""
    return PLACE.sub(lambda place: values[place[1]], text)


def main(arguments):
    """Print the template named first, filled with the values that follow."""
    values = dict(argument.split("=", 1) for argument in arguments[1:])
    try:
        sys.stdout.write(render(Path(arguments[0]).read_text(encoding="utf-8"), values))
    except KeyError as error:
        sys.exit(f"{arguments[0]}: @{error.args[0]}@ ?")


if __name__ == "__main__":
    main(sys.argv[1:])
