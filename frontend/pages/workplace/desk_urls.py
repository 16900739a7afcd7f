"""Routes of what an office sets up at its desk: visit figures, surveys, screens."""

from django.urls import path

from frontend.pages.workplace import visits

desk_routes = [
    path("luot-truy-cap/", visits.visits, name="w-visits"),
]
