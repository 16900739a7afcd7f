"""The arrows between apps and between layers, held by import-linter (pyproject.toml)."""

import subprocess
import sys
from pathlib import Path

from tests.stack import ROOT


def test_imports_run_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout
