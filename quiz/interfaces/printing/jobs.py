"""Printing as jobs: papers with answer sheets in one archive, keys in another.

Who makes papers may read the bank's items; the keys are another file, and asking for it is noted
as an opening of keys before the file exists.
"""

import io
import zipfile
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.domain.audit import record_act
from accounts.domain.job_runs import JobRun
from accounts.errors import NotFound
from quiz.domain.drawable_pools import DrawablePool, drawable_pools, open_pool_keys, require_reach
from quiz.domain.printed_papers import (
    PaperHead,
    PrintedPaper,
    key_rows,
    paper_head,
    plan_codes,
    print_papers,
)
from quiz.interfaces.printing.papers_docx import write_key_docx, write_paper_docx
from quiz.interfaces.printing.papers_pdf import write_answer_sheet, write_key, write_paper
from quiz.models import Round
from quiz.permissions import require_may_run

PRINT_PAPERS = "print_papers"
PRINT_KEY = "print_key"


def run_print_papers(run: JobRun) -> dict[str, Any]:
    """Job “print_papers” of {"round": id, "group": code, "count": n, "first": 101,
    "same_items": bool}: each code as PDF and Word, and the answer sheet."""
    round, pool = _asked(run)
    require_reach(user=run.user, pool=pool)
    head, papers = _papers(run, round, pool)
    with (
        run.new_file(f"{_name(round, pool)}-de-thi.zip") as file,
        zipfile.ZipFile(file, "w") as archive,
    ):
        options = max(len(item.options) for paper in papers for item in paper.items)
        sheet = write_answer_sheet(head, count=len(papers[0].items), options=options)
        archive.writestr("phieu-tra-loi.pdf", sheet)
        for done, paper in enumerate(papers):
            run.progress(done, len(papers), _("Đang dựng đề"))
            archive.writestr(f"de-{paper.code}.pdf", write_paper(paper, head))
            word = io.BytesIO()
            write_paper_docx(paper, head, word)
            archive.writestr(f"de-{paper.code}.docx", word.getvalue())
        run.progress(len(papers), len(papers), _("Đang dựng đề"))
    _record(run, round, len(papers))
    said = ngettext("Đã dựng %(count)s mã đề.", "Đã dựng %(count)s mã đề.", len(papers))
    return {"rows": len(papers), "message": said % {"count": len(papers)}}


def run_print_key(run: JobRun) -> dict[str, Any]:
    """Job “print_key” of the same: the table Câu × mã đề as PDF and Word."""
    round, pool = _asked(run)
    open_pool_keys(user=run.user, pool=pool)
    head, papers = _papers(run, round, pool)
    rows = key_rows(pool=pool, papers=papers)
    codes = [paper.code for paper in papers]
    with (
        run.new_file(f"{_name(round, pool)}-dap-an.zip") as file,
        zipfile.ZipFile(file, "w") as archive,
    ):
        archive.writestr("dap-an.pdf", write_key(head, codes, rows))
        word = io.BytesIO()
        write_key_docx(head, codes, rows, word)
        archive.writestr("dap-an.docx", word.getvalue())
    _record(run, round, len(papers))
    return {"rows": len(papers), "message": _("Đã dựng bảng đáp án.")}


def _asked(run: JobRun) -> tuple[Round, DrawablePool]:
    round = Round.objects.select_related("contest__unit", "contest__rules", "rules").get(
        pk=run.params["round"]
    )
    require_may_run(run.user, round.contest)
    pools = drawable_pools(round=round, now=timezone.now())
    pool = next((each for each in pools if each.group.code == run.params["group"]), None)
    if pool is None:
        raise NotFound
    return round, pool


def _papers(run: JobRun, round: Round, pool: DrawablePool) -> tuple[PaperHead, list[PrintedPaper]]:
    codes = plan_codes(count=run.params["count"], first=run.params["first"])
    papers = print_papers(pool=pool, codes=codes, same_items=run.params["same_items"])
    return paper_head(round=round, pool=pool), papers


def _name(round: Round, pool: DrawablePool) -> str:
    return f"{round.contest.code}-{round.number}-{pool.group.code}"


def _record(run: JobRun, round: Round, codes: int) -> None:
    record_act(
        actor=run.user,
        act=run.job.kind,
        subject=round,
        unit_id=round.contest.unit_id,
        codes=codes,
        job=run.job.pk,
    )
