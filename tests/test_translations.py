"""English is complete: every marked sentence is translated, and every sentence is marked."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from config.catalogues import KEYWORDS, catalogue_files, gather_messages, read_catalogue
from tests.stack import ROOT

VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
# %(name)s and %d of Python, {n} of the scripts, | between the words a script takes apart.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd%]|%[mY]|\{\w\}|</?b>|\|")
# What is the same in both languages.
SAME = {"%(amount)s đồng", "%(money)s đồng", "đồng"}
APPS = ("accounts", "config", "quiz", "training", "frontend")
MARKED = re.compile(
    r"{#.*?#}|{% blocktranslate\b.*?{% endblocktranslate %}|{% translate .*?%}|\b_\(\".*?\"\)",
    re.DOTALL,
)
# Modules whose Vietnamese is data, is matched against what people write, belongs to papers that
# are always in Vietnamese, or is told to whoever stands at the terminal.
TELLING = (
    "accounts/browsers.py",
    "accounts/domain/consents.py",
    "accounts/domain/erasure.py",
    "accounts/interfaces/excel/list_templates.py",
    "accounts/interfaces/excel/units.py",
    "accounts/interfaces/provinces.py",
    "accounts/management/",
    "accounts/old_words.py",
    "accounts/text.py",
    "config/install.py",
    "config/management/",
    "config/run/",
    "config/settings.py",
    "quiz/demo/",
    "quiz/domain/erasure.py",
    "quiz/domain/item_import.py",
    "quiz/domain/launch_papers.py",
    "quiz/domain/legal_documents.py",
    "quiz/domain/loudspeaker.py",
    "quiz/domain/rehearsal_driving.py",
    "quiz/domain/rehearsal_shadow.py",
    "quiz/domain/spoken.py",
    "quiz/drafts.py",
    "quiz/engine/clauses.py",
    "quiz/engine/legacy_text.py",
    "quiz/engine/reading/",
    "quiz/engine/text_repair.py",
    "quiz/interfaces/api/entry_calls.py",
    "quiz/interfaces/api/return_models.py",
    "quiz/interfaces/bundle/verify.py",
    "quiz/interfaces/excel/items_",
    "quiz/interfaces/excel/rosters.py",
    "quiz/interfaces/formats/excel_write.py",
    "quiz/interfaces/formats/extras.py",
    "quiz/interfaces/formats/qti_manifest.py",
    "quiz/interfaces/formats/word_write.py",
    "quiz/interfaces/printing/papers_",
    "quiz/interfaces/pdf/winner_certificate.py",
    "training/interfaces/excel/credits_template.py",
    "training/interfaces/pdf/certificate.py",
    "quiz/interfaces/word/decree30.py",
    "quiz/interfaces/word/launch_letter.py",
    "quiz/interfaces/word/results/",
    "quiz/management/",
    "training/demo/",
    "training/management/",
    "quiz/migrations/",
    "quiz/rules/presets.py",
    "quiz/rules/unit_presets.py",
    "quiz/rules/sections.py",
    "accounts/migrations/",
    "training/demo/",
    "training/interfaces/excel/index_results.py",
    "training/interfaces/excel/plan.py",
    "training/interfaces/excel/procedures.py",
    "training/interfaces/word/",
    "training/management/",
    "training/migrations/",
)


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def said(catalogue: Catalog) -> dict[tuple[str | None, tuple[str, ...]], Message]:
    """The messages by what they are looked up with; the file's header is none of them."""
    return {(m.context, forms(m.id)): m for m in catalogue if m.id}


@pytest.fixture(scope="module", params=sorted(catalogue_files()), ids=lambda path: path.parts[-3])
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return read_catalogue(request.param)


def test_catalogue_says_what_the_code_says(catalogue: Catalog) -> None:
    marked, translated = said(gather_messages(ROOT)).keys(), said(catalogue).keys()
    wrong = [f"run `make messages`: {key}" for key in marked - translated]
    wrong += [f"no longer said: {key}" for key in translated - marked]
    assert not wrong, "\n".join(wrong)


def test_every_sentence_is_translated(catalogue: Catalog) -> None:
    wrong = [
        m.id for m in said(catalogue).values() if m.fuzzy or not all(s for s in forms(m.string))
    ]
    assert wrong == []


def test_placeholders_are_the_same(catalogue: Catalog) -> None:
    wrong = [
        (original, text)
        for m in said(catalogue).values()
        for original, text in zip(forms(m.id), forms(m.string), strict=True)
        if sorted(PLACEHOLDER.findall(original)) != sorted(PLACEHOLDER.findall(text))
    ]
    assert wrong == []


def test_no_sentence_is_left_as_it_was(catalogue: Catalog) -> None:
    same = {
        text
        for m in said(catalogue).values()
        for text in set(forms(m.id)) & set(forms(m.string))
        if VIETNAMESE.search(text)
    }
    assert same == SAME


def test_unmarked_sentence_is_in_no_script() -> None:
    """Scripts are told their words by the page, in data attributes."""
    scripts = [path for app in APPS for path in (ROOT / app).rglob("*.js")]
    wrong = [str(path) for path in scripts if VIETNAMESE.search(path.read_text("utf-8"))]
    assert wrong == []
    assert scripts


def test_unmarked_sentence_is_in_no_template() -> None:
    paths = [
        path
        for app in APPS
        for path in sorted((ROOT / app).rglob("*"))
        if "templates" in path.parts and path.suffix in {".html", ".txt"}
    ]
    wrong = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in paths
        for line in MARKED.sub("", path.read_text("utf-8")).splitlines()
        if VIETNAMESE.search(line)
    ]
    assert wrong == []
    assert paths


def test_unmarked_sentence_is_in_no_module() -> None:
    wrong = [
        f"{name}:{line}: {text}"
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if not (name := str(path.relative_to(ROOT))).startswith(TELLING)
        for line, text in unmarked_texts(path)
    ]
    assert wrong == []


def unmarked_texts(path: Path) -> list[tuple[int, str]]:
    """The Vietnamese strings of a module that are neither documentation nor marked."""
    tree = ast.parse(path.read_text("utf-8"))
    marked: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in KEYWORDS:
            marked.update(ast.walk(node))
        if isinstance(node, ast.Expr):  # a docstring
            marked.add(node.value)
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if VIETNAMESE.search(node.value) and node not in marked
    ]
