"""What the database moved into must be, and why another one is refused."""

import psycopg
from django.utils.translation import gettext as _

from accounts.errors import DomainError

OLDEST = 15
FACTS = """
SELECT current_setting('server_version_num')::int / 10000,
       pg_encoding_to_char(encoding),
       datcollate,
       (SELECT count(*) FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')),
       has_schema_privilege('public', 'CREATE')
FROM pg_database WHERE datname = current_database()
"""
# Names are sorted by stored keys whose order is that of their bytes.
BYTE_ORDER = ("C", "POSIX", "C.UTF-8", "C.utf8")


class MoveRefused(DomainError):
    """The move does not begin; nothing was written."""

    code = "move_refused"
    status = 409


class MoveFailed(DomainError):
    """The move was taken back; the target is as it was."""

    code = "move_failed"
    status = 409


def check_target(connection: psycopg.Connection) -> int:
    """The server's major version. Raises MoveRefused unless the database is new, empty and fit."""
    ((version, encoding, collation, things, may_create),) = connection.execute(FACTS).fetchall()
    if version < OLDEST:
        raise MoveRefused(
            _("Máy chủ đích chạy PostgreSQL %(found)d, cần từ %(oldest)d trở lên.")
            % {"found": version, "oldest": OLDEST},
            _("Nâng cấp PostgreSQL của máy chủ đích."),
        )
    if things:
        raise MoveRefused(
            _("Cơ sở dữ liệu đích đã có %d bảng hoặc dãy số.") % things,
            _("Chỉ chuyển vào cơ sở dữ liệu mới tạo, còn trống."),
        )
    if encoding != "UTF8" or collation not in BYTE_ORDER:
        raise MoveRefused(
            _("Cơ sở dữ liệu đích dùng bảng mã %(encoding)s, thứ tự %(collation)s.")
            % {"encoding": encoding, "collation": collation},
            _("Tạo lại bằng: createdb --encoding UTF8 --locale C --template template0 minhthi"),
        )
    if not may_create:
        raise MoveRefused(
            _("Tài khoản này không được tạo bảng trong cơ sở dữ liệu đích."),
            _("Cho tài khoản ấy làm chủ cơ sở dữ liệu: createdb --owner minhthi …"),
        )
    return int(version)
