"""Routes of what an office sets up at its desk: visit figures, surveys, screens."""

from django.urls import path

from frontend.pages.workplace import playlists, screens, surveys, visits

desk_routes = [
    path("khao-sat/", surveys.surveys, name="w-surveys"),
    path("khao-sat/moi/", surveys.new_survey, name="w-survey-new"),
    path("khao-sat/<int:pk>/", surveys.survey, name="w-survey"),
    path("khao-sat/<int:pk>/sua/", surveys.edit_survey, name="w-survey-edit"),
    path("khao-sat/<int:pk>/nhan-phieu/", surveys.open_survey, name="w-survey-open"),
    path("khao-sat/<int:pk>/bieu-do.svg", surveys.chart, name="w-survey-chart"),
    path("khao-sat/<int:pk>/ket-qua.xlsx", surveys.workbook, name="w-survey-workbook"),
    path("khao-sat/<int:pk>/to-treo.pdf", surveys.poster, name="w-survey-poster"),
    path("trinh-chieu/", screens.screens, name="w-screens"),
    path("trinh-chieu/man-hinh/moi/", screens.new_screen, name="w-screen-new"),
    path("trinh-chieu/man-hinh/<int:pk>/", screens.screen, name="w-screen"),
    path("trinh-chieu/man-hinh/<int:pk>/ghep/", screens.pair, name="w-screen-pair"),
    path("trinh-chieu/man-hinh/<int:pk>/ngung/", screens.revoke, name="w-screen-revoke"),
    path("trinh-chieu/danh-sach/moi/", playlists.new_playlist, name="w-playlist-new"),
    path("trinh-chieu/danh-sach/<int:pk>/", playlists.playlist, name="w-playlist"),
    path("trinh-chieu/danh-sach/<int:pk>/xoa/", playlists.delete, name="w-playlist-delete"),
    path("trinh-chieu/danh-sach/<int:pk>/moi/", playlists.new_slide, name="w-slide-new"),
    path("trinh-chieu/danh-sach/<int:pk>/<int:slide_pk>/", playlists.slide, name="w-slide"),
    path(
        "trinh-chieu/danh-sach/<int:pk>/<int:slide_pk>/lam/",
        playlists.slide_act,
        name="w-slide-act",
    ),
    path("luot-truy-cap/", visits.visits, name="w-visits"),
]
