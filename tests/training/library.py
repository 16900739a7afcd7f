"""Things of the library to test with."""

from typing import Any

from django.utils import timezone

from accounts.models import OrgUnit, User
from training.domain.materials import MaterialDraft, create_material, publish_material
from training.enums import MaterialKind
from training.models import Material


def make_material(unit: OrgUnit, user: User, *, published: bool = True, **given: Any) -> Material:
    """A published post unless told otherwise."""
    draft = MaterialDraft(**{"kind": MaterialKind.POST, "title": "Nộp hồ sơ tại nhà"} | given)
    material = create_material(unit=unit, draft=draft, user=user)
    if published:
        publish_material(material=material, user=user, now=timezone.now())
    return material
