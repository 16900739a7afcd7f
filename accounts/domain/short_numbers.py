"""Numbers of papers that say nothing about how many there are."""

import secrets

# Letters and digits that are not mistaken for one another on paper or over the telephone.
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


def random_number(prefix: str) -> str:
    """“YC-7KQ4-M2RD”: forty random bits, unique by the column that holds it."""
    letters = "".join(secrets.choice(ALPHABET) for _place in range(8))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"
