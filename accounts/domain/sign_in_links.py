"""One-time links: signing in without a password, and choosing the first one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.crypto import keyed_digest, keyed_digests, random_code
from accounts.domain.audit import Act, record_act, record_acts
from accounts.domain.units import ensure_root_unit
from accounts.enums import LinkPurpose, Role
from accounts.errors import DomainError
from accounts.models import Membership, SignInLink, User

TOKEN_BYTES = 24
LINK = "sign-in-link"
SIGN_IN_TTL = timedelta(hours=24)
ACTIVATION_TTL = timedelta(days=7)
FIRST_ADMINISTRATOR = "quan-tri"


class LinkSpent(DomainError):
    """Unknown, used, withdrawn or too old: the four are told apart to nobody."""

    code = "link_spent"
    status = 410
    message = _("Liên kết này đã được dùng hoặc đã hết hạn.")
    hint = _("Đăng nhập bằng mật khẩu, hoặc đề nghị quản trị của đơn vị cấp liên kết mới.")


def _digest(token: str) -> bytes:
    return keyed_digest(LINK, token.encode())


def _issue(*, user: User, purpose: LinkPurpose, expires_at: datetime) -> str:
    token = random_code(TOKEN_BYTES)
    SignInLink.objects.create(
        user=user, purpose=purpose, digest=_digest(token), expires_at=expires_at
    )
    return token


def issue_sign_in_link(*, user: User, now: datetime, ttl: timedelta = SIGN_IN_TTL) -> str:
    """The path of a link that signs `user` in once before `now + ttl`."""
    token = _issue(user=user, purpose=LinkPurpose.SIGN_IN, expires_at=now + ttl)
    return reverse("sign-in-link", args=[token])


def issue_activation_link(
    *, user: User, issued_by: User | None, now: datetime, ttl: timedelta = ACTIVATION_TTL
) -> str:
    """The path where `user` chooses a password. Links issued earlier stop working.

    Handed over on paper or by message, so opening it uses up nothing: previews open links too.
    """
    return issue_activation_links(people=[user], issued_by=issued_by, now=now, ttl=ttl)[user.pk]


@transaction.atomic
def issue_activation_links(
    *, people: Sequence[User], issued_by: User | None, now: datetime, ttl: timedelta
) -> dict[int, str]:
    """The same for many at once: {id of a person: path}."""
    tokens = {person.pk: random_code(TOKEN_BYTES) for person in people}
    SignInLink.objects.filter(user__in=people, used_at=None).update(used_at=now)
    SignInLink.objects.bulk_create(
        SignInLink(
            user_id=pk, purpose=LinkPurpose.ACTIVATE, digest=_digest(token), expires_at=now + ttl
        )
        for pk, token in tokens.items()
    )
    acts = [Act("issue_activation_link", person, person.unit_id, {}) for person in people]
    record_acts(actor=issued_by, acts=acts)
    return {pk: reverse("activate", args=[token]) for pk, token in tokens.items()}


def _usable(token: str, purpose: LinkPurpose, now: datetime) -> QuerySet[SignInLink]:
    return SignInLink.objects.filter(
        digest__in=keyed_digests(LINK, token.encode()),
        purpose=purpose,
        used_at=None,
        expires_at__gt=now,
        user__is_active=True,
    )


def _spend(token: str, purpose: LinkPurpose, now: datetime) -> User:
    """The link's person. Two requests with one link race for this UPDATE; one of them wins."""
    link = _usable(token, purpose, now).select_related("user").first()
    if link is None or not SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
        raise LinkSpent
    return link.user


def use_sign_in_link(*, token: str, now: datetime) -> User:
    """The person a sign-in link lets in, once. Raises LinkSpent."""
    with transaction.atomic():
        user = _spend(token, LinkPurpose.SIGN_IN, now)
        record_act(actor=user, act="use_sign_in_link", subject=user, unit_id=user.unit_id)
    return user


def open_activation(*, token: str, now: datetime) -> User:
    """Whose account an activation link opens; nothing is used up. Raises LinkSpent."""
    link = _usable(token, LinkPurpose.ACTIVATE, now).select_related("user").first()
    if link is None:
        raise LinkSpent
    return link.user


def activate_person(*, token: str, password: str, now: datetime) -> User:
    """Set the password the person chose and use the link up. Raises LinkSpent."""
    with transaction.atomic():
        user = _spend(token, LinkPurpose.ACTIVATE, now)
        user.set_password(password)
        user.save(update_fields=["password"])
        record_act(actor=user, act="activate_person", subject=user, unit_id=user.unit_id)
    return user


def issue_first_administrator_link(*, now: datetime) -> str | None:
    """A link for the first administrator of an empty installation, else None.

    Makes the root unit and the administrator where there is neither. While that administrator
    has never been inside, a link lost or too old is replaced at the next start.
    """
    with transaction.atomic():
        administrators = User.objects.filter(memberships__role=Role.ADMINISTRATOR)
        user = administrators.filter(username=FIRST_ADMINISTRATOR, last_login=None).first()
        if user is None:
            if administrators.exists():
                return None
            user = _create_first_administrator()
        return issue_sign_in_link(user=user, now=now)


def _create_first_administrator() -> User:
    unit = ensure_root_unit()
    user, _created = User.objects.get_or_create(
        username=FIRST_ADMINISTRATOR, defaults={"full_name": str(_("Quản trị")), "unit": unit}
    )
    Membership.objects.create(user=user, unit=unit, role=Role.ADMINISTRATOR)
    record_act(actor=None, act="create_first_administrator", subject=user, unit_id=unit.pk)
    return user
