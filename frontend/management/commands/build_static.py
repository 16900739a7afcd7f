"""Write stylesheet bundles and packaged scripts into STATIC_BUILD_DIR, after `build_fonts`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from frontend.bundles import BUNDLES, write_bundles
from frontend.packages import PACKAGED, PLACE, copy_packages


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.STATIC_BUILD_DIR / "frontend"
        folder.mkdir(parents=True, exist_ok=True)
        write_bundles(folder)
        for name in BUNDLES:
            if options["verbosity"]:
                self.stdout.write(f"{name}: {(folder / name).stat().st_size:,} bytes")
        missing = set(PACKAGED) - set(copy_packages(settings.STATIC_BUILD_DIR / PLACE))
        if missing:
            self.stderr.write(f"missing, run “make install”: {', '.join(sorted(missing))}")
