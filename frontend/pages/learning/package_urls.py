"""Routes of SCORM lessons."""

from django.urls import path

from frontend.pages.learning import packages

_lesson = "hoc/<slug:code>/<int:lesson_pk>"
urlpatterns = [
    path(f"{_lesson}/goi/", packages.package, name="learn-package"),
    path(f"{_lesson}/goi/luu/", packages.save, name="learn-package-save"),
]
