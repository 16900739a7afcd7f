#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL it brings the private PostgreSQL along."""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "MinhThi cần Python 3.11 trở lên; máy đang dùng %d.%d. "
        "(MinhThi needs Python 3.11 or newer.)" % sys.version_info[:2]
    )


def main() -> None:
    """Run the command, with its database where it has one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.run.command_line import run_command

    run_command(sys.argv)


if __name__ == "__main__":
    main()
