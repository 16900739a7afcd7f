"""Figures and the item analysis, as programs read them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from quiz.domain.figure_words import figure_label
from quiz.domain.figures import Figures


class UnitFigureSerializer(serializers.Serializer):
    """`listed`, `done`: of the compulsory list without the exempt; `rate` null: not known."""

    unit = serializers.CharField()
    above = serializers.CharField()
    persons = serializers.IntegerField()
    entries = serializers.IntegerField()
    on_duty = serializers.IntegerField()
    headcount = serializers.IntegerField(allow_null=True)
    listed = serializers.IntegerField()
    done = serializers.IntegerField()
    exempt = serializers.IntegerField()
    rate = serializers.FloatField(allow_null=True)


class FiguresSerializer(serializers.Serializer):
    """`tables` by round, group, commune, sex, age, day, hour, band; the rows of each have `value`,
    `label`, `persons`, `entries`.
    """

    counted_at = serializers.DateTimeField()
    persons = serializers.IntegerField()
    entries = serializers.IntegerField()
    submitted = serializers.IntegerField()
    tables = serializers.SerializerMethodField()
    units = UnitFigureSerializer(many=True)

    def get_tables(self, figures: Figures) -> dict[str, list[dict[str, Any]]]:
        return {
            name: [
                {
                    "value": row.value,
                    "label": figure_label(name, row),
                    "persons": row.persons,
                    "entries": row.entries,
                }
                for row in rows
            ]
            for name, rows in figures.tables.items()
        }


class PublicRowSerializer(serializers.Serializer):
    """`together`: how many rows of fewer than ten persons are in this one; 0: a row of its own."""

    label = serializers.CharField()
    persons = serializers.IntegerField()
    entries = serializers.IntegerField()
    together = serializers.IntegerField()


class PublicTableSerializer(serializers.Serializer):
    title = serializers.CharField()
    rows = PublicRowSerializer(many=True)


class PublicFiguresSerializer(serializers.Serializer):
    """A released round; null figures and no tables while the worker counts."""

    round = serializers.IntegerField(source="release.round.number")
    release = serializers.IntegerField(source="release.number")
    persons = serializers.IntegerField(source="figures.persons", default=None, allow_null=True)
    entries = serializers.IntegerField(source="figures.entries", default=None, allow_null=True)
    tables = serializers.SerializerMethodField()

    @extend_schema_field(PublicTableSerializer(many=True))
    def get_tables(self, told: dict[str, Any]) -> list[dict[str, Any]]:
        tables = told["figures"].tables if told["figures"] else []
        return [
            {"title": title, "rows": PublicRowSerializer(parts, many=True).data}
            for title, parts in tables
        ]


class AnalysedItemSerializer(serializers.Serializer):
    """Never the key; hints that need it are there for whoever may see it."""

    number = serializers.IntegerField(source="version.item.number")
    version = serializers.IntegerField(source="version.pk")
    stem = serializers.CharField(source="version.stem")
    met = serializers.IntegerField(source="usage.met")
    answered = serializers.IntegerField(source="usage.answered")
    omitted = serializers.IntegerField()
    not_reached = serializers.IntegerField(source="usage.not_reached")
    correct = serializers.IntegerField(source="usage.correct")
    facility = serializers.FloatField(allow_null=True)
    discrimination = serializers.FloatField(source="usage.discrimination", allow_null=True)
    correlation = serializers.FloatField(source="usage.correlation", allow_null=True)
    choices = serializers.ListField(child=serializers.IntegerField(), source="usage.choices")
    needs_checking = serializers.BooleanField()
    hints = serializers.ListField(child=serializers.CharField())


class PoolReportSerializer(serializers.Serializer):
    """`reliability` and `standard_error` null where totals do not vary."""

    group = serializers.CharField(source="pool.group.code")
    counted_at = serializers.DateTimeField()
    persons = serializers.IntegerField(source="reliability.persons", default=0)
    reliability = serializers.FloatField(
        source="reliability.coefficient", allow_null=True, default=None
    )
    same_items = serializers.BooleanField(source="reliability.same_items", default=False)
    standard_error = serializers.FloatField(
        source="reliability.standard_error", allow_null=True, default=None
    )
    items = AnalysedItemSerializer(many=True)
