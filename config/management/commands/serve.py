"""`manage.py serve`: everything one machine needs, in one terminal; `make run` calls it."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.run.checks import parse_port
from config.supervisor import serve


class Command(BaseCommand):
    help = (
        "Serves MinhThi: database, web server, worker and clock. HOST, PORT and DEMO=0 change it."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        environ = os.environ
        parser.add_argument("--host", default=environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", default=environ.get("PORT") or "8000")
        parser.add_argument(
            "--empty", action="store_true", default=environ.get("DEMO") == "0", help="without demo"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        serve(host=options["host"], port=parse_port(options["port"]), demo=not options["empty"])
