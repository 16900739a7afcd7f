"""`manage.py messages`: bring the catalogues up to what the code says; `make messages` calls it."""

from typing import Any

from babel.messages.catalog import Message
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
            language = source.parent.parent.name
            missing += [f"{language}: {message.id}" for message in catalogue if _lacks(message)]
            self.stdout.write(f"{language}: {len(catalogue)}")
        compile_catalogues()
        if missing:
            raise CommandError("Without a translation:\n" + "\n".join(missing))


def _lacks(message: Message) -> bool:
    """Whether a sentence has no translation, or one that someone must look at again."""
    if not message.id:  # the file's header
        return False
    forms = (message.string,) if isinstance(message.string, str) else message.string
    return message.fuzzy or not forms or not all(forms)
