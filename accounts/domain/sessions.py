"""Where somebody is signed in, and ending it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.models import User


def open_sessions(*, person: User, now: datetime) -> list[UserSession]:
    """The person's sessions that still let them in, the latest first."""
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    held = UserSession.objects.filter(user=person, session_key__in=alive)
    return list(held.order_by("-created_at", "-pk"))


def end_session(*, person: User, pk: int) -> None:
    """End one session of the person's own; one that is over already is over."""
    _end(UserSession.objects.filter(user=person, pk=pk))


def end_other_sessions(*, person: User, but: str) -> None:
    """End all sessions of the person, except the one with the key `but`."""
    _end(UserSession.objects.filter(user=person).exclude(session_key=but))


def end_sessions(person_ids: Collection[int]) -> None:
    """End every session of these people."""
    _end(UserSession.objects.filter(user__in=person_ids))


def _end(sessions: Iterable[UserSession]) -> None:
    with transaction.atomic():
        keys = [session.session_key for session in sessions]
        Session.objects.filter(session_key__in=keys).delete()
        UserSession.objects.filter(session_key__in=keys).delete()
