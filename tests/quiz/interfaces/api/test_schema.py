"""The OpenAPI document is complete, and no call it describes ends in a server error."""

import io
import json
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

from accounts.enums import Role
from tests.factories import make_open_contest
from tests.people import make_person

EVERY_ROLE = (Role.ORGANISER, Role.REVIEWER, Role.AUTHOR, Role.EXPORTER, Role.ADMINISTRATOR)
FEW = settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def written(*options: str) -> str:
    out = io.StringIO()
    call_command("spectacular", *options, stdout=out)
    return out.getvalue()


def test_document_is_valid_and_without_a_warning() -> None:
    assert written("--validate", "--fail-on-warn").startswith("openapi: 3.")


@pytest.mark.django_db
def test_no_call_of_the_document_ends_in_a_server_error() -> None:
    """Every operation with generated input, by someone whom the roles let far in."""
    made = make_open_contest()
    client = Client(raise_request_exception=False)
    client.force_login(make_person("nguoi-goi", *EVERY_ROLE, unit=made.unit))
    schema = schemathesis.openapi.from_dict(json.loads(written("--format", "openapi-json")))
    failures = []
    for result in schema.get_all_operations():
        failures.extend(statuses_from_500(client, result.ok()))
    assert failures == []


def statuses_from_500(client: Client, operation: Any) -> list[str]:
    found: list[str] = []

    @FEW
    @given(case=operation.as_strategy())
    def call(case: Any) -> None:
        response = client.generic(
            case.method.upper(),
            case.formatted_path,
            json.dumps(case.body) if isinstance(case.body, dict | list) else b"",
            content_type="application/json",
            query_params=dict(case.query or {}),
        )
        if response.status_code >= 500:
            found.append(f"{case.method} {case.formatted_path}: {response.status_code}")

    call()
    return found
