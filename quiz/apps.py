from django.apps import AppConfig


class QuizConfig(AppConfig):
    name = "quiz"

    def ready(self) -> None:
        from quiz.job_kinds import register_job_kinds

        register_job_kinds()
