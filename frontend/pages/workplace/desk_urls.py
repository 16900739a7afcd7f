"""Routes of what an office sets up at its desk: visit figures, surveys, screens."""

from django.urls import path

from frontend.pages.workplace import surveys, visits

desk_routes = [
    path("khao-sat/", surveys.surveys, name="w-surveys"),
    path("khao-sat/moi/", surveys.new_survey, name="w-survey-new"),
    path("khao-sat/<int:pk>/", surveys.survey, name="w-survey"),
    path("khao-sat/<int:pk>/sua/", surveys.edit_survey, name="w-survey-edit"),
    path("khao-sat/<int:pk>/nhan-phieu/", surveys.open_survey, name="w-survey-open"),
    path("khao-sat/<int:pk>/bieu-do.svg", surveys.chart, name="w-survey-chart"),
    path("khao-sat/<int:pk>/ket-qua.xlsx", surveys.workbook, name="w-survey-workbook"),
    path("khao-sat/<int:pk>/to-treo.pdf", surveys.poster, name="w-survey-poster"),
    path("luot-truy-cap/", visits.visits, name="w-visits"),
]
