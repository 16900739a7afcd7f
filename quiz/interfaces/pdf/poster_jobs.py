"""Posters for every unit below a contest's, as a job: thousands of pages in one archive."""

import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.domain.job_runs import JobRun
from accounts.errors import NotAllowed
from accounts.models import OrgUnit
from accounts.text import slug_of
from quiz.interfaces.pdf.poster import Poster, write_posters
from quiz.models import Contest
from quiz.permissions import may_see_contest

POSTERS_JOB = "unit_posters"
SIZES = ("a4", "a5")
# Set together in one file for the printer: more would keep the worker's heartbeat waiting.
TOGETHER = 50

Sheet = tuple[str, list[Poster]]


def poster_units(contest: Contest) -> list[OrgUnit]:
    """Every unit in force below the contest's, in the order of names."""
    below = OrgUnit.objects.below([contest.unit_id]).exclude(pk=contest.unit_id)
    return list(below.filter(valid_to=None).order_by("sort_name", "code"))


def write_unit_posters(run: JobRun) -> dict[str, Any]:
    """Job “unit_posters” of {"contest": id, "link": …, "size": "a4", "together": bool}.

    `link` opens registering; the unit's code is put behind it. Apart, each unit has a file to be
    sent to it; together, files of TOGETHER pages go to a printer.
    """
    contest = Contest.objects.select_related("unit", "rules").get(pk=run.params["contest"])
    if not may_see_contest(run.user, contest):
        raise NotAllowed
    units = poster_units(contest)
    size = run.params["size"] if run.params["size"] in SIZES else SIZES[0]
    done = 0
    with run.new_file(f"to-treo-{contest.code}.zip") as file, zipfile.ZipFile(file, "w") as archive:
        for name, posters in _sheets(contest, units, run.params):
            # A PDF is packed already: packing it again takes time and saves nothing.
            archive.writestr(name, write_posters(posters, size=size))
            done += len(posters)
            run.progress(done, len(units), _("Đang dựng tờ treo"))
    said = ngettext("Đã dựng %(count)s tờ treo.", "Đã dựng %(count)s tờ treo.", done)
    return {"rows": done, "message": said % {"count": done}}


def _sheets(contest: Contest, units: list[OrgUnit], params: dict[str, Any]) -> Iterator[Sheet]:
    posters = [Poster(contest, params["link"] + unit.code, unit.name) for unit in units]
    if not params["together"]:
        for unit, poster in zip(units, posters, strict=True):
            name = slug_of(unit.name, length=60, default="don-vi")
            yield f"{name}-{slug_of(unit.code, length=40, default='x')}.pdf", [poster]
        return
    for start in range(0, len(posters), TOGETHER):
        part = posters[start : start + TOGETHER]
        yield f"to-treo-{start + 1:04d}-{start + len(part):04d}.pdf", part
