"""Routes of the entry calls, all on the short chain."""

from django.urls import path

from quiz.interfaces.api import entry

urlpatterns = [
    path("contests/<slug:code>/register", entry.register, name="api-entry-register"),
    path("rounds/<int:round_id>/start", entry.start, name="api-entry-start"),
    path("save", entry.save, name="api-entry-save"),
    path("submit", entry.submit, name="api-entry-submit"),
    path("receipt", entry.receipt, name="api-entry-receipt"),
]
