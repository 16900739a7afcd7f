"""Legal documents that items cite, for those who see the items."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from quiz.domain.citing import count_citing
from quiz.domain.validity import Description, describe_document, end_clause
from quiz.interfaces.api.access import HoldsRole
from quiz.interfaces.api.serializers import ClauseEndSerializer, DocumentSerializer
from quiz.models import LegalDocument
from quiz.permissions import CHECK_DOCUMENTS, SEE_KEYS


class DocumentViewSet(ReadOnlyModelViewSet):
    """Documents cited by something within reach."""

    roles = SEE_KEYS
    permission_classes = (HoldsRole,)
    serializer_class = DocumentSerializer
    lookup_value_converter = "int"
    queryset = LegalDocument.objects.none()

    def get_queryset(self) -> QuerySet[LegalDocument]:
        reach = count_citing(user=self.request.user, roles=self.roles)
        cited = LegalDocument.objects.filter(pk__in=reach).select_related("replaced_by")
        return cited.prefetch_related("clause_ends").order_by("number")

    @extend_schema(request=DocumentSerializer, responses=DocumentSerializer)
    @action(detail=True, methods=["put"], roles=CHECK_DOCUMENTS)
    def describe(self, request: Request, pk: int) -> Response:
        """Say what it is called and how long it is in force; what is left out is emptied."""
        given = DocumentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        document = self.get_object()
        described = Description(**given.validated_data)
        describe_document(document=document, description=described, user=request.user)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=ClauseEndSerializer, responses={201: DocumentSerializer})
    @action(detail=True, methods=["post"], roles=CHECK_DOCUMENTS)
    def clauses(self, request: Request, pk: int) -> Response:
        """Say that one clause is out of force from a day on."""
        given = ClauseEndSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        end_clause(document=self.get_object(), user=request.user, **given.validated_data)
        return Response(self.get_serializer(self.get_object()).data, status=201)
