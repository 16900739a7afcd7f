"""“Trích nhật ký bài thi” as PDF: its lines, its hash, and the page behind its QR code."""

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from quiz.domain.attempt_logs import attempt_log, log_digest, log_document
from quiz.domain.erasure import erase_entrant
from quiz.domain.log_seals import open_log, seal_log
from quiz.errors import UnknownToken
from quiz.interfaces.pdf.attempt_log import write_attempt_log
from quiz.models import Attempt, Entrant
from tests.quiz.domain.test_attempt_logs import eventful, told

pytestmark = pytest.mark.django_db
LINK = "https://thi.example.vn/trich-nhat-ky/{seal}/"


def test_the_pdf_holds_what_its_hash_is_of(tmp_path: Path, client):
    _made, attempt = eventful()
    made_at = timezone.now().replace(microsecond=123000)
    file = tmp_path / "log.pdf"
    file.write_bytes(write_attempt_log(attempt=attempt, made_at=made_at, link=LINK))
    document = log_document(log=attempt_log(attempt=told(attempt.pk)), made_at=made_at)
    digest = log_digest(document)
    body = file.read_bytes()
    assert body.startswith(b"%PDF")
    assert b"trich-nhat-ky.json" in body
    seal = seal_log(attempt_id=attempt.pk, made_at=made_at, digest=digest)
    sealed = open_log(seal)
    assert (sealed.attempt, sealed.made_at, sealed.digest) == (attempt, made_at, digest)
    page = client.get(reverse("attempt-log-check", args=[seal])).content.decode()
    assert digest in page
    assert Entrant.objects.get(pk=attempt.entrant_id).full_name not in page


def test_a_changed_seal_and_one_of_somebody_erased_open_nothing():
    _made, attempt = eventful()
    seal = seal_log(attempt_id=attempt.pk, made_at=timezone.now(), digest="ab" * 32)
    changed = ("A" if seal[20] != "A" else "B").join((seal[:20], seal[21:]))
    with pytest.raises(UnknownToken):
        open_log(changed)
    erase_entrant(entrant=Entrant.objects.get(), user=None, now=timezone.now())
    assert Attempt.objects.count() == 1
    with pytest.raises(UnknownToken):
        open_log(seal)
