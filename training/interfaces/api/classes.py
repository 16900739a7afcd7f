"""Classes held in a room, by program: when and where, and who came and stayed."""

from django.db.models import Count, Min, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from quiz.interfaces.api.access import HoldsRole
from training.domain.attendance import attendance_list
from training.models import ClassSession, TrainingClass
from training.permissions import SEE_TRAINING


class ClassSessionSerializer(serializers.ModelSerializer):
    class Meta:
        model = ClassSession
        fields = ("id", "begins_at", "ends_at")


class TrainingClassSerializer(serializers.ModelSerializer):
    """`capacity` 0: no limit; `is_open`: who was not invited may come too."""

    unit = serializers.CharField(source="unit.code")
    course = serializers.CharField(source="course.code", default=None, allow_null=True)
    invited = serializers.IntegerField()
    sessions = ClassSessionSerializer(many=True)

    class Meta:
        model = TrainingClass
        fields = (
            *("id", "unit", "course", "title", "place", "teacher", "capacity", "is_open"),
            *("invited", "sessions", "cancelled_at"),
        )


class SignInSerializer(serializers.Serializer):
    """A line of the list: `in_at` null: did not come; `minutes` 0 without signing out."""

    person = serializers.CharField(source="person.username")
    name = serializers.CharField(source="person.full_name")
    unit = serializers.CharField(source="person.unit.name", default=None, allow_null=True)
    in_at = serializers.DateTimeField(source="attendance.in_at", default=None, allow_null=True)
    in_way = serializers.CharField(source="attendance.in_way", default="")
    out_at = serializers.DateTimeField(source="attendance.out_at", default=None, allow_null=True)
    out_way = serializers.CharField(source="attendance.out_way", default="")
    reason = serializers.CharField(source="attendance.reason", default="")
    minutes = serializers.IntegerField()


class TrainingClassViewSet(ReadOnlyModelViewSet):
    """Classes of units in reach, the newest first."""

    roles = SEE_TRAINING
    permission_classes = (HoldsRole,)
    serializer_class = TrainingClassSerializer
    lookup_value_converter = "int"
    queryset = TrainingClass.objects.none()

    def get_queryset(self) -> QuerySet[TrainingClass]:
        rows = TrainingClass.objects.within_reach_of(self.request.user, *self.roles)
        rows = rows.select_related("unit", "course").prefetch_related("sessions")
        rows = rows.annotate(
            begins=Min("sessions__begins_at"), invited=Count("invitees", distinct=True)
        )
        return rows.order_by("-begins", "-pk")


class ClassSessionViewSet(mixins.RetrieveModelMixin, GenericViewSet):
    """One sitting of a class."""

    roles = SEE_TRAINING
    permission_classes = (HoldsRole,)
    serializer_class = ClassSessionSerializer
    lookup_value_converter = "int"
    queryset = ClassSession.objects.none()

    def get_queryset(self) -> QuerySet[ClassSession]:
        reach = TrainingClass.objects.within_reach_of(self.request.user, *self.roles)
        return ClassSession.objects.filter(training_class__in=reach)

    @extend_schema(responses=SignInSerializer(many=True))
    @action(detail=True, pagination_class=None, url_path="sign-ins")
    def sign_ins(self, request: Request, pk: int) -> Response:
        """Everybody invited and everybody who came, by unit and name."""
        rows = attendance_list(session=self.get_object())
        return Response(SignInSerializer(rows, many=True).data)
