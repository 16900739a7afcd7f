"""Routes of the API: the schema, the entry calls, everything else by DRF."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny

urlpatterns = [
    path(
        "schema/",
        SpectacularAPIView.as_view(permission_classes=[AllowAny]),
        name="api-schema",
    ),
    path("v1/entry/", include("quiz.interfaces.api.entry_urls")),
]
