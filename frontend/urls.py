"""Routes of the pages, one module per audience."""

from django.urls import include, path

urlpatterns = [
    path("", include("frontend.pages.public.urls")),
    path("", include("frontend.pages.entry.urls")),
    path("", include("frontend.pages.learning.certificate_urls")),
    path("", include("frontend.pages.learning.urls")),
    path("", include("frontend.pages.workplace.urls")),
]
