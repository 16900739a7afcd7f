"""The library for programs: read only, by anyone."""

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.mixins import ListModelMixin
from rest_framework.permissions import AllowAny
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from accounts.models import OrgUnit
from training.domain.library_search import search_library
from training.domain.procedures import find_procedures
from training.domain.search_index import KINDS
from training.interfaces.api.library_serializers import (
    ChannelSerializer,
    FaqSerializer,
    FoundSerializer,
    IndexResultSerializer,
    MaterialRowSerializer,
    MaterialSerializer,
    ProcedureSerializer,
    PublishedAnswerSerializer,
)
from training.models import (
    ContactChannel,
    Faq,
    IndexResult,
    Inquiry,
    Material,
    Procedure,
    SearchEntry,
)


def _query(name: str, about: str, kind: OpenApiTypes = OpenApiTypes.STR) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=about)


class _Open:
    """Anyone reads, whoever they are."""

    permission_classes = (AllowAny,)
    authentication_classes = ()

    def asked(self, name: str) -> str:
        return str(self.request.GET.get(name, "")).strip()[:200]


@extend_schema(
    parameters=[_query("kind", "one kind"), _query("subject", "one subject")],
)
class MaterialViewSet(_Open, ReadOnlyModelViewSet):
    """Published materials, the newest first."""

    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Material]:
        wanted = {name: self.asked(name) for name in ("kind", "subject")}
        public = Material.objects.public().select_related("unit", "about")
        return public.filter(**{name: value for name, value in wanted.items() if value})

    def get_serializer_class(self) -> type[BaseSerializer]:
        return MaterialSerializer if self.action == "retrieve" else MaterialRowSerializer


class FaqViewSet(_Open, ListModelMixin, GenericViewSet):
    """Frequently asked questions in their order."""

    serializer_class = FaqSerializer
    queryset = Faq.objects.filter(is_shown=True)


class AnswerViewSet(_Open, ReadOnlyModelViewSet):
    """Citizens' questions with their published answers, the newest first."""

    serializer_class = PublishedAnswerSerializer
    lookup_field = "number"
    queryset = Inquiry.objects.public().select_related("unit")


@extend_schema(parameters=[_query("q", "words"), _query("field", "one field")])
class ProcedureViewSet(_Open, ListModelMixin, GenericViewSet):
    """Standardised procedures: their names and the way to the national portal."""

    serializer_class = ProcedureSerializer

    def get_queryset(self) -> QuerySet[Procedure]:
        return find_procedures(text=self.asked("q"), field=self.asked("field"))


@extend_schema(
    parameters=[_query("name", "one index"), _query("year", "one year", OpenApiTypes.INT)]
)
class IndexResultViewSet(_Open, ListModelMixin, GenericViewSet):
    """Results of units in rankings."""

    serializer_class = IndexResultSerializer

    def get_queryset(self) -> QuerySet[IndexResult]:
        name, year = self.asked("name"), self.asked("year")
        rows = IndexResult.objects.select_related("unit")
        rows = rows.filter(name=name) if name else rows
        if not year:
            return rows
        known = year.isascii() and year.isdigit() and len(year) == 4
        return rows.filter(year=int(year)) if known else rows.none()


@extend_schema(parameters=[_query("q", "words of a unit's name")])
class ChannelViewSet(_Open, ListModelMixin, GenericViewSet):
    """Ways to reach the units."""

    serializer_class = ChannelSerializer

    def get_queryset(self) -> QuerySet[ContactChannel]:
        text = self.asked("q")
        rows = ContactChannel.objects.select_related("unit")
        rows = rows.filter(unit__in=OrgUnit.objects.matching(text)) if text else rows
        return rows.order_by("unit__sort_name", "unit__code", "position", "pk")


@extend_schema(parameters=[_query("q", "words, with or without marks"), _query("kind", "a kind")])
class SearchViewSet(_Open, ListModelMixin, GenericViewSet):
    """Whatever of the library holds the words, the best first; nothing without words."""

    serializer_class = FoundSerializer

    def get_queryset(self) -> QuerySet[SearchEntry]:
        kind = self.asked("kind")
        return search_library(text=self.asked("q"), kinds=[kind] if kind in KINDS else ())
