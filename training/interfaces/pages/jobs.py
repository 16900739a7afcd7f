"""All pages of a document drawn ahead, so that no learner waits for them."""

from typing import Any

from accounts.domain.job_runs import JobRun
from training.enums import FileState
from training.interfaces.pages.drawing import AT_ONCE, pages_of
from training.models import TrainingFile


def draw_file(run: JobRun) -> dict[str, Any]:
    """Pages that are there already stay: killed in the middle, the next run goes on."""
    file = TrainingFile.objects.filter(pk=run.params["file"], state=FileState.READY).first()
    if file is None:
        return {}
    count = int(file.facts.get("pages") or 0)
    drawn = 0
    for first in range(1, count + 1, AT_ONCE):
        run.progress(first - 1, count)
        drawn += sum(page.drawn for page in pages_of(file, first=first))
    return {"pages": count, "drawn": drawn}
