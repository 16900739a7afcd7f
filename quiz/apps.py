from django.apps import AppConfig


class QuizConfig(AppConfig):
    name = "quiz"

    def ready(self) -> None:
        from quiz.domain.audit_labels import register_own_labels
        from quiz.domain.item_citations import register_items
        from quiz.domain.own_data_requests import register_entrant_requests
        from quiz.domain.retention import register_stores
        from quiz.domain.rights import register_own_rights
        from quiz.domain.sealed_stores import register_own_stores
        from quiz.domain.unused_media import register_media_store
        from quiz.job_kinds import register_job_kinds

        register_job_kinds()
        register_own_labels()
        register_own_rights()
        register_own_stores()
        register_stores()
        register_entrant_requests()
        register_items()
        register_media_store()
