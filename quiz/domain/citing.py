"""What cites legal documents: items here, lessons in the app above, each kind registered once.

A document is described in one place (`quiz.domain.validity`); each kind of thing that cites it says
how many of its things do, and is told when the document's validity changes, so that it can flag
them.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from quiz.models import LegalDocument


@dataclass(frozen=True)
class Citing:
    """One kind of thing that cites documents.

    `count(user, roles)`: {document id: how many things within the person's reach cite it};
    `refresh(document)`: its dates or those of its clauses changed; returns how many things it holds
    out of force now or later.
    """

    code: str
    title: Any
    count: Callable[[User, Collection[str]], Mapping[int, int]]
    refresh: Callable[[LegalDocument], int]


KINDS: dict[str, Citing] = {}


def register_citing(kind: Citing) -> None:
    """Called by each app when Django starts."""
    KINDS[kind.code] = kind


def count_citing(*, user: User, roles: Collection[str]) -> dict[int, dict[str, int]]:
    """{document id: {kind's code: things within reach that cite it}}, documents nobody cites left
    out.
    """
    found: dict[int, dict[str, int]] = {}
    for code, kind in KINDS.items():
        for document, count in kind.count(user, roles).items():
            found.setdefault(document, {})[code] = count
    return found


def tell_citing(document: LegalDocument) -> dict[str, int]:
    """Tell every kind that the document's validity changed; {code: things it is over for}."""
    return {code: kind.refresh(document) for code, kind in KINDS.items()}
