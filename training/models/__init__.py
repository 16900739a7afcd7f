"""What training stores."""

from training.models.bulletin import Article, Bulletin, BulletinLetter
from training.models.certificate import Certificate, CertificateKey
from training.models.clause_batch import ClauseBatch
from training.models.communication_plan import CommunicationPlan, PlanEvidence, PlanTask
from training.models.course import Course, CourseModule, Lesson, LessonCitation, LessonFile
from training.models.credit import Credit, CreditScan
from training.models.duty import DutySetting
from training.models.enrolment import Enrolment, LessonProgress, StudySpan
from training.models.enrolment_rule import EnrolmentReminder, EnrolmentTerms, UnitEnrolment
from training.models.faq import Faq
from training.models.feedback import Feedback, FeedbackGiven, FeedbackRemark, FeedbackSum
from training.models.gain import GainPair
from training.models.inquiry import Inquiry
from training.models.library_lists import ContactChannel, IndexResult, PageText, Procedure
from training.models.material import Material, MaterialCitation, MaterialSubtitles
from training.models.practice_card import PracticeCard
from training.models.quiz_try import QuizTry
from training.models.screen import Playlist, Screen, Slide
from training.models.search_entry import SearchEntry
from training.models.study_tally import StudyDay, StudyTally
from training.models.survey import (
    Survey,
    SurveyFigures,
    SurveyPot,
    SurveyRemark,
    SurveyTurn,
    SurveyVersion,
)
from training.models.training_class import (
    Attendance,
    ClassInvitee,
    ClassSession,
    TrainingClass,
)
from training.models.training_file import TrainingFile
from training.models.visit import VisitDay, VisitMinute

__all__ = [
    "Article",
    "Attendance",
    "Bulletin",
    "BulletinLetter",
    "Certificate",
    "CertificateKey",
    "ClassInvitee",
    "ClassSession",
    "ClauseBatch",
    "CommunicationPlan",
    "ContactChannel",
    "Course",
    "CourseModule",
    "Credit",
    "CreditScan",
    "DutySetting",
    "Enrolment",
    "EnrolmentReminder",
    "EnrolmentTerms",
    "Faq",
    "Feedback",
    "FeedbackGiven",
    "FeedbackRemark",
    "FeedbackSum",
    "GainPair",
    "IndexResult",
    "Inquiry",
    "Lesson",
    "LessonCitation",
    "LessonFile",
    "LessonProgress",
    "Material",
    "MaterialCitation",
    "MaterialSubtitles",
    "PageText",
    "PlanEvidence",
    "PlanTask",
    "Playlist",
    "PracticeCard",
    "Procedure",
    "QuizTry",
    "Screen",
    "SearchEntry",
    "Slide",
    "StudyDay",
    "StudySpan",
    "StudyTally",
    "Survey",
    "SurveyFigures",
    "SurveyPot",
    "SurveyRemark",
    "SurveyTurn",
    "SurveyVersion",
    "TrainingClass",
    "TrainingFile",
    "UnitEnrolment",
    "VisitDay",
    "VisitMinute",
]
