"""Write the subset fonts into STATIC_BUILD_DIR; `collectstatic` picks them up from there."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from frontend.fonts import write_fonts


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in write_fonts(settings.STATIC_BUILD_DIR / "frontend" / "fonts"):
            if options["verbosity"]:
                self.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes")
