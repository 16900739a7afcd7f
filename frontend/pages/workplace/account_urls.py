"""Routes of one's own account, below /lam-viec/tai-khoan/."""

from django.urls import path

from frontend.pages.workplace import account

account_routes = [
    path("tai-khoan/", account.account, name="w-account"),
    path("tai-khoan/phien/", account.sessions, name="w-account-sessions"),
    path("tai-khoan/phien/ket-thuc/", account.sessions_end, name="w-account-sessions-end"),
    path("tai-khoan/xoa-so/", account.forget_phone, name="w-account-forget-phone"),
    path("tai-khoan/<str:kind>/", account.contact, name="w-account-contact"),
    path("tai-khoan/<str:kind>/ma/", account.confirm, name="w-account-confirm"),
]
