"""`manage.py messages`: bring the catalogues up to what the code says; `make messages` calls it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.catalogues import catalogue_files, compile_catalogues, update_catalogue


class Command(BaseCommand):
    help = (
        "Gathers marked strings into locale/*/LC_MESSAGES/*.po and says which lack a translation."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        missing = []
        for source in catalogue_files():
            catalogue = update_catalogue(source, root=settings.BASE_DIR)
            empty = [m for m in catalogue if m.id and not (m.string and all(_forms(m.string)))]
            missing += [f"{source.parent.parent.name}: {message.id}" for message in empty]
            self.stdout.write(f"{source.parent.parent.name}: {len(catalogue)}")
        compile_catalogues()
        if missing:
            raise CommandError("Without a translation:\n" + "\n".join(missing))


def _forms(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)
