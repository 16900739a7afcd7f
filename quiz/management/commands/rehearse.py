"""`manage.py rehearse --contest CODE`: invented entrants against a shadow of the contest, here."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import DomainError
from quiz.domain.rehearsal_words import measured_sentence, unmeasured_sentences
from quiz.domain.rehearsals import prepare_rehearsal, run_rehearsal
from quiz.models import Contest, Rehearsal


class Command(BaseCommand):
    help = "Diễn tập một cuộc thi trên chính hệ thống này, rồi xoá mọi thứ đã tạo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--contest", required=True, help="mã cuộc thi")
        parser.add_argument("--entrants", type=int, default=100)
        parser.add_argument("--minutes", type=int, default=1)
        parser.add_argument("--url", default="", help="địa chỉ nội bộ của máy chủ web")
        parser.add_argument("--force", action="store_true", help="dù có vòng thi đang mở")

    def handle(self, *args: Any, **options: Any) -> None:
        contest = Contest.objects.real().filter(code=options["contest"]).first()
        if contest is None:
            raise CommandError(_("Không có cuộc thi mang mã “%s”.") % options["contest"])
        try:
            rehearsal = prepare_rehearsal(
                contest=contest,
                user=None,
                entrants=options["entrants"],
                minutes=options["minutes"],
                now=timezone.now(),
                url=options["url"],
                anyway=options["force"],
            )
            self._run(rehearsal)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _run(self, rehearsal: Rehearsal) -> None:
        """Ctrl-C ends it and deletes the shadow, as a cancelled job does."""
        report = run_rehearsal(rehearsal=rehearsal)
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
        self.stdout.write(measured_sentence(rehearsal))
        for sentence in unmeasured_sentences(rehearsal):
            self.stdout.write(f"- {sentence}")
