"""What accounts stores."""

from accounts.models.approval import Approval
from accounts.models.audit import ActReason, AuditEntry
from accounts.models.consent import Consent, ConsentText
from accounts.models.data_request import DataRequest, RetentionRun
from accounts.models.installation import Installation
from accounts.models.job import Job
from accounts.models.key_rotation import KeyRotation
from accounts.models.membership import Membership
from accounts.models.org_unit import Headcount, OrgUnit
from accounts.models.pulse import Pulse
from accounts.models.roster import Roster, RosterEntry
from accounts.models.sign_in_link import SignInLink
from accounts.models.throttle import Throttle
from accounts.models.user import User

__all__ = [
    "ActReason",
    "Approval",
    "AuditEntry",
    "Consent",
    "ConsentText",
    "DataRequest",
    "Headcount",
    "Installation",
    "Job",
    "KeyRotation",
    "Membership",
    "OrgUnit",
    "Pulse",
    "RetentionRun",
    "Roster",
    "RosterEntry",
    "SignInLink",
    "Throttle",
    "User",
]
