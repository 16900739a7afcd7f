"""`manage.py load_aliases FILE`: other names of units from a workbook."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.domain.units import add_aliases
from accounts.errors import DomainError, Faults
from accounts.interfaces.excel.aliases import read_aliases
from accounts.models import OrgUnit


class Command(BaseCommand):
    help = "Nạp tên gọi khác của đơn vị từ tệp Excel: cột “Mã đơn vị” và “Tên gọi khác”."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            aliases = read_aliases(options["file"], units=OrgUnit.objects.all())
        except Faults as refusal:
            raise CommandError("\n".join(map(str, refusal.faults))) from None
        except DomainError as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            told = _("Không mở được tệp “%(file)s”.") % {"file": options["file"]}
            raise CommandError(told) from error
        changed = add_aliases(aliases=aliases)
        self.stdout.write(_("Đã thêm tên gọi khác cho %(count)s đơn vị.") % {"count": changed})
