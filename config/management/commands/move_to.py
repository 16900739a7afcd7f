"""`manage.py move_to URL`: this installation's database into another PostgreSQL, proven equal."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import environ
import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from accounts.errors import DomainError
from config.backups import tell_lost
from config.moving.copying import (
    Comparison,
    aimed_at,
    compare_databases,
    move_everything,
    snapshot,
)
from config.moving.digests import settle_text
from config.moving.source import check_source
from config.moving.target import check_target
from quiz.domain.lost_media import lost_media
from quiz.domain.media_files import items_folder
from quiz.models import MediaFile

ENVIRONMENT = ("SECRET_KEY", "FIELD_KEY", "FIELD_KEYS_OLD", "TOKEN_KEY")


class Command(BaseCommand):
    help = "Chuyển toàn bộ dữ liệu sang PostgreSQL khác rồi chứng minh hai bên giống hệt nhau."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", help="ví dụ postgresql://minhthi:mật-khẩu@máy-chủ/minhthi")
        parser.add_argument("--check", action="store_true", help="chỉ so sánh, không chuyển")
        parser.add_argument("--env", type=Path, help="ghi khoá và địa chỉ mới vào tệp này (0600)")

    def handle(self, *args: Any, **options: Any) -> None:
        target = _settings_of(options["url"])
        try:
            with psycopg.connect(**_parameters(), autocommit=True) as source:
                if not options["check"]:
                    check_source(source)
                with aimed_at(target):
                    connection.ensure_connection()
                    faults = (self._compare if options["check"] else self._move)(source)
            lost = tell_lost(lost_media(folder=items_folder()))
            media = MediaFile.objects.values("sha256").distinct().count()
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        except (psycopg.Error, DatabaseError, OSError) as error:
            raise CommandError(
                _("Không làm việc được với một trong hai cơ sở dữ liệu: %s") % error
            ) from error
        if not options["check"]:
            self._tell_what_remains(with_keys=options["env"] is None)
        if not lost:
            self.stdout.write(_("%d tệp hình, âm thanh của câu hỏi nguyên vẹn.") % media)
        if options["check"] and (faults or lost):
            raise CommandError("\n".join([*faults, *lost]))
        for sentence in lost:
            self.stderr.write(sentence)
        if options["env"]:
            write_environment(options["env"], options["url"])
            self.stdout.write(
                _("Đã ghi khoá và địa chỉ mới vào %s: chép vào tệp môi trường của máy mới.")
                % options["env"]
            )

    def _move(self, source: psycopg.Connection) -> list[str]:
        check_target(connection.connection)
        found = move_everything(source, self._tell)
        rows = sum(comparison.source.rows for comparison in found if comparison.source)
        self.stdout.write(
            _("Đã chuyển %(tables)d bảng, %(rows)d dòng; hai bên giống hệt nhau.")
            % {"tables": len(found), "rows": rows}
        )
        return []

    def _compare(self, source: psycopg.Connection) -> list[str]:
        settle_text(connection.connection)
        with snapshot(source):
            found = compare_databases(source, connection.connection, self._tell)
        unequal = [comparison.table for comparison in found if not comparison.equal]
        if unequal:
            return [_("Hai bên khác nhau ở: %s.") % ", ".join(unequal)]
        self.stdout.write(_("%d bảng giống hệt nhau.") % len(found))
        return []

    def _tell(self, comparison: Comparison) -> None:
        sides = [
            f"{side.rows:>9} {side.digest[:16]}" if side else f"{'–':>9} {'':16}"
            for side in (comparison.source, comparison.target)
        ]
        sign = "=" if comparison.equal else "≠"
        self.stdout.write(f"{sign} {comparison.table:<34} {sides[0]}  {sides[1]}")
        self.stdout.flush()

    def _tell_what_remains(self, *, with_keys: bool) -> None:
        media = Path(settings.MEDIA_ROOT)
        files = sum(entry.is_file() for entry in media.rglob("*")) if media.is_dir() else 0
        self.stdout.write(
            _("Còn %(files)d tệp: chép cả thư mục %(folder)s sang VAR_DIR/media của máy mới.")
            % {"files": files, "folder": media}
        )
        if not with_keys:
            return
        self.stdout.write(
            _(
                "Còn các khoá (--check --env TỆP ghi ra tệp): thiếu FIELD_KEY thì mọi dữ liệu đã "
                "mã hoá không đọc lại được."
            )
        )


def write_environment(path: Path, url: str) -> None:
    """The lines a new machine's environment needs to read what was moved, for its owner alone."""
    lines = [f"DATABASE_URL={url}"]
    for name in ENVIRONMENT:
        value = getattr(settings, name, "")
        text = ",".join(value) if isinstance(value, list) else str(value)
        if text:
            lines.append(f"{name}={text}")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join(lines) + "\n")


def _settings_of(url: str) -> dict[str, Any]:
    try:
        given = dict(environ.Env.db_url_config(url))
    except (ValueError, environ.ImproperlyConfigured) as error:
        raise CommandError(_("Địa chỉ cơ sở dữ liệu chưa đúng: %s") % error) from error
    return {
        **connection.settings_dict,
        "HOST": "",
        "PORT": "",
        "USER": "",
        "PASSWORD": "",
        "OPTIONS": {},
        **given,
    }


def _parameters() -> dict[str, Any]:
    """How to reach the source, for a connection that is not Django's."""
    given = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port")
    return {name: given[name] for name in wanted if given.get(name)}
