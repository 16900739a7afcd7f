from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self) -> None:
        from training.domain.audit_labels import register_own_labels
        from training.domain.certificates import issue_on_completion
        from training.domain.class_files import register_class_files
        from training.domain.completions import register_on_completed
        from training.domain.course_files import register_course_files
        from training.domain.desk_registers import register_desks
        from training.domain.enrolment_labels import register_enrolment_labels
        from training.domain.enrolment_retention import register_class_stores
        from training.domain.hours_labels import register_hours_labels
        from training.domain.lesson_citations import register_lessons
        from training.domain.library_registers import register_library
        from training.domain.own_hours import register_own_hours
        from training.domain.own_learning import register_own_learning
        from training.domain.plan_labels import register_plan_labels
        from training.domain.retention import register_stores
        from training.domain.rights import register_own_rights
        from training.domain.sealed_stores import register_own_stores
        from training.job_kinds import register_job_kinds

        register_class_files()
        register_class_stores()
        register_enrolment_labels()
        register_course_files()
        register_job_kinds()
        register_lessons()
        register_hours_labels()
        register_own_hours()
        register_plan_labels()
        register_own_labels()
        register_own_learning()
        register_own_rights()
        register_own_stores()
        register_on_completed(issue_on_completion)
        register_stores()
        register_library()
        register_desks()
