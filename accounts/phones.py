"""Vietnamese phone numbers in one spelling."""

import re

from django.utils.translation import gettext as _


def read_phone(text: str) -> str:
    """A Vietnamese number as 0…; raises ValueError with a sentence."""
    digits = re.sub(r"[\s.\-()]", "", text)
    digits = re.sub(r"^(\+84|0084|84(?=\d{9}$))", "0", digits)
    if not re.fullmatch(r"0\d{9,10}", digits, re.ASCII):
        raise ValueError(_("Số điện thoại gồm 10 chữ số, bắt đầu bằng số 0."))
    return digits
