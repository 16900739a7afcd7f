"""Routes of the bulletin in the workplace."""

from django.urls import path

from frontend.pages.workplace import articles, bulletins

issue_routes = [
    path("ban-tin/", bulletins.bulletins, name="w-bulletins"),
    path("ban-tin/moi/", bulletins.new_bulletin, name="w-bulletin-new"),
    path("ban-tin/<int:pk>/", bulletins.bulletin, name="w-bulletin"),
    path("ban-tin/<int:pk>/phat-hanh/", bulletins.publish, name="w-bulletin-publish"),
    path("ban-tin/<int:pk>/gui-thu/", bulletins.mail, name="w-bulletin-mail"),
    path("ban-tin/<int:pk>/ban-tin.pdf", bulletins.bulletin_draft_pdf, name="w-bulletin-pdf"),
]
article_routes = [
    path("ban-tin/bai/", articles.articles, name="w-articles"),
    path("ban-tin/bai/moi/", articles.new_article, name="w-article-new"),
    path("ban-tin/bai/<int:pk>/", articles.article, name="w-article"),
    path("ban-tin/bai/<int:pk>/sua/", articles.article_form, name="w-article-change"),
    path("ban-tin/bai/<int:pk>/gui/", articles.send, name="w-article-send"),
    path("ban-tin/bai/<int:pk>/duyet/", articles.approve, name="w-article-approve"),
    path("ban-tin/bai/<int:pk>/tra-lai/", articles.send_back, name="w-article-return"),
]
bulletin_routes = [*issue_routes, *article_routes]
