"""Routes of contests, from set-up to release."""

from django.urls import include, path

from frontend.pages.workplace import (
    approval,
    attempts,
    consent_texts,
    contest_keeping,
    contest_papers,
    contest_rules,
    contest_settings,
    contest_wizard,
    contests,
    duplicates,
    entrant_reports,
    entrants,
    may_not_win,
    posters,
    results,
    roster_matches,
    rounds,
    rules_preview,
    tie_settling,
)

approving = [path("duyet/<str:token>/", approval.approve, name="approve-release")]

set_up = [
    path("", contests.contest, name="w-contest"),
    path("dang/", contests.publish, name="w-contest-publish"),
    path("sao-chep/", contest_keeping.copy, name="w-contest-copy"),
    path("luu-tru/", contest_keeping.archive, name="w-contest-archive"),
    path("thiet-lap/dia-chi/", contest_keeping.address, name="w-contest-address"),
    path("tai-lieu/", contest_papers.papers, name="w-papers"),
    path("tai-lieu/cong-van.docx", contest_papers.launch_letter, name="w-launch-letter"),
    path("tai-lieu/to-treo/", contest_papers.posters, name="w-posters"),
    path("to-treo.pdf", posters.poster, name="w-poster"),
    path("thiet-lap/", contest_settings.settings, name="w-contest-settings"),
    path("thiet-lap/thong-tin/", contest_settings.describe, name="w-contest-describe"),
    path("thiet-lap/doi-tuong/", contest_settings.groups, name="w-contest-groups"),
    path("thiet-lap/vong/", contest_settings.new_round, name="w-round-new"),
    path("dong-y/", consent_texts.contest_consent, name="w-contest-consent"),
    path("quy-dinh/", contest_rules.rules, name="w-rules"),
    path("quy-dinh/ban-in/", rules_preview.preview, name="w-rules-preview"),
    path("quy-dinh/the-le.docx", rules_preview.preview_docx, name="w-rules-docx"),
]
people = [
    path("nguoi-du-thi/", entrants.entrants, name="w-entrants"),
    path("nguoi-du-thi/mo-so-lieu/", entrants.show_counts, name="w-open-counts"),
    path("nguoi-du-thi/<int:entrant_pk>/", entrants.entrant, name="w-entrant"),
    path("nguoi-du-thi/<int:entrant_pk>/sua/", entrants.change_entrant, name="w-entrant-change"),
    path(
        "nguoi-du-thi/<int:entrant_pk>/hien-so/", entrants.show_numbers, name="w-entrant-reveal"
    ),
    path(
        "nguoi-du-thi/<int:entrant_pk>/bai/<int:attempt_pk>/",
        attempts.act_on_attempt,
        name="w-attempt",
    ),
    path("bao-mao-danh/", entrant_reports.reports, name="w-reports"),
    path("bao-mao-danh/<int:report_pk>/", entrant_reports.handle, name="w-report"),
    path("khong-nhan-giai/", may_not_win.may_not_win, name="w-may-not-win"),
    path("khong-nhan-giai/<int:named_pk>/bo/", may_not_win.remove, name="w-may-not-win-remove"),
    path("trung/", duplicates.duplicates, name="w-duplicates"),
    path("trung/giu-som-nhat/", duplicates.keep_all_earliest, name="w-keep-earliest"),
    path("trung/<int:case_pk>/", duplicates.decide, name="w-duplicate"),
    path("doi-chieu/", roster_matches.matches, name="w-matches"),
    path("doi-chieu/tim/", roster_matches.find, name="w-matches-find"),
    path("doi-chieu/chac-chan/", roster_matches.confirm_all_sure, name="w-matches-sure"),
    path("doi-chieu/<int:match_pk>/", roster_matches.decide, name="w-match"),
]
of_round = [
    path("", rounds.round_page, name="w-round"),
    path("sua/", rounds.change, name="w-round-change"),
    path("xoa/", rounds.remove, name="w-round-remove"),
    path("chot/", rounds.freeze, name="w-round-freeze"),
    path("bo-chot/", rounds.unfreeze, name="w-round-unfreeze"),
    path("dong/", rounds.close, name="w-round-close"),
    path("ketqua/", results.results, name="w-results"),
    path("ketqua/xep-hang/", results.rank, name="w-rank"),
    path("ketqua/dong-hang/", tie_settling.settle, name="w-tie"),
    path("ketqua/dong-hang/<int:made_pk>/huy/", tie_settling.withdraw, name="w-tie-withdraw"),
    path("ketqua/niem-phong/", results.seal, name="w-seal"),
    path("ketqua/mo-niem-phong/", results.unseal, name="w-unseal"),
    path("ketqua/trinh-ky/", results.submit, name="w-submit-release"),
    path("ketqua/nho-duyet/", results.ask_approval, name="w-ask-approval"),
    path("ketqua/cong-bo/", results.release, name="w-release"),
    path("ketqua/tra-lai/", results.send_back, name="w-return-release"),
    path("ketqua/bang/", results.export, name="w-export"),
    path("ketqua/goi-kiem-chung.zip", posters.bundle, name="w-bundle"),
]
contest_routes = [
    path("cuoc-thi/", contests.contests, name="w-contests"),
    path("cuoc-thi/moi/", contests.new_contest, name="w-contest-new"),
    path("cuoc-thi/tu-mau/", contest_wizard.from_template, name="w-contest-template"),
    path("cuoc-thi/<int:pk>/", include([*set_up, *people])),
    path("cuoc-thi/<int:pk>/vong/<int:round_pk>/", include(of_round)),
]
