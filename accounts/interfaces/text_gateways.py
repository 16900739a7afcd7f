"""Text messages by the HTTP interface of a provider, described by settings and not by code.

    {"url": "https://sms.example.vn/send", "method": "POST",
     "headers": {"Authorization": "Bearer …"},
     "json": {"to": "{phone}", "content": "{text}", "brand": "CCHC"},
     "expect": [200], "answer": {"CodeResult": "100"}}

`query`, `form` or `json` carry the message; `phone` chooses how numbers are written; `answer`
names what the reply must say, for providers that answer 200 to everything.
"""

import json
import logging
import re
from typing import Annotated, Any, Literal

from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field, ValidationError, model_validator

from accounts.domain.sending import BadSender, SendingFailed
from accounts.text import without_marks

logger = logging.getLogger(__name__)
CONNECT_SECONDS, ANSWER_SECONDS = 5, 10
ANSWER_BYTES = 65_536


class GatewaySettings(BaseModel):
    """What a provider's manual says, checked when it is stored."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: AnyHttpUrl
    method: Literal["GET", "POST", "PUT"] = "POST"
    headers: dict[str, str] = {}
    query: dict[str, str] = {}
    form: dict[str, str] = {}
    json_body: Any = Field(default=None, alias="json")
    phone: Literal["0912345678", "84912345678", "+84912345678"] = "0912345678"
    # Messages with Vietnamese marks cost twice as much; some providers refuse them.
    plain: bool = False
    expect: Annotated[list[int], Field(min_length=1)] = [200]
    answer: dict[str, str | int | bool] = {}

    @model_validator(mode="after")
    def _carries_the_message(self) -> "GatewaySettings":
        if self.form and self.json_body is not None:
            raise ValueError("either form or json")
        carried = repr([self.query, self.form, self.json_body])
        if "{phone}" not in carried or "{text}" not in carried:
            raise ValueError("{phone} and {text} must stand in query, form or json")
        return self


def read_gateway(text: str) -> GatewaySettings:
    """Raises BadSender, naming the settings at fault and quoting none (they hold passwords)."""
    try:
        return GatewaySettings.model_validate_json(text)
    except ValidationError as error:
        places = {".".join(map(str, fault["loc"])) or "JSON" for fault in error.errors()}
        raise BadSender(places=sorted(places)) from None


def send_by_gateway(*, settings: str, phone: str, text: str) -> None:
    """One message. Raises BadSender, SendingFailed; neither log nor refusal names the phone."""
    gateway = read_gateway(settings)
    filled = {"{phone}": _spell(phone, gateway.phone), "{text}": _plain(text, gateway)}
    try:
        status, answer = _call(gateway, filled)
    except OSError as error:  # every failure of requests is one; its text may quote the phone
        logger.error("text gateway: %s", type(error).__name__)
        raise SendingFailed(reason=type(error).__name__) from None
    if status not in gateway.expect or not _says(answer, gateway.answer):
        logger.error("text gateway answered %s", status)
        raise SendingFailed(reason=f"HTTP {status}")


def _call(gateway: GatewaySettings, filled: dict[str, str]) -> tuple[int, Any]:
    import requests  # only those who send pay for it

    with requests.Session() as session:
        session.trust_env = False  # a .netrc would replace the provider's own header
        response = session.request(
            gateway.method,
            str(gateway.url),
            headers=gateway.headers,
            params=_fill(gateway.query, filled),
            data=_fill(gateway.form, filled) or None,
            json=_fill(gateway.json_body, filled),
            timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
            proxies=requests.utils.get_environ_proxies(str(gateway.url)),
            # A redirect would carry phone and password to another server.
            allow_redirects=False,
            stream=True,
        )
        body = b""
        for chunk in response.iter_content(8192):
            body += chunk
            if len(body) > ANSWER_BYTES:
                break
        return response.status_code, _read_json(body)


def _read_json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _fill(template: Any, filled: dict[str, str]) -> Any:
    """Each place in one pass: a message that reads “{phone}” stays what it is."""
    if isinstance(template, dict):
        return {key: _fill(value, filled) for key, value in template.items()}
    if isinstance(template, list):
        return [_fill(value, filled) for value in template]
    if not isinstance(template, str):
        return template
    return re.sub(r"\{(?:phone|text)\}", lambda place: filled[place.group()], template)


def _spell(phone: str, example: str) -> str:
    return example.removesuffix("912345678") + phone.removeprefix("0")


def _plain(text: str, gateway: GatewaySettings) -> str:
    return without_marks(text) if gateway.plain else text


def _says(answer: Any, wanted: dict[str, str | int | bool]) -> bool:
    if not wanted:
        return True
    return isinstance(answer, dict) and all(
        str(answer.get(name)) == str(value) for name, value in wanted.items()
    )
