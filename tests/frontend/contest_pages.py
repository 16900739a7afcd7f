"""What tests of contest pages share: signed-in browsers, and a worker that has done its work."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import encrypt
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.domain.jobs import run_job
from accounts.enums import JobState
from accounts.models import Job, User
from quiz.domain.figures import COUNT_FIGURES


def browser_of(user: User) -> Client:
    """A browser in which `user` is signed in, with a second factor set up."""
    Authenticator.objects.get_or_create(
        user=user,
        type=Authenticator.Type.TOTP,
        defaults={"data": {"secret": encrypt(generate_totp_secret())}},
    )
    client = Client()
    client.force_login(user)
    return client


def read(client: Client, route: str, query: str = "", **kwargs: Any) -> HttpResponse:
    return client.get(reverse(route, kwargs=kwargs) + query)


def send(client: Client, route: str, data: dict[str, Any] | None = None, **kwargs: Any):
    """Post, and follow to the page that comes of it."""
    return client.post(reverse(route, kwargs=kwargs), data or {}, follow=True)


def text_of(response: HttpResponse) -> str:
    """The page's words with single spaces."""
    return " ".join(response.content.decode().split())


def do_jobs() -> list[str]:
    """Run what is queued as the worker would; the kinds, in order. Fails with a job's error.

    Figures, which every release has counted on the side, are left out of the kinds.
    """
    kinds = []
    while job := Job.objects.filter(state=JobState.QUEUED).order_by("pk").first():
        run_job(job_id=job.pk)
        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.DONE, "")
        kinds.append(job.kind)
    return [kind for kind in kinds if kind != COUNT_FIGURES]
