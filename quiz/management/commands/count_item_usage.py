"""Figures of items for rounds that were sealed before the program counted answers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from quiz.domain.usage_counting import count_usage, rounds_never_counted
from quiz.models import Round


class Command(BaseCommand):
    help = "Đếm câu trả lời theo từng câu hỏi cho các vòng đã niêm phong mà chưa có số liệu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--round", type=int, help="chỉ đếm (lại) vòng có số này")

    def handle(self, *args: Any, **options: Any) -> None:
        rounds = rounds_never_counted()
        if options["round"]:
            rounds = Round.objects.filter(pk=options["round"])
        for round in rounds:
            count_usage(round=round, now=timezone.now())
            self.stdout.write(f"{round.contest}, {round}: đã đếm.")
        if not rounds:
            self.stdout.write("Không còn vòng nào chưa có số liệu.")
