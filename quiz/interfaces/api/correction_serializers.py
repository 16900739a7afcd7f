"""Shapes of corrections in the API."""

from typing import Any

from rest_framework import serializers

from quiz.enums import KeyRemedy
from quiz.models import (
    AttemptCorrection,
    Correction,
    CorrectionChange,
    KeyAmendment,
    PrizeWithdrawal,
)


class BeginSerializer(serializers.Serializer):
    """`reason` is published with the results: it names nobody."""

    reason = serializers.CharField(max_length=400)


class AmendSerializer(serializers.Serializer):
    """The item at `place` of a group's frozen pool; `key`: its options that are right."""

    group = serializers.SlugField()
    place = serializers.IntegerField(min_value=0)
    remedy = serializers.ChoiceField(choices=KeyRemedy.choices)
    key = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=7), max_length=8, default=list
    )
    reason = serializers.CharField(max_length=400)


class CorrectEntrySerializer(serializers.Serializer):
    attempt = serializers.IntegerField(min_value=1)
    restores = serializers.BooleanField(default=False)
    reason = serializers.CharField(max_length=400)


class WithdrawSerializer(serializers.Serializer):
    """The prize at `place` of a group, counted from 1 as the release lists it."""

    group = serializers.SlugField()
    place = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(max_length=400)


class AmendmentSerializer(serializers.ModelSerializer):
    group = serializers.CharField(source="pool.group.code")

    class Meta:
        model = KeyAmendment
        fields = ("group", "place", "remedy", "old_mask", "new_mask", "reason")


class CorrectedEntrySerializer(serializers.ModelSerializer):
    class Meta:
        model = AttemptCorrection
        fields = ("attempt", "restores", "reason")


class WithdrawnSerializer(serializers.ModelSerializer):
    group = serializers.CharField(source="group.code")

    class Meta:
        model = PrizeWithdrawal
        fields = ("group", "place", "tier_name", "reason")


class RoundCorrectionSerializer(serializers.ModelSerializer):
    """What a correction changes and, once computed, its effect.

    `amendments` and `preview` are null for who may not see keys or, while a count decides prizes,
    figures.
    """

    amendments = serializers.SerializerMethodField()
    attempts = CorrectedEntrySerializer(many=True)
    withdrawals = WithdrawnSerializer(many=True)
    preview = serializers.SerializerMethodField()
    release = serializers.IntegerField(source="release.number", default=None)

    class Meta:
        model = Correction
        fields = (
            "id",
            "number",
            "state",
            "reason",
            "amendments",
            "attempts",
            "withdrawals",
            "preview",
            "release",
            "returned_because",
        )

    def get_amendments(self, correction: Correction) -> list[dict[str, Any]] | None:
        if not self.context.get("keys"):
            return None
        made = correction.amendments.select_related("pool__group")
        return list(AmendmentSerializer(made, many=True).data)

    def get_preview(self, correction: Correction) -> dict[str, Any] | None:
        return correction.preview if self.context.get("counts") else None


class ChangeSerializer(serializers.ModelSerializer):
    class Meta:
        model = CorrectionChange
        exclude = ("id", "correction", "group", "entrant")
