"""The shapes of the API. What a shape has no field for can't leak through it."""

from datetime import date, datetime
from typing import Any

from rest_framework import serializers

from accounts.enums import RevealReason
from accounts.models import Job, Membership, OrgUnit, User
from quiz.domain.clock import read_now
from quiz.domain.deadlines import deadline_if_started
from quiz.domain.rule_sets import rules_of_round
from quiz.domain.withdrawn_names import shown_winners
from quiz.enums import RoundState
from quiz.interfaces.formats.writers import WRITERS
from quiz.models import (
    ClauseEnd,
    Contest,
    ItemBank,
    ItemComment,
    ItemMedia,
    ItemVersion,
    LegalDocument,
    Release,
    Round,
)


class PublicRoundSerializer(serializers.ModelSerializer):
    """`deadline_if_started_now`: when an attempt begun now would end; null if none can begin."""

    deadline_if_started_now = serializers.SerializerMethodField()

    class Meta:
        model = Round
        fields = (
            "number",
            "name",
            "opens_at",
            "closes_at",
            "state",
            "commitment",
            "deadline_if_started_now",
        )

    def get_deadline_if_started_now(self, round: Round) -> datetime | None:
        rules = rules_of_round(round=round) if round.state == RoundState.FROZEN else None
        return rules and deadline_if_started(round=round, rules=rules, now=read_now())


class PublicContestSerializer(serializers.ModelSerializer):
    rounds = PublicRoundSerializer(many=True)

    class Meta:
        model = Contest
        fields = ("code", "title", "summary", "body_name", "hotline", "rounds")


class SectionSerializer(serializers.Serializer):
    """One article of the regulations; texts are ready to show."""

    heading = serializers.CharField()
    clauses = serializers.ListField(child=serializers.DictField())


class ReleaseSerializer(serializers.ModelSerializer):
    """A published release: winners by name, unit and result, and what proves them.

    `official_at` is null while the results are preliminary. `digest` is that of the document as
    signed. Names of children whose guardian took the consent back since appear by initials.
    """

    document = serializers.SerializerMethodField()

    class Meta:
        model = Release
        fields = (
            "number",
            "digest",
            "decision_number",
            "decision_date",
            "released_at",
            "official_at",
            "document",
        )

    def get_document(self, release: Release) -> dict[str, Any]:
        return release.document | {"winners": shown_winners(release=release)}


class UnitSerializer(serializers.ModelSerializer):
    parent = serializers.CharField(source="parent.code", default=None)

    class Meta:
        model = OrgUnit
        fields = ("code", "name", "kind", "parent")


class MembershipSerializer(serializers.ModelSerializer):
    unit = serializers.CharField(source="unit.code")

    class Meta:
        model = Membership
        fields = ("role", "unit")


class MeSerializer(serializers.ModelSerializer):
    memberships = MembershipSerializer(many=True)

    class Meta:
        model = User
        fields = ("username", "full_name", "email", "memberships")


class BankSerializer(serializers.ModelSerializer):
    unit = serializers.CharField(source="unit.code")

    class Meta:
        model = ItemBank
        fields = ("id", "code", "name", "unit")


class ItemMediaSerializer(serializers.ModelSerializer):
    """A picture or sound; `place` is an option's, or -1 for the stem."""

    sha256 = serializers.CharField(source="file.sha256")

    class Meta:
        model = ItemMedia
        fields = ("place", "kind", "sha256", "alt")


class CommentSerializer(serializers.ModelSerializer):
    """A remark on an item; who writes one gives `text` alone."""

    version = serializers.IntegerField(source="version.number", read_only=True)
    author = serializers.CharField(source="author.full_name", read_only=True)

    class Meta:
        model = ItemComment
        fields = ("version", "author", "text", "written_at")
        read_only_fields = ("written_at",)


class TagsSerializer(serializers.Serializer):
    """All tags of an item, as they shall be."""

    tags = serializers.ListField(child=serializers.CharField(), allow_empty=True)


class ApprovalSerializer(serializers.Serializer):
    """Why the item is right, where its legal basis is out of force."""

    right_because = serializers.CharField(default="", allow_blank=True)


class ClauseEndSerializer(serializers.ModelSerializer):
    class Meta:
        model = ClauseEnd
        fields = ("clause", "effective_to", "note")


class DocumentSerializer(serializers.ModelSerializer):
    """A legal document; `replaced_by` is a number as people write it."""

    replaced_by = serializers.CharField(default="", allow_blank=True)
    clause_ends = ClauseEndSerializer(many=True, read_only=True)

    class Meta:
        model = LegalDocument
        fields = (
            "id",
            "number",
            "title",
            "issued_on",
            "effective_from",
            "effective_to",
            "replaced_by",
            "needs_check",
            "note",
            "clause_ends",
        )
        read_only_fields = ("number",)

    def to_representation(self, instance: LegalDocument) -> dict[str, Any]:
        return super().to_representation(instance) | {
            "replaced_by": str(instance.replaced_by or "")
        }


class ItemVersionSerializer(serializers.ModelSerializer):
    """An item with its key, for those who may see keys; `key` holds places from 0."""

    item = serializers.IntegerField(source="item.number")
    version = serializers.IntegerField(source="number")
    topic = serializers.CharField(source="topic.name", default="")
    key = serializers.SerializerMethodField()
    citations = serializers.SerializerMethodField()
    basis_ends_on = serializers.SerializerMethodField()
    tags = serializers.SlugRelatedField("name", source="item.tags", many=True, read_only=True)
    media = ItemMediaSerializer(many=True, read_only=True)

    class Meta:
        model = ItemVersion
        fields = (
            "id",
            "item",
            "version",
            "kind",
            "stem",
            "options",
            "key",
            "fixed_order",
            "topic",
            "level",
            "rationale",
            "citations",
            "basis_ends_on",
            "checked_on",
            "checked_by",
            "tags",
            "media",
            "state",
        )

    def get_key(self, version: ItemVersion) -> list[int]:
        return [place for place in range(len(version.options)) if version.key_mask >> place & 1]

    def get_citations(self, version: ItemVersion) -> list[str]:
        return [str(citation) for citation in version.citations.all()]

    def get_basis_ends_on(self, version: ItemVersion) -> date | None:
        """From when what it cites is out of force, nobody having decided that it is right."""
        cited = [each for each in version.citations.all() if each.settled_by_id is None]
        return min((each.ends_on for each in cited if each.ends_on), default=None)


class WorkRoundSerializer(serializers.ModelSerializer):
    class Meta:
        model = Round
        fields = ("id", "number", "name", "opens_at", "closes_at", "state", "commitment")


class WorkContestSerializer(serializers.ModelSerializer):
    unit = serializers.CharField(source="unit.code")
    rounds = WorkRoundSerializer(many=True)

    class Meta:
        model = Contest
        fields = ("id", "code", "title", "unit", "body_name", "state", "rounds")


class StepSerializer(serializers.Serializer):
    """A line of the checklist."""

    code = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()
    missing = serializers.ListField(child=serializers.CharField())


class JobSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="public_id")
    percent = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = (
            "id",
            "kind",
            "title",
            "state",
            "done",
            "total",
            "percent",
            "note",
            "file_name",
            "result",
            "faults",
            "error_code",
            "error",
            "created_at",
            "finished_at",
        )

    def get_percent(self, job: Job) -> int | None:
        return min(100, 100 * job.done // job.total) if job.total else None


class DecisionSerializer(serializers.Serializer):
    """The signed decision by which a release is published."""

    decision_number = serializers.CharField(max_length=80)
    decision_date = serializers.DateField()


class ImportSerializer(serializers.Serializer):
    file = serializers.FileField(max_length=200)
    dry_run = serializers.BooleanField(default=False)


class ItemExportSerializer(serializers.Serializer):
    """`topic` is the name of one of the bank's topics."""

    format = serializers.ChoiceField([(writer.code, writer.name) for writer in WRITERS.values()])
    approved = serializers.BooleanField(default=False)
    topic = serializers.CharField(max_length=200, default="", allow_blank=True)


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=400)


class ExportSerializer(serializers.Serializer):
    """Personal data whole for one of these reasons, with the export right; masked without."""

    reason = serializers.ChoiceField(RevealReason.choices, default="", allow_blank=True)
    reason_text = serializers.CharField(max_length=300, default="", allow_blank=True)


def plain_sections(sections: list[Any]) -> list[dict[str, Any]]:
    """The regulations' sections as JSON-ready data."""
    return [
        {
            "heading": section.heading,
            "clauses": [
                {
                    "text": clause.text,
                    "bullets": list(clause.bullets),
                    "table": None
                    if clause.table is None
                    else {
                        "headers": list(clause.table.headers),
                        "rows": [list(row) for row in clause.table.rows],
                    },
                }
                for clause in section.clauses
            ],
        }
        for section in sections
    ]
