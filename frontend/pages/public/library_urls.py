"""Routes of the library that anyone may read."""

from django.urls import path

from frontend.pages.public import (
    bulletins,
    channels,
    faq,
    indexes,
    inquiries,
    library,
    practice,
    procedures,
)

library_routes = [
    path("thu-vien/", library.library, name="library"),
    path("thu-vien/tai-lieu/<slug:slug>/", library.material, name="library-material"),
    path("thu-vien/tai-lieu/<slug:slug>/kich-ban/", library.script, name="library-script"),
    path("ban-tin/", bulletins.bulletins, name="bulletins"),
    path("ban-tin/bai/<slug:pk>/", bulletins.bulletin_article, name="bulletin-article"),
    path("ban-tin/<slug:slug>/", bulletins.bulletin, name="bulletin"),
    path("ban-tin/<slug:slug>/ban-tin.pdf", bulletins.bulletin_pdf, name="bulletin-pdf"),
    path("on-luyen/", practice.practice, name="practice"),
    path("on-luyen/hoi/", practice.practice_item, name="practice-item"),
    path("on-luyen/hinh/<str:sha256>/", practice.practice_media, name="practice-media"),
    path("hoi-dap/", faq.faq, name="faq"),
    path("hoi-dap/<int:pk>/", faq.entry, name="faq-entry"),
    path("hoi-dap/<int:pk>/y-kien/", faq.verdict, name="faq-verdict"),
    path("hoi-dap/tra-loi/", inquiries.answers, name="answers"),
    path("hoi-dap/tra-loi/<slug:number>/", inquiries.answer, name="answer"),
    path("hoi-dap/gui/", inquiries.ask, name="inquiry-ask"),
    path("hoi-dap/cua-toi/", inquiries.mine, name="inquiry-mine"),
    path("hoi-dap/cua-toi/rut/", inquiries.take_back, name="inquiry-take-back"),
    path("hoi-dap/cua-toi/dong/", inquiries.leave, name="inquiry-leave"),
    path("thu-vien/chi-so/", indexes.indexes, name="indexes"),
    path("thu-vien/chi-so.xlsx", indexes.indexes_xlsx, name="indexes-xlsx"),
    path("thu-vien/chi-so/<int:pk>/", indexes.index_unit, name="index-unit"),
    path("thu-vien/thu-tuc/", procedures.procedures, name="procedures"),
    path("thu-vien/thu-tuc/<str:code>/", procedures.procedure, name="procedure"),
    path("thu-vien/danh-ba/", channels.channels, name="channels"),
    path("thu-vien/phan-anh-kien-nghi/", channels.feedback, name="feedback"),
]
