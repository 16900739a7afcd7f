"""People who sign in: officials, organisers, administrators. Citizens need no account."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.crypto import blind_index, blind_indexes, open_text, seal_text
from accounts.text import nfc


def phone_mark(number: str) -> bytes:
    """Under what a person's phone is stored."""
    return blind_index("user-phone", number)


def phone_marks(number: str) -> list[bytes]:
    """Under what a person's phone may be found, while the field key is being exchanged."""
    return blind_indexes("user-phone", number)


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A person who signs in by `username` (staff code) or e-mail; by password if given one."""
        user = self.model(username=username.strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    username = models.CharField(
        _("mã cán bộ"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
    )
    email = models.EmailField(_("thư điện tử"), blank=True)
    full_name = models.CharField(_("họ và tên"), max_length=150)
    unit = models.ForeignKey(
        "accounts.OrgUnit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
    )
    # Sealed; found again by its keyed digest. A phone here belongs to one person alone.
    phone = models.BinaryField(default=b"", blank=True)
    phone_index = models.BinaryField(default=b"", blank=True)
    # Whether the person has shown, by a code, that the phone and the address are theirs.
    phone_verified = models.BooleanField(default=False)
    email_verified = models.BooleanField(default=False)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    inactive_reason = models.CharField(_("lý do khóa"), max_length=200, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("người dùng")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="one_person_per_email",
            ),
            models.UniqueConstraint(
                fields=["phone_index"],
                condition=~models.Q(phone_index=b""),
                name="one_person_per_phone",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def phone_number(self) -> str:
        """The phone in plain text, “0912345678”, or ""."""
        return open_text(self.phone)

    def put_phone(self, number: str, *, verified: bool) -> None:
        """Take over a number as `read_phone` gives it, or "" for none; not saved yet."""
        self.phone, self.phone_index = seal_text(number), phone_mark(number)
        self.phone_verified = verified and bool(number)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.full_name = nfc(self.full_name)
        super().save(*args, **kwargs)
