"""Screens by program, for who watches over them."""

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from quiz.domain.clock import read_now
from quiz.interfaces.api.access import HoldsRole
from training.domain.screens import is_silent
from training.models import Screen
from training.permissions import SEE_TRAINING


class ScreenSerializer(serializers.ModelSerializer):
    """`silent`: it has said nothing for five minutes; `seen`: what it last said of itself."""

    unit = serializers.CharField(source="unit.code")
    playlist = serializers.CharField(source="playlist.name")
    silent = serializers.SerializerMethodField()

    class Meta:
        model = Screen
        fields = ("id", "name", "unit", "playlist", "seen_at", "silent", "seen")

    def get_silent(self, screen: Screen) -> bool:
        return is_silent(screen=screen, now=read_now())


class ScreenViewSet(ReadOnlyModelViewSet):
    """Screens in use of units in reach."""

    roles = SEE_TRAINING
    permission_classes = (HoldsRole,)
    serializer_class = ScreenSerializer
    lookup_value_converter = "int"
    queryset = Screen.objects.none()

    def get_queryset(self) -> QuerySet[Screen]:
        reach = Screen.objects.within_reach_of(self.request.user, *self.roles)
        return reach.running().select_related("unit", "playlist")
