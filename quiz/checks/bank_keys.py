"""Whether the letters of a bank's keys give answers away."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quiz.checks.base import BankCheck, Finding
from quiz.drafts import ItemDraft, option_letter
from quiz.enums import ItemKind

ENOUGH = 20
TOO_OFTEN = 0.5
LONG_RUN = 8


class KeyLetters(BankCheck):
    """One letter in half of the keys, one in none, or eight equal ones in a row.

    Looked for among single-choice items of four options, twenty at least: by chance a letter is
    the key of half of twenty once in 70 banks, of a quarter on average.
    """

    code = "key_letters"
    title = gettext_lazy("Vị trí đáp án lặp lại")
    _OPTIONS = 4

    def look(self, drafts: Sequence[ItemDraft]) -> Iterator[Finding]:
        places = [
            min(draft.key)
            for draft in drafts
            if draft.kind == ItemKind.SINGLE
            and len(draft.key) == 1
            and len(draft.options) == self._OPTIONS
        ]
        if len(places) < ENOUGH:
            return
        hint = _("Bật trộn phương án trong thể lệ, hoặc đổi chỗ đáp án ở các câu giữ thứ tự.")
        place, count = Counter(places).most_common(1)[0]
        values = {"letter": option_letter(place), "count": count, "total": len(places)}
        if count > TOO_OFTEN * len(places):
            yield self.finding(
                _("%(count)d trong %(total)d câu có đáp án %(letter)s.") % values, hint
            )
        never = [option_letter(p) for p in range(self._OPTIONS) if p not in places]
        if never:
            yield self.finding(
                _("Không câu nào trong %(total)d câu có đáp án %(letters)s.")
                % {"total": len(places), "letters": ", ".join(never)},
                hint,
            )
        run = max(len(list(same)) for _place, same in groupby(places))
        if run >= LONG_RUN and count <= TOO_OFTEN * len(places):
            yield self.finding(_("%d câu liền nhau có cùng một đáp án.") % run, hint)
