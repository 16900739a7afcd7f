"""Everything there is on the content origin, besides static files."""

from django.urls import path

from frontend.pages.content import player

PLAYER, PACKAGE, LAST_WORD = "choi", "goi", "luu-goi"
urlpatterns = [
    path(f"{PLAYER}/<str:token>/", player.player, name="content-player"),
    path(f"{PACKAGE}/<str:token>/<path:part>", player.part, name="content-part"),
    path(f"{LAST_WORD}/<str:token>/", player.last_word, name="content-last-word"),
]
