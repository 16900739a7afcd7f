"""The worker reads the words out of a material's PDF, so that the search finds them."""

import sys
from typing import Any

from accounts.domain.job_runs import JobRun
from training.domain.file_storage import path_in
from training.domain.materials import store_file_text
from training.enums import FileKind
from training.interfaces.checking.found import FileRefused
from training.interfaces.checking.sandbox import run_apart
from training.models import Material

READER = "training.interfaces.checking.pdf_text"


def read_material(run: JobRun) -> dict[str, Any]:
    """{"letters": how many were read}; a PDF that can't be read has none, and stays readable."""
    material = Material.objects.filter(pk=run.params["material"]).select_related("file").first()
    if material is None or material.file is None or material.file.kind != FileKind.PDF:
        return {"letters": 0}
    try:
        text = run_apart([sys.executable, "-m", READER, path_in(material.file)])["text"]
    except FileRefused:
        text = ""
    store_file_text(material_pk=material.pk, file_pk=material.file_id, text=text)
    return {"letters": len(text)}
