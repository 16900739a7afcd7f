"""Routes of item banks."""

from django.urls import path

from frontend.pages.workplace import (
    bank_checkups,
    bank_practice,
    bank_words,
    banks,
    documents,
    import_edit,
    import_review,
    item_export,
    item_finding,
    item_import,
    item_media,
    item_review,
    item_writing,
    items,
    key_openings,
    starter_bank,
)

bank_routes = [
    path("", banks.banks, name="w-banks"),
    path("moi/", banks.new_bank, name="w-bank-new"),
    path("tim/", item_finding.find_items, name="w-items"),
    path("khoi-dau/", starter_bank.load, name="w-starter-bank"),
    path("mau-nhap.xlsx", item_import.import_template, name="w-import-template"),
    path("van-ban/", documents.documents, name="w-documents"),
    path("van-ban/<int:pk>/", documents.document, name="w-document"),
    path("van-ban/<int:pk>/mo-ta/", documents.describe, name="w-document-describe"),
    path("van-ban/<int:pk>/kiem/", documents.check_document, name="w-document-check"),
    path("van-ban/<int:pk>/dieu-khoan/", documents.clause, name="w-clause-end"),
    path(
        "van-ban/<int:pk>/dieu-khoan/<int:end_pk>/con/",
        documents.clause_back,
        name="w-clause-back",
    ),
    path("<int:pk>/", banks.bank, name="w-bank"),
    path("<int:pk>/on-luyen/", bank_practice.practice, name="w-bank-practice"),
    path("<int:pk>/kiem-tra/", bank_checkups.checkup, name="w-bank-check"),
    path("<int:pk>/kiem-tra/chay/", bank_checkups.run, name="w-bank-check-run"),
    path("<int:pk>/kiem-tra/bo-qua/", bank_checkups.leave, name="w-bank-check-leave"),
    path("<int:pk>/kiem-tra/xet-lai/", bank_checkups.again, name="w-bank-check-again"),
    path("<int:pk>/chu-de/", bank_words.words, name="w-bank-words"),
    path("<int:pk>/chu-de/<int:topic_pk>/", bank_words.topic, name="w-topic"),
    path("<int:pk>/nhan/<int:tag_pk>/", bank_words.tag, name="w-tag"),
    path("<int:pk>/biet-dap-an/", key_openings.openings, name="w-key-openings"),
    path("<int:pk>/tep/<str:sha256>/", item_media.media, name="w-media"),
]
item_routes = [
    path("<int:pk>/cau-hoi/moi/", item_writing.new_item, name="w-item-new"),
    path("<int:pk>/cau-hoi/<int:item_pk>/", items.item, name="w-item"),
    path("<int:pk>/cau-hoi/<int:item_pk>/sua/", item_writing.edit_item, name="w-item-edit"),
    path("<int:pk>/cau-hoi/<int:item_pk>/trinh-lai/", items.propose_item, name="w-item-propose"),
    path("<int:pk>/cau-hoi/<int:item_pk>/ngung/", items.retire_item, name="w-item-retire"),
    path("<int:pk>/cau-hoi/<int:item_pk>/y-kien/", items.comment, name="w-item-comment"),
    path("<int:pk>/cau-hoi/<int:item_pk>/nhan/", items.tag_item, name="w-item-tags"),
    path("<int:pk>/cau-hoi/<int:item_pk>/van-dung/", items.keep, name="w-item-keep"),
    path(
        "<int:pk>/viet-do/<int:unfinished_pk>/xoa/",
        item_writing.discard_unfinished,
        name="w-unfinished-discard",
    ),
]
review_routes = [
    path("<int:pk>/duyet/", item_review.review, name="w-item-review"),
    path("<int:pk>/duyet/tat-ca/", item_review.approve_all, name="w-item-approve-all"),
]
import_routes = [
    path("<int:pk>/xuat/", item_export.export_page, name="w-item-export"),
    path("<int:pk>/nhap/", item_import.import_page, name="w-item-import"),
    path("<int:pk>/nhap/ra-soat/", item_import.look_through, name="w-item-import-look"),
    path("<int:pk>/nhap/chay/", item_import.run_import, name="w-item-import-run"),
    path("<int:pk>/nhap/ban-ghi-loi.xlsx", item_import.annotated, name="w-item-import-annotated"),
]
_import = "<int:pk>/nhap/<uuid:session>"
looking_routes = [
    path(f"{_import}/", import_review.review, name="w-import"),
    path(f"{_import}/cau/<int:place>/", import_review.draft, name="w-import-draft"),
    path(f"{_import}/cau/<int:place>/sua/", import_edit.edit, name="w-import-draft-edit"),
    path(f"{_import}/tat-ca/", import_review.decide_many, name="w-import-many"),
    path(f"{_import}/luu/", import_review.store, name="w-import-store"),
    path(f"{_import}/ma-de/", import_review.key_column, name="w-import-key-column"),
    path(f"{_import}/bo/", import_review.discard, name="w-import-discard"),
]
urlpatterns = [*bank_routes, *item_routes, *review_routes, *import_routes, *looking_routes]
