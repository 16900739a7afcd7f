"""Routes that anyone may read."""

from django.urls import URLPattern, path

from frontend.pages.public import contest, home, language, lookup, results, rules

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("tra-cuu/", lookup.lookup, name="lookup"),
    path("ngon-ngu/<slug:code>/", language.language, name="language"),
    path("cuoc-thi/<slug:code>/", contest.contest, name="contest"),
    path("cuoc-thi/<slug:code>/the-le/", rules.rules, name="contest-rules"),
    path("cuoc-thi/<slug:code>/the-le.docx", rules.rules_docx, name="contest-rules-docx"),
    path("cuoc-thi/<slug:code>/ket-qua/", results.results, name="results"),
    path(
        "cuoc-thi/<slug:code>/ket-qua/vong-<int:round_number>-ban-<int:number>.zip",
        results.release_bundle,
        name="release-bundle",
    ),
]
