"""Finding items over the API, as the page does: no keys."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.viewsets import GenericViewSet

from quiz.domain.item_search import DOUBTFUL, MOST_FOUND, Basis, ItemSearch, search_items
from quiz.domain.item_usage import Hardness, Usage, Used, usages
from quiz.enums import ItemState, Level
from quiz.interfaces.api.access import HoldsRole
from quiz.models import ItemBank, ItemVersion
from quiz.permissions import SEE_BANKS


class ItemSearchSerializer(serializers.Serializer):
    """What is looked for; `cited` is part of a document's number, `author` a person's id.

    `figures` check: what the analysis of a sealed round asks to look at again.
    """

    q = serializers.CharField(required=False, max_length=200, default="", allow_blank=True)
    bank = serializers.IntegerField(required=False)
    topic = serializers.CharField(required=False, default="")
    level = serializers.ChoiceField(choices=Level.choices, required=False, default="")
    state = serializers.ChoiceField(choices=ItemState.choices, required=False, default="")
    tag = serializers.CharField(required=False, default="")
    cited = serializers.CharField(required=False, max_length=80, default="")
    basis = serializers.ChoiceField(
        choices=[basis.value for basis in Basis], required=False, default=""
    )
    author = serializers.IntegerField(required=False, default=None)
    hardness = serializers.ChoiceField(
        choices=[band.value for band in Hardness], required=False, default=""
    )
    used = serializers.ChoiceField(choices=[use.value for use in Used], required=False, default="")
    figures = serializers.ChoiceField(choices=[DOUBTFUL], required=False, default="")


class FoundItemSerializer(serializers.ModelSerializer):
    """An item without its key; figures of sealed rounds, null while there are none."""

    bank = serializers.CharField(source="item.bank.code")
    item = serializers.IntegerField(source="item.number")
    version = serializers.IntegerField(source="number")
    topic = serializers.CharField(source="topic.name", default="")
    rounds = serializers.SerializerMethodField()
    facility = serializers.SerializerMethodField()
    discrimination = serializers.SerializerMethodField()
    exposure = serializers.SerializerMethodField()

    class Meta:
        model = ItemVersion
        fields = ("id", "bank", "item", "version", "stem", "topic", "level", "state",
                  "rounds", "facility", "discrimination", "exposure")  # fmt: skip

    def _usage(self, version: ItemVersion) -> Usage | None:
        told: dict[int, Usage] = self.context["usages"]
        return told.get(version.pk)

    def get_rounds(self, version: ItemVersion) -> int:
        usage = self._usage(version)
        return usage.rounds if usage else 0

    def get_facility(self, version: ItemVersion) -> float | None:
        usage = self._usage(version)
        return usage.facility if usage else None

    def get_discrimination(self, version: ItemVersion) -> float | None:
        usage = self._usage(version)
        return usage.discrimination if usage else None

    def get_exposure(self, version: ItemVersion) -> float | None:
        usage = self._usage(version)
        return usage.exposure if usage else None


class ItemViewSet(mixins.ListModelMixin, GenericViewSet):
    """Items of every bank within reach, the best first; at most 1,000 are found."""

    roles = SEE_BANKS
    permission_classes = (HoldsRole,)
    serializer_class = FoundItemSerializer
    queryset = ItemVersion.objects.none()

    def get_queryset(self) -> QuerySet[ItemVersion]:
        asked = ItemSearchSerializer(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        banks = ItemBank.objects.within_reach_of(self.request.user, *self.roles)
        if bank := given.pop("bank", None):
            banks = banks.filter(pk=bank)
        among = ItemVersion.objects.current().filter(item__bank__in=banks)
        found = search_items(among=among, wanted=ItemSearch(text=given.pop("q"), **given))
        return found.select_related("item__bank", "topic")[:MOST_FOUND]

    def paginate_queryset(self, queryset: QuerySet) -> list[ItemVersion] | None:
        self._page = super().paginate_queryset(queryset)
        return self._page

    def get_serializer_context(self) -> dict[str, Any]:
        page = getattr(self, "_page", None) or []
        return {
            **super().get_serializer_context(),
            "usages": usages([version.pk for version in page]),
        }

    @extend_schema(parameters=[ItemSearchSerializer])
    def list(self, *args: Any, **kwargs: Any) -> Any:
        """Search by words in any order, with or without tone marks, and by filters that combine."""
        return super().list(*args, **kwargs)
