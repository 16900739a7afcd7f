"""The tree of units as a round keeps it: later mergers and new names leave old reports alone."""

import hashlib
from datetime import datetime

from django.utils import timezone

from accounts.models import OrgUnit
from quiz.engine.canonical import canon
from quiz.models import UnitTree


def keep_unit_tree(*, now: datetime) -> UnitTree:
    """The units of this moment, stored once however often they are asked for unchanged.

    All of the installation's, not the contest's own: an entrant may belong to any of them.
    """
    today = timezone.localdate(now)
    columns = ("pk", "code", "name", "kind", "parent_id", "valid_from", "valid_to")
    rows = OrgUnit.objects.order_by("sort_name", "code").values_list(*columns)
    document = [
        {
            "id": pk,
            "code": code,
            "name": name,
            "kind": kind,
            "parent": parent,
            "open": (begin is None or begin <= today) and (end is None or end > today),
        }
        for pk, code, name, kind, parent, begin, end in rows
    ]
    digest = hashlib.sha256(canon(document)).hexdigest()
    return UnitTree.objects.get_or_create(digest=digest, defaults={"document": document})[0]
