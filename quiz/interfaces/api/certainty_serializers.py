"""The shape of “Kết quả đã chắc chưa?”."""

from typing import Any

from rest_framework import serializers

from quiz.domain.certainty import Certainty


class OpenCaseSerializer(serializers.Serializer):
    """`kind`: duplicate or report; `id` is that of its page."""

    kind = serializers.CharField()
    id = serializers.IntegerField(source="pk")


class TierCertaintySerializer(serializers.Serializer):
    tier = serializers.CharField(source="0")
    count = serializers.IntegerField(source="1")
    certain = serializers.IntegerField(source="2")


class OutlookSerializer(serializers.Serializer):
    """`tiers`: every prize possible, "" for none; `cases`: places in the list of open cases.

    Each prize by age has an outlook of its own, beside the one for prizes for places.
    """

    entrant = serializers.IntegerField()
    certain = serializers.BooleanField()
    tiers = serializers.ListField(child=serializers.CharField(allow_blank=True))
    cases = serializers.ListField(child=serializers.IntegerField())
    by_counts = serializers.BooleanField()
    tied = serializers.BooleanField()


class GroupCertaintySerializer(serializers.Serializer):
    """`bounds`: smallest and largest true value; null where it is known or not to be seen."""

    group = serializers.CharField(source="group.code")
    bounds = serializers.SerializerMethodField()
    prizes = TierCertaintySerializer(many=True)
    outlooks = OutlookSerializer(many=True)

    def get_bounds(self, group: Any) -> list[str] | None:
        if group.bounds is None or not self.context["counts_seen"]:
            return None
        return [str(bound) for bound in group.bounds]


class CertaintySerializer(serializers.Serializer[Certainty]):
    certain = serializers.BooleanField()
    cases = OpenCaseSerializer(many=True)
    groups = GroupCertaintySerializer(many=True)
