"""Freezing a round: its papers, rules and keys are fixed and committed to before anyone enters."""

import os
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.crypto import seal_text
from accounts.domain.audit import record_act
from accounts.errors import Fault, Faults, NotAllowed
from accounts.models import User
from quiz.domain.frozen import forget_round
from quiz.domain.key_openings import open_keys
from quiz.domain.pools import (
    PoolDraft,
    count_cells,
    count_unchecked,
    draft_pool,
    drawable_versions,
    usable_versions,
)
from quiz.domain.unit_trees import keep_unit_tree
from quiz.domain.usage_counting import note_usage
from quiz.domain.validity_decisions import doubts_among, dropped_from, last_day
from quiz.engine.commitments import SECRET_BYTES, commit_round
from quiz.engine.drawing import DRAW_VERSION, read_pool
from quiz.enums import RoundState
from quiz.errors import RoundFixed
from quiz.models import AudienceGroup, ItemVersion, Pool, PoolKey, Round, RoundSecret
from quiz.permissions import may_run_contest
from quiz.rules.document import (
    PaperRules,
    RuleDocument,
    check_feasible,
    check_rules,
    check_window,
    entry_part,
    parse_rules,
    result_part,
)


def commitment_document(
    *,
    rules: RuleDocument,
    pools: dict[str, dict[str, Any]],
    keys: dict[str, list[int]],
    public_key: str,
) -> dict[str, Any]:
    """Everything fixed at the opening; `pools` and `keys` go by group code. See `commit_round`."""
    return {
        "pools": pools,
        "keys": keys,
        "rules": {"entry": entry_part(rules), "result": result_part(rules)},
        "draw_version": DRAW_VERSION,
        "receipt_key": public_key,
    }


def round_faults(*, round: Round, now: datetime) -> list[Fault]:
    """Everything that still keeps the round from being frozen; empty when it can be."""
    return _Preparation(round, now).faults


@transaction.atomic
def freeze_round(*, round: Round, user: User, now: datetime) -> Round:
    """Fix rules, pools and keys, and publish the commitment.

    Raises NotAllowed, RoundFixed when it is no draft, Faults with everything that is missing.
    """
    if not may_run_contest(user, round.contest):
        raise NotAllowed()
    locked = Round.objects.select_for_update().get(pk=round.pk)
    if locked.state != RoundState.DRAFT:
        raise RoundFixed()
    ready = _Preparation(locked, now)
    if ready.faults or ready.rules is None:
        raise Faults(ready.faults)
    for group in locked.contest.groups.select_related("bank"):
        if group.bank is not None:
            open_keys(bank=group.bank, user=user)
    pools = fix_papers(round=locked, rules=ready.rules, salt=ready.salt, pools=ready.pools, now=now)
    for pool in pools:
        note_usage(pool=pool)
    record_act(
        actor=user,
        act="freeze_round",
        subject=locked,
        unit_id=locked.contest.unit_id,
        commitment=locked.commitment,
    )
    transaction.on_commit(lambda: forget_round(locked.pk, locked.contest.code))
    return locked


def fix_papers(
    *,
    round: Round,
    rules: RuleDocument,
    salt: bytes,
    pools: Sequence[tuple[AudienceGroup, PoolDraft]],
    now: datetime,
) -> list[Pool]:
    """Store pools, keys, the round's secrets and its commitment; the round is frozen then."""
    signing_key = Ed25519PrivateKey.generate()
    round.public_key = signing_key.public_key().public_bytes_raw().hex()
    RoundSecret.objects.create(
        round=round,
        salt=seal_text(salt.hex()),
        signing_key=seal_text(signing_key.private_bytes_raw().hex()),
    )
    stored = []
    for group, draft in pools:
        pool = Pool.objects.create(
            round=round, group=group, document=draft.document, digest=draft.digest
        )
        PoolKey.objects.create(pool=pool, masks=draft.masks)
        stored.append(pool)
    round.rules = round.contest.rules
    round.commitment = commit_round(
        salt,
        commitment_document(
            rules=rules,
            pools={group.code: draft.document for group, draft in pools},
            keys={group.code: draft.masks for group, draft in pools},
            public_key=round.public_key,
        ),
    )
    round.state, round.frozen_at = RoundState.FROZEN, now
    round.unit_tree = keep_unit_tree(now=now)
    round.save()
    return stored


@transaction.atomic
def unfreeze_round(*, round: Round, user: User, now: datetime) -> Round:
    """Take the freeze back while nobody can have started. Raises NotAllowed, RoundFixed."""
    if not may_run_contest(user, round.contest):
        raise NotAllowed()
    locked = Round.objects.select_for_update().get(pk=round.pk)
    if locked.state != RoundState.FROZEN or locked.opens_at <= now:
        raise RoundFixed()
    Pool.objects.filter(round=locked).delete()
    RoundSecret.objects.filter(round=locked).delete()
    withdrawn = locked.commitment
    locked.rules = locked.frozen_at = locked.unit_tree = None
    locked.commitment = locked.public_key = ""
    locked.state = RoundState.DRAFT
    locked.save()
    record_act(
        actor=user,
        act="unfreeze_round",
        subject=locked,
        unit_id=locked.contest.unit_id,
        commitment=withdrawn,
    )
    transaction.on_commit(lambda: forget_round(locked.pk, locked.contest.code))
    return locked


def prepare_pools(*, round: Round, now: datetime, salt: bytes) -> "_Preparation":
    """What the round would be frozen with now, its options mixed by `salt`; stores nothing."""
    return _Preparation(round, now, salt)


class _Preparation:
    """What a round would be frozen with, and what is missing for it."""

    def __init__(self, round: Round, now: datetime, salt: bytes | None = None) -> None:
        self.round, self.contest = round, round.contest
        self.salt = salt or os.urandom(SECRET_BYTES)
        self.faults: list[Fault] = []
        self.pools: list[tuple[AudienceGroup, PoolDraft]] = []
        self.rules = self._read_rules()
        if self.contest.consent_text_id is None:
            self._miss(
                pgettext("một", "Cuộc thi"),
                "no_consent_text",
                _("chưa chọn nội dung đồng ý xử lý dữ liệu cá nhân."),
                _("Chọn nội dung đồng ý ở phần thông tin cuộc thi."),
            )
        if round.closes_at <= now:
            self._miss(
                round.name,
                "already_over",
                _("thời điểm đóng vòng đã qua."),
                _("Đặt lại giờ mở và giờ đóng của vòng."),
            )
        if self.rules is not None:
            self.faults += check_rules(self.rules)
            self.faults += check_window(round.opens_at, round.closes_at, self.rules)
            self._draft_pools(self.rules)

    def _miss(self, place: str, code: str, message: str, hint: str) -> None:
        self.faults.append(Fault(place=place, code=code, message=message, hint=hint))

    def _read_rules(self) -> RuleDocument | None:
        if self.contest.rules is None:
            self._miss(
                _("Thể lệ"),
                "no_rules",
                _("cuộc thi chưa có thể lệ."),
                _("Chọn một mẫu thể lệ rồi lưu."),
            )
            return None
        try:
            return parse_rules(self.contest.rules.document)
        except Faults as error:
            self.faults += error.faults
            return None

    def _draft_pools(self, rules: RuleDocument) -> None:
        groups = {group.code: group for group in self.contest.groups.select_related("bank")}
        if not groups or set(groups) != {group.code for group in rules.groups}:
            self._miss(
                _("Đối tượng dự thi"),
                "groups_differ",
                _("các đối tượng của cuộc thi và của thể lệ chưa khớp nhau."),
                _("Lưu lại thể lệ sau khi sửa danh sách đối tượng."),
            )
            return
        banked = {code: self._versions(group) for code, group in groups.items()}
        counts = {code: count_cells(versions) for code, versions in banked.items()}
        short = check_feasible(rules, counts)
        self.faults += short
        for part in rules.groups:
            self._ask_for_decisions(groups[part.code], part.paper, banked[part.code])
            if not short:
                self._draft_pool(groups[part.code], part.paper, banked[part.code])

    def _versions(self, group: AudienceGroup) -> list[ItemVersion]:
        if group.bank is None:
            self._miss(
                group.name,
                "no_bank",
                _("chưa chọn ngân hàng câu hỏi."),
                _("Chọn ngân hàng cho đối tượng này."),
            )
            return []
        dropped = dropped_from(self.round)
        versions = [v for v in usable_versions(group.bank) if v.pk not in dropped]
        if unchecked := count_unchecked(versions):
            self._miss(
                group.name,
                "validity_unchecked",
                _("%(count)s câu đã duyệt dẫn văn bản đang chờ kiểm hiệu lực.")
                % {"count": unchecked},
                _("Kiểm tra hiệu lực văn bản rồi bỏ cờ, hoặc ngừng dùng các câu đó."),
            )
        return versions

    def _ask_for_decisions(
        self, group: AudienceGroup, paper: PaperRules, versions: Sequence[ItemVersion]
    ) -> None:
        asked = drawable_versions(paper, versions)
        if doubts := doubts_among(asked, on=last_day(self.round)):
            self._miss(
                group.name,
                "basis_ended",
                _("%(count)s câu dẫn căn cứ hết hiệu lực chưa có quyết định.")
                % {"count": len(doubts)},
                _("Mở “Căn cứ hết hiệu lực” của vòng rồi quyết định từng câu."),
            )

    def _draft_pool(
        self, group: AudienceGroup, paper: PaperRules, versions: Sequence[ItemVersion]
    ) -> None:
        if paper.fixed_items is not None:
            by_number = {version.item.number: version for version in versions}
            missing = [number for number in paper.fixed_items if number not in by_number]
            if missing:
                self._miss(
                    group.name,
                    "fixed_item_missing",
                    _("đề cố định có câu chưa được duyệt: %(numbers)s.")
                    % {"numbers": ", ".join(map(str, missing))},
                    _("Duyệt các câu đó hoặc thay bằng câu khác trong thể lệ."),
                )
                return
            versions = [by_number[number] for number in paper.fixed_items]
        draft = draft_pool(paper=paper, versions=versions, salt=self.salt)
        read_pool(draft.document)  # drawable, or nothing is stored
        self.pools.append((group, draft))
