"""Every route's home: pages, the API, sign-in."""

from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("config.account_urls")),
    path("api/", include("quiz.interfaces.api.urls")),
    path("api/", include("training.interfaces.api.urls")),
    path("api/v1/library/", include("training.interfaces.api.library_urls")),
    path("", include("frontend.urls")),
]
handler400 = "frontend.pages.public.errors.bad_request"
handler403 = "frontend.pages.public.errors.no_permission"
handler404 = "frontend.pages.public.errors.not_found"
handler500 = "frontend.pages.public.errors.server_error"
