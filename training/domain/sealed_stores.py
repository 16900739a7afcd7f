"""What training keeps sealed, for the exchange of the field key."""

from accounts.domain.key_rotation import SealedStore, register_sealed_store
from training.models import CertificateKey


def register_own_stores() -> None:
    """Called once when Django starts."""
    store = SealedStore("training.certificatekey", CertificateKey, ["private_key"])
    register_sealed_store(store)
