"""The shapes of imports in the API, for the person who began one."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from quiz.checks import Severity
from quiz.domain.import_decisions import draft_problems
from quiz.drafts import LONGEST_ALT
from quiz.enums import DraftDecision, ItemKind, Level
from quiz.interfaces.formats.reading import AUTO, FORMATS
from quiz.models import ImportDraft, ItemImport, MediaFile
from quiz.queries.item_import import GROUPS

ACTS = ("accept", "skip", "reopen", "choose_key", "choose_repair", "correct")


class UploadSerializer(serializers.Serializer):
    """A file to be looked through, and its separate answer key if it has one."""

    file = serializers.FileField(max_length=200)
    key_file = serializers.FileField(max_length=200, required=False)
    format = serializers.ChoiceField([AUTO, *FORMATS], default=AUTO)


class MediaUploadSerializer(serializers.Serializer):
    """A picture (PNG, JPEG, WebP) or sound (MP3)."""

    file = serializers.FileField(max_length=200)


class MediaFileSerializer(serializers.ModelSerializer):
    """A file of a bank; items name it by `sha256`. `kind` is “image” or “sound”."""

    kind = serializers.CharField()

    class Meta:
        model = MediaFile
        fields = ("sha256", "kind", "mime", "size", "width", "height")
        read_only_fields = fields


class ImportSessionSerializer(serializers.ModelSerializer):
    """How far an import is; `counts` holds the items of each group by its name."""

    id = serializers.UUIDField(source="public_id")
    bank = serializers.IntegerField(source="bank_id")
    counts = serializers.SerializerMethodField()

    class Meta:
        model = ItemImport
        fields = (
            *("id", "bank", "file_name", "format", "state", "created_at", "expires_at"),
            *("key_columns", "key_column"),
            *("counts", "skipped", "notices", "stored_count", "stored_at"),
        )

    def get_counts(self, session: ItemImport) -> dict[str, int]:
        found = session.drafts.judged(session.bank).count_groups()
        return {name: found[f"in_{name}"] for name in GROUPS}


class FaultSerializer(serializers.Serializer):
    place = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()
    hint = serializers.CharField()


class FindingSerializer(serializers.Serializer):
    """What an item check advises; it keeps nothing from being stored."""

    code = serializers.CharField()
    message = serializers.CharField()
    hint = serializers.CharField()
    severity = serializers.ChoiceField([each.value for each in Severity])


class ImportDraftSerializer(serializers.ModelSerializer):
    """One item beside its source; `draft.key` and the evidence's options hold places from 0."""

    decision = serializers.SerializerMethodField()
    draft = serializers.JSONField(source="document.draft")
    evidence = serializers.JSONField(source="document.evidence")
    repairs = serializers.JSONField(source="document.repairs")
    declined = serializers.JSONField(source="document.declined")
    notices = FaultSerializer(source="document.notices", many=True)
    faults = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()

    class Meta:
        model = ImportDraft
        fields = (
            *("place", "label", "source", "version", "decision", "confidence", "edited", "draft"),
            *("evidence", "repairs", "declined", "faults", "notices"),
            "findings",
        )

    def get_decision(self, row: ImportDraft) -> str:
        return DraftDecision(row.decision).name.lower()

    def get_faults(self, row: ImportDraft) -> list[dict[str, Any]]:
        return list(FaultSerializer(draft_problems(row), many=True).data)

    @extend_schema_field(FindingSerializer(many=True))
    def get_findings(self, row: ImportDraft) -> list[dict[str, Any]]:
        """As `check_drafts` told the view, in the context."""
        return list(FindingSerializer(self.context["found"].get(row.place, ()), many=True).data)


class ShownMediaSerializer(serializers.Serializer):
    """A file of the bank that the item shows, in words too; `place` −1 is the stem."""

    sha256 = serializers.RegexField("^[0-9a-f]{64}$")
    place = serializers.IntegerField(min_value=-1, max_value=7)
    alt = serializers.CharField(max_length=LONGEST_ALT)


class CorrectionSerializer(serializers.Serializer):
    """An item as typed."""

    kind = serializers.ChoiceField(ItemKind.choices)
    stem = serializers.CharField()
    options = serializers.ListField(child=serializers.CharField())
    key = serializers.ListField(child=serializers.IntegerField(min_value=0, max_value=7))
    fixed_order = serializers.BooleanField(default=False)
    topic = serializers.CharField(default="", allow_blank=True)
    level = serializers.ChoiceField([("", ""), *Level.choices], default="", allow_blank=True)
    rationale = serializers.CharField(default="", allow_blank=True)
    citation = serializers.CharField(default="", allow_blank=True)
    media = ShownMediaSerializer(many=True, required=False)


class DraftActSerializer(serializers.Serializer):
    """One act on the draft that was seen as `version`.

    “choose_key” takes `key`, “choose_repair” takes `repair` (its place) and `made`, “correct” takes
    `item`, which is accepted at once.
    """

    act = serializers.ChoiceField(ACTS)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    key = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=7), required=False
    )
    repair = serializers.IntegerField(min_value=0, max_value=1000, required=False)
    made = serializers.BooleanField(required=False)
    item = CorrectionSerializer(required=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Each act brings what it needs and nothing else."""
        wanted = {
            "choose_key": {"key"},
            "choose_repair": {"repair", "made"},
            "correct": {"item"},
        }.get(given["act"], set())
        if given.keys() - {"act", "version"} != wanted:
            raise serializers.ValidationError({"act": ", ".join(sorted(wanted)) or "version"})
        return given


class KeyColumnSerializer(serializers.Serializer):
    """One of the session's `key_columns`."""

    column = serializers.CharField(max_length=120)


class CountSerializer(serializers.Serializer):
    count = serializers.IntegerField()
