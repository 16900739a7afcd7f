"""A bank with its people."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from accounts.enums import Role
from accounts.models import OrgUnit, User
from quiz.domain.banks import create_bank
from quiz.domain.items import add_items
from quiz.models import ItemBank, ItemVersion
from tests.factories import make_draft
from tests.people import make_person, make_unit


@dataclass(frozen=True)
class BankWorld:
    """Alice writes, Rosa reviews, Adam administers `here`; Bob writes and reviews elsewhere."""

    here: OrgUnit
    bank: ItemBank
    alice: User
    rosa: User
    adam: User
    bob: User

    def client(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def add(self, *numbers: int, author: User | None = None, **fields: Any) -> list[ItemVersion]:
        drafts = [make_draft(number, **fields) for number in numbers]
        return add_items(bank=self.bank, drafts=drafts, author=author or self.alice)


def make_bank_world() -> BankWorld:
    here, there = make_unit("o-day"), make_unit("noi-khac")
    alice = make_person("alice", Role.AUTHOR, unit=here)
    return BankWorld(
        here=here,
        bank=create_bank(name="Cải cách hành chính", unit=here, user=alice),
        alice=alice,
        rosa=make_person("rosa", Role.REVIEWER, unit=here),
        adam=make_person("adam", Role.ADMINISTRATOR, unit=here),
        bob=make_person("bob", Role.AUTHOR, Role.REVIEWER, unit=there),
    )
