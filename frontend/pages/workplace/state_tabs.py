"""Tabs that narrow a list to one state."""

from collections.abc import Iterable
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _


def state_tabs(choices: Iterable[tuple[str, Any]], **kept: str) -> list[tuple[str, str, str]]:
    """All, and each state by its address and words; `kept` of the query that isn't empty stays."""
    stays = {name: value for name, value in kept.items() if value}
    return [
        (f"?{urlencode(stays)}", _("Tất cả"), ""),
        *(
            (f"?{urlencode({'trang-thai': state} | stays)}", str(words), state)
            for state, words in choices
        ),
    ]
