"""What the demo shows at a desk: a survey with results, a screen that plays."""

import random
from datetime import datetime, timedelta

from django.db import transaction

from accounts.domain.installation import update_installation
from accounts.models import OrgUnit
from quiz.demo.loading import open_setting
from quiz.demo.setting import LEAD_UNIT, DemoSetting
from quiz.models import Contest
from training.domain.playlists import create_playlist, save_slide
from training.domain.screens import create_screen
from training.domain.survey_answers import give_answer, make_form_token
from training.domain.surveys import create_survey, current_version, document_of
from training.enums import FileKind, FileState, SlideKind
from training.models import Survey, TrainingFile

TITLE = "Khảo sát hài lòng tại bộ phận một cửa (mẫu)"
SEED, ANSWERS = 2026, 43
LEVELS = (48, 34, 11, 5, 2)  # in a hundred
REMARKS = ("Cán bộ hướng dẫn dễ hiểu.", "Ghế chờ hơi ít.", "Nộp trực tuyến tiện hơn.", "")
FILM = "Nộp hồ sơ trực tuyến (mẫu)"
WELCOME = (
    "Quét mã QR để hỏi, nộp hồ sơ và theo dõi kết quả.\n\n"
    "Giờ làm việc: **7:30–11:30** và **13:00–17:00**, từ thứ Hai đến thứ Sáu."
)


@transaction.atomic
def load_desks(*, now: datetime) -> None:
    """For the desks of a demo loaded before, by the same acts as people do it."""
    setting = open_setting()
    survey = create_survey(
        unit=setting.province, title=TITLE, user=setting.organiser, now=now - timedelta(days=70)
    )
    lead = setting.units[LEAD_UNIT]
    others = [unit for code, unit in sorted(setting.units.items()) if code != LEAD_UNIT]
    dice = random.Random(SEED)  # noqa: S311  (the demo is the same each time)
    for unit in (lead, *others[:2]):
        _answers(survey, unit, dice, now)
    _screen(setting, lead, survey)
    update_installation(user=setting.organiser, shows_visits=True)


def _answers(survey: Survey, unit: OrgUnit, dice: random.Random, now: datetime) -> None:
    """Four batches over two months; three answers wait for others."""
    version = current_version(survey=survey)
    prompts = document_of(version).prompts
    for number in range(ANSWERS):
        give_answer(
            version=version,
            unit=unit,
            chosen=[
                dice.choices(range(5), LEVELS)[0]
                if prompt.kind == "scale"
                else dice.randrange(prompt.size)
                for prompt in prompts
            ],
            remark=dice.choice(REMARKS) if number % 5 == 0 else "",
            token=make_form_token(),
            now=now - timedelta(days=60 - number),
        )


def _screen(setting: DemoSetting, unit: OrgUnit, survey: Survey) -> None:
    organiser = setting.organiser
    playlist = create_playlist(unit=unit, name="Quầy một cửa (mẫu)", user=organiser)
    common = {"playlist": playlist, "user": organiser}
    save_slide(**common, kind=SlideKind.TEXT, title=f"Chào mừng đến {unit.name}", text=WELCOME)
    for film in TrainingFile.objects.filter(kind=FileKind.VIDEO, state=FileState.READY)[:1]:
        words = TrainingFile.objects.filter(kind=FileKind.SUBTITLES, state=FileState.READY).first()
        save_slide(**common, kind=SlideKind.FILE, file=film, subtitles=words, title=FILM)
    for contest in Contest.objects.public().order_by("-pk")[:1]:
        save_slide(**common, kind=SlideKind.CONTEST, contest=contest)
    title = "Bạn thấy hôm nay thế nào?"
    save_slide(**common, kind=SlideKind.SURVEY, survey=survey, title=title)
    create_screen(unit=unit, name="TV quầy 1 (mẫu)", playlist=playlist, user=organiser)
