"""Two kinds of jobs for tests of the framework itself, slow enough to be killed in the middle."""

import time

from accounts.domain.job_runs import JobRun
from accounts.domain.jobs import register_job_kind
from accounts.models import OrgUnit

ROWS = 30
PAUSE = 0.01


def slow_import(run: JobRun) -> dict[str, int]:
    """Stores ROWS units, one after another."""
    for row in range(ROWS):
        run.progress(row, ROWS)
        OrgUnit.objects.create(code=f"{run.params['name']}-{row}", name="Đơn vị")
        time.sleep(PAUSE)
    return {"rows": ROWS}


def slow_export(run: JobRun) -> dict[str, int]:
    """Writes ROWS lines, one after another."""
    with run.new_file("bang.txt") as file:
        for row in range(ROWS):
            run.progress(row, ROWS)
            file.write(f"{row}\n".encode())
            file.flush()
            time.sleep(PAUSE)
    return {"rows": ROWS}


register_job_kind("test_import", run=slow_import, title="Nhập thử")
register_job_kind("test_export", run=slow_export, title="Xuất thử", atomic=False)
