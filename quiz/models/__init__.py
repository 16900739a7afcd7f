"""What quiz stores."""

from quiz.models.appeal import Appeal
from quiz.models.attempt import Attempt, AttemptEvent
from quiz.models.award import Award, TieDecision
from quiz.models.contest import AudienceGroup, Contest, CountOpening, MayNotWin, RuleSet
from quiz.models.correction import (
    AttemptCorrection,
    Correction,
    CorrectionChange,
    KeyAmendment,
    PrizeWithdrawal,
)
from quiz.models.duplicate import DuplicateCase, DuplicateMember
from quiz.models.entrant import Entrant
from quiz.models.erased_leaf import ErasedLeaf
from quiz.models.grade import Grade, Standing
from quiz.models.head import Head, ReopenedLeaf, Witness
from quiz.models.integrity_hint import IntegrityHint
from quiz.models.item import Item, ItemBank, ItemVersion, Tag, Topic
from quiz.models.item_finding import BankCheckup, FindingDismissal
from quiz.models.item_import import ImportDraft, ItemImport, ItemSource
from quiz.models.item_media import ItemMedia, MediaFile
from quiz.models.item_talk import CommentsRead, ItemComment, UnfinishedItem
from quiz.models.item_usage import ItemUsage, PoolUsage
from quiz.models.kept_figures import KeptFigures
from quiz.models.key_opening import KeyOpening
from quiz.models.legal_document import Citation, ClauseEnd, LegalDocument, ValidityDecision
from quiz.models.lot_notice import LotNotice
from quiz.models.paper_layout import PaperLayout
from quiz.models.rehearsal import Rehearsal
from quiz.models.release import Release, Seal
from quiz.models.returning import EntrantReport, ReturnCode, StaffEntry
from quiz.models.round import Pool, PoolKey, Round, RoundSecret
from quiz.models.round_sample import RoundSample
from quiz.models.unit_decision import UnitDecision
from quiz.models.unit_duty import (
    RosterMatch,
    RosterReminder,
    RoundHeadcount,
    RoundListing,
    UnitCertificate,
    UnitDeadline,
)
from quiz.models.unit_tree import UnitTree
from quiz.models.winner_certificate import WinnerCertificate

__all__ = [
    "Appeal",
    "Attempt",
    "AttemptCorrection",
    "AttemptEvent",
    "AudienceGroup",
    "Award",
    "BankCheckup",
    "Citation",
    "ClauseEnd",
    "CommentsRead",
    "Contest",
    "Correction",
    "CorrectionChange",
    "CountOpening",
    "DuplicateCase",
    "DuplicateMember",
    "Entrant",
    "EntrantReport",
    "ErasedLeaf",
    "FindingDismissal",
    "Grade",
    "Head",
    "ImportDraft",
    "IntegrityHint",
    "Item",
    "ItemBank",
    "ItemComment",
    "ItemImport",
    "ItemMedia",
    "ItemSource",
    "ItemUsage",
    "ItemVersion",
    "KeptFigures",
    "KeyAmendment",
    "KeyOpening",
    "LegalDocument",
    "LotNotice",
    "MayNotWin",
    "MediaFile",
    "PaperLayout",
    "Pool",
    "PoolKey",
    "PoolUsage",
    "PrizeWithdrawal",
    "Rehearsal",
    "Release",
    "ReopenedLeaf",
    "ReturnCode",
    "RosterMatch",
    "RosterReminder",
    "Round",
    "RoundHeadcount",
    "RoundListing",
    "RoundSample",
    "RoundSecret",
    "RuleSet",
    "Seal",
    "StaffEntry",
    "Standing",
    "Tag",
    "TieDecision",
    "Topic",
    "UnfinishedItem",
    "UnitCertificate",
    "UnitDeadline",
    "UnitDecision",
    "UnitTree",
    "ValidityDecision",
    "WinnerCertificate",
    "Witness",
]
