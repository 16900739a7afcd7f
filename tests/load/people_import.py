"""20,000 people and 3,355 units from workbooks: `python -m tests.load.people_import`.

Makes a database of its own; times the bare parsing of each file, the check, the confirmed change,
the check of the same file again, and keeping the tree of units for a round.
"""

import argparse
import io
import os
import platform

from tests.load.items_import import timed
from tests.load.ranking import in_new_installation


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    count = parser.parse_args().people
    in_new_installation(lambda: measure(count))


def book(rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook

    out, made = io.BytesIO(), Workbook(write_only=True)
    sheet = made.create_sheet("Danh sách")
    for row in rows:
        sheet.append(row)
    made.save(out)
    return out.getvalue()


def unit_rows() -> list[list[str]]:
    """All provinces and communes, with an old name and a headcount each."""
    from vietnam_provinces import Province

    from accounts.interfaces.provinces import province_rows

    rows = [row for province in Province.iter_all() for row in province_rows(province)]
    head = ["Mã đơn vị", "Tên đơn vị", "Thuộc đơn vị", "Tên gọi khác", "Biên chế"]
    return [
        head,
        *(
            [row.code, row.name, row.parent_code, f"{row.name}, huyện cũ {number % 700}", "47"]
            for number, row in enumerate(rows)
        ),
    ]


def people_rows(count: int) -> list[list[str]]:
    from accounts.models import OrgUnit

    codes = list(OrgUnit.objects.order_by("pk").values_list("code", flat=True))
    head = ["Mã cán bộ", "Họ và tên", "Đơn vị", "Thư điện tử", "Điện thoại", "Vai trò"]
    return [
        head,
        *(
            [
                f"CB{number:06d}",
                f"Nguyễn Thị Thử Nghiệm {number}",
                codes[number % len(codes)],
                f"cb{number}@example.com" if number % 3 else "",
                f"09{number:08d}" if number % 2 else "",
                "Lãnh đạo đơn vị" if number % 7 == 0 else "",
            ]
            for number in range(count)
        ),
    ]


def measure(count: int) -> None:
    from django.db import connection

    from accounts.domain.units import ensure_root_unit
    from accounts.enums import Role
    from accounts.models import AuditEntry
    from quiz.domain.unit_trees import keep_unit_tree
    from tests.factories import database_now, make_person

    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} CPU")
    user = make_person(Role.ADMINISTRATOR, unit=ensure_root_unit())
    take("units", "check_units", book(unit_rows()), user)
    take("people", "check_people", book(people_rows(count)), user)
    with timed("keep the tree") as told:
        told.append(f"{len(keep_unit_tree(now=database_now()).document)} units")
    print(f"{AuditEntry.objects.count()} lines of the diary")
    connection.close()


def take(what: str, kind: str, file: bytes, user: object) -> None:
    from django.core.files.base import ContentFile
    from django.utils import timezone

    from accounts.domain.jobs import queue_job, run_job
    from accounts.interfaces.excel.list_jobs import KINDS
    from accounts.interfaces.excel.opening import open_workbook

    def run(kind: str, **given: object):
        job = queue_job(kind=kind, user=user, now=timezone.now(), **given)
        done = run_job(job_id=job.pk)
        assert done.state == "done", done.error
        return done

    def check():
        return run(kind, params={}, upload=ContentFile(file, name="a.xlsx"))

    with timed(f"{what}: parse") as told:
        told.append(f"{len(open_workbook(file).sheets[0].rows)} rows, {len(file) // 1024} kB")
    with timed(f"{what}: check") as told:
        checked = check()
        told.append(str(checked.result["counts"]))
    with timed(f"{what}: store") as told:
        params = {"checked": checked.pk, "digest": checked.result["digest"]}
        told.append(run(KINDS[kind].do, params=params).result["message"])
    with timed(f"{what}: again") as told:
        told.append(str(check().result["counts"]))


if __name__ == "__main__":
    main()
