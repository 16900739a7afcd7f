"""What calls about training ask for: a unit of one's reach, a year."""

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from accounts.errors import NotFound
from accounts.models import OrgUnit
from training.permissions import SEE_TRAINING

FIRST_YEAR, LAST_YEAR = 2000, 2100


class AskedUnitSerializer(serializers.Serializer):
    """`unit`: the code of a unit in reach; with all below it."""

    unit = serializers.CharField(required=False, default="", allow_blank=True)


class AskedYearSerializer(AskedUnitSerializer):
    """And the year; without, this one."""

    year = serializers.IntegerField(
        required=False, default=None, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    def validate_year(self, year: int | None) -> int:
        return year or timezone.localdate().year


def unit_of(request: Request, code: str) -> OrgUnit | None:
    """None for no code. Raises NotFound out of reach."""
    if not code:
        return None
    unit = OrgUnit.objects.reached_by(request.user, *SEE_TRAINING).filter(code=code).first()
    if unit is None:
        raise NotFound
    return unit
