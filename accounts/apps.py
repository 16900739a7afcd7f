from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Con người và đơn vị")

    def ready(self) -> None:
        from allauth.account.signals import authentication_step_completed
        from allauth.mfa.signals import authenticator_added

        from accounts.adapter import note_code, note_fresh_proof
        from accounts.domain.audit_labels import register_own_labels
        from accounts.domain.own_account import register_own_account
        from accounts.domain.retention_stores import register_stores
        from accounts.domain.rights import register_own_rights
        from accounts.domain.sealed_stores import register_own_stores
        from accounts.domain.sending import use_text_gateway
        from accounts.interfaces.excel.diary import register_diary_job
        from accounts.interfaces.excel.list_jobs import register_list_jobs
        from accounts.interfaces.excel.rosters_upload import register_roster_jobs
        from accounts.interfaces.pdf.slips import register_slip_job
        from accounts.interfaces.text_gateways import send_by_gateway

        authenticator_added.connect(note_fresh_proof, dispatch_uid="fresh-proof")
        register_own_labels()
        register_own_rights()
        register_own_stores()
        register_diary_job()
        authentication_step_completed.connect(note_code, dispatch_uid="code-came-back")
        use_text_gateway(send_by_gateway)
        register_roster_jobs()
        register_list_jobs()
        register_slip_job()
        register_stores()
        register_own_account()
