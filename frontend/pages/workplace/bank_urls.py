"""Routes of item banks."""

from django.urls import path

from frontend.pages.workplace import (
    banks,
    documents,
    item_import,
    item_media,
    item_review,
    items,
    starter_bank,
)

bank_routes = [
    path("", banks.banks, name="w-banks"),
    path("moi/", banks.new_bank, name="w-bank-new"),
    path("khoi-dau/", starter_bank.load, name="w-starter-bank"),
    path("mau-nhap.xlsx", item_import.import_template, name="w-import-template"),
    path("van-ban/", documents.documents, name="w-documents"),
    path("van-ban/<int:pk>/", documents.check_document, name="w-document"),
    path("<int:pk>/", banks.bank, name="w-bank"),
    path("<int:pk>/tep/<str:sha256>/", item_media.media, name="w-media"),
]
item_routes = [
    path("<int:pk>/cau-hoi/moi/", items.new_item, name="w-item-new"),
    path("<int:pk>/cau-hoi/<int:item_pk>/", items.item, name="w-item"),
    path("<int:pk>/cau-hoi/<int:item_pk>/sua/", items.edit_item, name="w-item-edit"),
    path("<int:pk>/cau-hoi/<int:item_pk>/trinh-lai/", items.propose_item, name="w-item-propose"),
    path("<int:pk>/cau-hoi/<int:item_pk>/ngung/", items.retire_item, name="w-item-retire"),
]
review_routes = [
    path("<int:pk>/duyet/", item_review.review, name="w-item-review"),
    path("<int:pk>/duyet/tat-ca/", item_review.approve_all, name="w-item-approve-all"),
]
import_routes = [
    path("<int:pk>/nhap/", item_import.import_page, name="w-item-import"),
    path("<int:pk>/nhap/chay/", item_import.run_import, name="w-item-import-run"),
    path("<int:pk>/nhap/ban-ghi-loi.xlsx", item_import.annotated, name="w-item-import-annotated"),
]
urlpatterns = [*bank_routes, *item_routes, *review_routes, *import_routes]
