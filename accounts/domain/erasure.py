"""Erasing a person who used to sign in: what they did stays, who they were does not."""

from django.db import transaction

from accounts.domain.audit import record_act
from accounts.domain.sessions import end_sessions
from accounts.models import SignInLink, User

# Stands where a name stood. Stored, because lists and papers sort and print what is stored.
ERASED_USER = "(đã xoá)"
# What signing in keeps about a person: addresses, second factors, sessions, linked accounts.
SIGN_IN_APPS = ("account", "mfa", "usersessions", "socialaccount")


@transaction.atomic
def erase_person(*, person: User, user: User | None) -> None:
    """Their row keeps its number, because items, decisions and the diary name it; nothing else.

    `user` is who granted it; None is the end of the time for which it was kept.
    """
    # First, while it is still known which sessions are theirs.
    end_sessions({person.pk})
    for relation in User._meta.related_objects:  # noqa: SLF001  (Django's documented name)
        model = relation.related_model
        if model._meta.app_label in SIGN_IN_APPS:  # noqa: SLF001
            rows = model._default_manager  # noqa: SLF001
            rows.filter(**{relation.field.name: person}).delete()
    SignInLink.objects.filter(user=person).delete()
    person.memberships.all().delete()
    person.username, person.full_name = f"da-xoa-{person.pk}", ERASED_USER
    person.email, person.inactive_reason, person.is_active = "", "", False
    person.email_verified = False
    person.put_phone("", verified=False)
    person.set_unusable_password()
    person.save()
    record_act(actor=user, act="erase_person", subject=person, unit_id=person.unit_id)
