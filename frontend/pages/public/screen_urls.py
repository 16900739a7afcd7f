"""Routes that a TV at a desk asks for."""

from django.urls import path

from frontend.pages.public import screens

screen_routes = [
    path("trinh-chieu/", screens.pair, name="screen-pair"),
    path("trinh-chieu/<str:key>/", screens.player, name="screen"),
    path("trinh-chieu/<str:key>/sw.js", screens.worker, name="screen-worker"),
    path("trinh-chieu/<str:key>/danh-sach.json", screens.playlist, name="screen-playlist"),
    path("trinh-chieu/<str:key>/bao/", screens.report, name="screen-report"),
    path(
        "trinh-chieu/<str:key>/trang/<uuid:public_id>/<int:number>.jpg",
        screens.page,
        name="screen-page",
    ),
]
