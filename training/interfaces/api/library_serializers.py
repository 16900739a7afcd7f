"""The shapes in which anybody reads the library. What a shape has no field for can't leak."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from accounts.models import OrgUnit
from training.domain.material_reading import about_material
from training.domain.search_index import KINDS, address_of
from training.models import (
    ContactChannel,
    Faq,
    IndexResult,
    Inquiry,
    Material,
    Procedure,
    SearchEntry,
)


class UnitNameSerializer(serializers.ModelSerializer):
    class Meta:
        model = OrgUnit
        fields = ("code", "name")


class MaterialRowSerializer(serializers.ModelSerializer):
    """A material in a list."""

    unit = UnitNameSerializer()

    class Meta:
        model = Material
        fields = (
            *("slug", "kind", "title", "summary", "subject", "audience", "unit"),
            *("valid_from", "valid_to", "published_at"),
        )


class CitedDocumentSerializer(serializers.Serializer):
    """`doubt` says why the document can't be relied on today, or ""."""

    text = serializers.CharField()
    title = serializers.CharField()
    doubt = serializers.CharField()
    replaced_by = serializers.CharField()


class MaterialSerializer(MaterialRowSerializer):
    """One material whole. `text` is Markdown, `doubts` sentences about what no longer holds;
    `speaking_seconds` what reading it aloud takes, of an audio piece, else 0.
    """

    about = UnitNameSerializer(allow_null=True)
    citations = CitedDocumentSerializer(many=True)
    doubts = serializers.ListField(child=serializers.CharField())
    speaking_seconds = serializers.IntegerField()

    class Meta(MaterialRowSerializer.Meta):
        fields = (
            *MaterialRowSerializer.Meta.fields,
            *("text", "link", "about", "citations", "doubts", "speaking_seconds"),
        )

    def to_representation(self, material: Material) -> dict[str, Any]:
        reading = about_material(material=material, today=timezone.localdate())
        plain = MaterialRowSerializer(material).data
        about = UnitNameSerializer(material.about).data if material.about else None
        return plain | {
            "text": material.text,
            "link": material.link,
            "about": about,
            "citations": CitedDocumentSerializer(reading.citations, many=True).data,
            "doubts": reading.doubts,
            "speaking_seconds": reading.seconds,
        }


class FaqSerializer(serializers.ModelSerializer):
    """`answer` is Markdown. What readers said of it is the editors' business."""

    class Meta:
        model = Faq
        fields = ("id", "question", "answer", "subject")


class PublishedAnswerSerializer(serializers.ModelSerializer):
    """A published answer: the question as it was published, the answer in Markdown."""

    unit = UnitNameSerializer()
    question = serializers.CharField(source="shown_text")
    published_at = serializers.DateTimeField(source="decided_at")

    class Meta:
        model = Inquiry
        fields = ("number", "title", "subject", "question", "answer", "unit", "published_at")


class ProcedureSerializer(serializers.ModelSerializer):
    class Meta:
        model = Procedure
        fields = ("code", "name", "field", "link")


class IndexResultSerializer(serializers.ModelSerializer):
    unit = UnitNameSerializer()

    class Meta:
        model = IndexResult
        fields = ("name", "year", "unit", "score", "rank")


class ChannelSerializer(serializers.ModelSerializer):
    unit = UnitNameSerializer()

    class Meta:
        model = ContactChannel
        fields = ("unit", "kind", "value", "hours", "note")


class FoundSerializer(serializers.ModelSerializer):
    """What the search found: `kind` by its code, `url` of the page that shows it."""

    kind_title = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = SearchEntry
        fields = ("kind", "kind_title", "title", "lead", "at", "url")

    def get_kind_title(self, entry: SearchEntry) -> str:
        return str(KINDS[entry.kind].title)

    def get_url(self, entry: SearchEntry) -> str:
        return address_of(entry)
