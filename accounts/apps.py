from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Con người và đơn vị")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from accounts.adapter import note_fresh_proof

        authenticator_added.connect(note_fresh_proof, dispatch_uid="fresh-proof")
