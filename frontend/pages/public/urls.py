"""Routes that anyone may read."""

from django.urls import URLPattern, path

from frontend.pages.public import (
    appeal_log_pdf,
    appeals,
    certificate_check,
    contest,
    figures,
    heads,
    home,
    language,
    lookup,
    lots,
    own_account,
    own_data,
    printed_page,
    probe,
    receipt_check,
    recheck,
    results,
    rules,
    surveys,
    training_files,
    unit_certificate,
    visits,
    winner_certificate,
)
from frontend.pages.public.library_urls import library_routes
from frontend.pages.public.screen_urls import screen_routes

own_data_routes: list[URLPattern] = [
    path("du-lieu-cua-toi/", own_data.own_data, name="own-data"),
    path("du-lieu-cua-toi/xem/", own_data.own_data_page, name="own-data-page"),
    path("du-lieu-cua-toi/yeu-cau/", own_data.own_data_ask, name="own-data-ask"),
    path("du-lieu-cua-toi/ban-sao.json", own_data.own_data_json, name="own-data-json"),
    path("du-lieu-cua-toi/ban-sao.html", own_data.own_data_html, name="own-data-html"),
    path("du-lieu-cua-toi/dong/", own_data.own_data_leave, name="own-data-leave"),
    path("du-lieu-cua-toi/tai-khoan/", own_account.own_account, name="own-account"),
    path("du-lieu-cua-toi/tai-khoan/yeu-cau/", own_account.own_account_ask, name="own-account-ask"),
    path("du-lieu-cua-toi/tai-khoan.json", own_account.own_account_json, name="own-account-json"),
]

appeal_routes: list[URLPattern] = [
    path("cuoc-thi/<slug:code>/khieu-nai/", appeals.appeals, name="appeals"),
    path("cuoc-thi/<slug:code>/khieu-nai/xem/", appeals.appeal_mine, name="appeal-mine"),
    path(
        "cuoc-thi/<slug:code>/khieu-nai/nhat-ky-<int:ordinal>.pdf",
        appeals.appeal_log,
        name="appeal-log",
    ),
    path("cuoc-thi/<slug:code>/khieu-nai/rut/", appeals.appeal_withdraw, name="appeal-withdraw"),
    path("cuoc-thi/<slug:code>/khieu-nai/dong/", appeals.appeal_leave, name="appeal-leave"),
    path("trich-nhat-ky/<str:seal>/", appeal_log_pdf.attempt_log_check, name="attempt-log-check"),
]

training_file_routes: list[URLPattern] = [
    path(f"tep/<uuid:public_id>/<str:digest>/{end}", training_files.training_file, name=name)
    for end, name in (("", "training-file"), ("<str:part>", "training-file-part"))
]

certificate_routes: list[URLPattern] = [
    path("giay-hoan-thanh/", certificate_check.certificate_check, name="certificate-check"),
    path("giay-hoan-thanh/khoa.json", certificate_check.certificate_keys, name="certificate-keys"),
    path(
        "giay-hoan-thanh/trang-thai.json",
        certificate_check.certificate_state,
        name="certificate-state",
    ),
    path("giay-hoan-thanh/luu.js", certificate_check.certificate_worker, name="certificate-worker"),
    path("giay-hoan-thanh/<slug:code>/", certificate_check.certificate_by_code, name="certificate"),
]

urlpatterns: list[URLPattern] = [
    *training_file_routes,
    *own_data_routes,
    *appeal_routes,
    *library_routes,
    *certificate_routes,
    path("", home.home, name="home"),
    *screen_routes,
    path("khao-sat/<slug:code>/", surveys.survey, name="survey"),
    path("khao-sat/<slug:code>/cam-on/", surveys.thanks, name="survey-thanks"),
    path("luot-truy-cap/", visits.visits, name="visits"),
    path("tra-cuu/", lookup.lookup, name="lookup"),
    path("kiem-tra-ket-qua/", recheck.recheck, name="recheck"),
    path("kiem-tra-bien-nhan/", receipt_check.receipt_check, name="receipt-check"),
    path("kiem-tra-dia-chi/<slug:token>/", probe.probe, name="address-probe"),
    path("ngon-ngu/<slug:code>/", language.language, name="language"),
    path("cuoc-thi/<slug:code>/", contest.contest, name="contest"),
    path(
        "giay-chung-nhan/<slug:code>/",
        winner_certificate.winner_certificate,
        name="winner-certificate",
    ),
    path("giay-xac-nhan/<slug:code>/", unit_certificate.unit_certificate, name="unit-certificate"),
    path(
        "ban-in/<slug:code>/<int:round_number>/<int:number>/<slug:mark>/",
        printed_page.printed_page,
        name="printed-page",
    ),
    path("cuoc-thi/<slug:code>/the-le/", rules.rules, name="contest-rules"),
    path("cuoc-thi/<slug:code>/the-le.docx", rules.rules_docx, name="contest-rules-docx"),
    path("cuoc-thi/<slug:code>/so-lieu/", figures.figures, name="figures"),
    path("cuoc-thi/<slug:code>/moc/", heads.heads, name="heads"),
    path("cuoc-thi/<slug:code>/boc-tham/", lots.lots, name="lots"),
    path("cuoc-thi/<slug:code>/ket-qua/", results.results, name="results"),
    path(
        "cuoc-thi/<slug:code>/ket-qua/vong-<int:round_number>-ban-<int:number>.zip",
        results.release_bundle,
        name="release-bundle",
    ),
]
