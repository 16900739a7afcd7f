"""Routes of the pages, one module per audience."""

from django.urls import include, path

urlpatterns = [
    path("", include("frontend.pages.public.urls")),
    path("", include("frontend.pages.entry.urls")),
    path("", include("frontend.pages.learning.certificate_urls")),
    # Before courses, whose codes come in the same place.
    path("", include("frontend.pages.learning.class_urls")),
    path("hoc/gio-hoc/", include("frontend.pages.learning.hours_urls")),
    path("", include("frontend.pages.learning.urls")),
    path("", include("frontend.pages.learning.package_urls")),
    path("", include("frontend.pages.workplace.urls")),
]
