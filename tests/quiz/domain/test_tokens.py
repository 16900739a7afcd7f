import pytest

from quiz.domain.tokens import (
    AttemptToken,
    EntrantToken,
    open_attempt_token,
    open_entrant_token,
    seal_attempt_token,
    seal_entrant_token,
)
from quiz.errors import UnknownToken

TOKEN = AttemptToken(round_id=3, pool_id=4, attempt_id=5, seed=b"s" * 16, epoch=1)


def test_what_is_sealed_is_read_back():
    assert open_attempt_token(seal_attempt_token(TOKEN)) == TOKEN
    assert open_entrant_token(seal_entrant_token(EntrantToken(7, 8))) == EntrantToken(7, 8)


def test_the_same_attempt_never_gets_the_same_token_twice():
    assert seal_attempt_token(TOKEN) != seal_attempt_token(TOKEN)


def test_every_token_has_the_same_length_whatever_the_numbers():
    large = AttemptToken(2**40, 2**40, 2**40, b"s" * 16, 9)
    assert len(seal_attempt_token(large)) == len(seal_attempt_token(TOKEN))


@pytest.mark.parametrize(
    "token",
    [
        *("", "x", "Ω", "AAAA", "a" * 86, "a b", "\n" * 90),
        pytest.param(seal_entrant_token(EntrantToken(7, 8)), id="an entrant's"),
    ],
)
def test_anything_else_is_unknown(token):
    with pytest.raises(UnknownToken):
        open_attempt_token(token)


def test_one_changed_letter_makes_a_token_unknown():
    token = seal_attempt_token(TOKEN)
    for place in range(len(token) - 1):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(UnknownToken):
            open_attempt_token(changed)


def test_a_token_of_another_installation_is_unknown(settings):
    token = seal_attempt_token(TOKEN)
    settings.TOKEN_KEY = "another"
    with pytest.raises(UnknownToken):
        open_attempt_token(token)
