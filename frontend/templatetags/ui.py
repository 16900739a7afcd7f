"""`{% load ui %}`: every component of frontend/components as a tag."""

from frontend.components import (
    actions,
    data,
    fields,
    icon,
    navigation,
    surfaces,
    uploads,
    visits,
)
from frontend.components.library import register

__all__ = [
    "actions",
    "data",
    "fields",
    "icon",
    "navigation",
    "register",
    "surfaces",
    "uploads",
    "visits",
]
