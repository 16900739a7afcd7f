"""What people write in Markdown, as plain data for papers."""

from collections.abc import Sequence
from typing import Any

from markdown_it.token import Token

from accounts.rich_text import LOWER, parser


def to_blocks(text: str) -> list[dict[str, Any]]:
    """The same text as plain data, for papers: {"kind": "heading" | "text" | "item" | "row" |
    "rule", "level": depth, "runs": [{"text", "bold", "italic", "link"}]}; a numbered item has its
    "number", a row its "cells" of runs, its first row "head".
    """
    return _Blocks(parser().parse(text)).all


class _Blocks:
    """Walks the tokens of a text once; what is nested deeper than lists is laid flat."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.all: list[dict[str, Any]] = []
        self._lists: list[int | None] = []
        self._cells: list[list[dict[str, Any]]] | None = None
        self._is_first = False
        self._is_head = False
        self._heading = 0
        for token in tokens:
            getattr(self, f"_{token.type}", self._pass)(token)

    def _pass(self, token: Token) -> None:
        """Nothing of its own to show."""

    def _heading_open(self, token: Token) -> None:
        self._heading = int(LOWER[token.tag][1])

    def _heading_close(self, _token: Token) -> None:
        self._heading = 0

    def _bullet_list_open(self, _token: Token) -> None:
        self._lists.append(None)

    def _ordered_list_open(self, token: Token) -> None:
        self._lists.append(int(token.attrs.get("start", 1)))

    def _bullet_list_close(self, _token: Token) -> None:
        self._lists.pop()

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, _token: Token) -> None:
        self._is_first = True

    def _hr(self, _token: Token) -> None:
        self.all.append({"kind": "rule", "level": 0, "runs": []})

    def _thead_open(self, _token: Token) -> None:
        self._is_head = True

    def _thead_close(self, _token: Token) -> None:
        self._is_head = False

    def _tr_open(self, _token: Token) -> None:
        self._cells = []

    def _tr_close(self, _token: Token) -> None:
        row = {"kind": "row", "level": 0, "runs": [], "cells": self._cells, "head": self._is_head}
        self.all.append(row)
        self._cells = None

    def _fence(self, token: Token) -> None:
        self._add("text", 0, [_run(token.content.strip())])

    _code_block = _fence

    def _inline(self, token: Token) -> None:
        runs = _runs(token.children or ())
        if self._cells is not None:
            self._cells.append(runs)
        elif self._heading:
            self._add("heading", self._heading, runs)
        elif self._lists and self._is_first:
            self._add_item(runs)
        else:
            self._add("text", len(self._lists), runs)

    def _add_item(self, runs: list[dict[str, Any]]) -> None:
        number, self._is_first = self._lists[-1], False
        block = {"kind": "item", "level": len(self._lists), "runs": runs}
        if number is not None:
            block["number"] = number
            self._lists[-1] = number + 1
        self.all.append(block)

    def _add(self, kind: str, level: int, runs: list[dict[str, Any]]) -> None:
        self.all.append({"kind": kind, "level": level, "runs": runs})


def _run(text: str, *, bold: bool = False, italic: bool = False, link: str = "") -> dict[str, Any]:
    return {"text": text, "bold": bold, "italic": italic, "link": link}


def _runs(tokens: Sequence[Token]) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = []
    bold = italic = 0
    link = ""
    for token in tokens:
        if token.type in {"strong_open", "strong_close"}:
            bold += token.nesting
        elif token.type in {"em_open", "em_close"}:
            italic += token.nesting
        elif token.type in {"link_open", "link_close"}:
            link = str(token.attrs.get("href", ""))
        elif token.type in {"softbreak", "hardbreak"}:
            runs.append(_run("\n"))
        elif token.content and token.type != "image":
            runs.append(_run(token.content, bold=bold > 0, italic=italic > 0, link=link))
    return runs
