"""The histogram of papers, a picture that stands alone."""

import re

from defusedxml.ElementTree import fromstring
from django.utils import translation

from quiz.engine.paper_spread import spread_of
from quiz.interfaces.charts.spread_chart import write_spread_chart

VALUES = [10 + n % 7 / 4 for n in range(200)]


def test_a_bar_a_bin_and_words_of_the_language():
    for language, title in (("vi", "Số câu đúng kỳ vọng của đề"), ("en", "Expected right answers")):
        with translation.override(language):
            svg = write_spread_chart(spread_of(VALUES)).decode()
        fromstring(svg)
        assert title in svg
        filled = [each for each in spread_of(VALUES).bins if each.count]
        assert len(re.findall(r'fill="#0b5563"', svg)) >= len(filled)
        assert "<script" not in svg


def test_papers_alike_still_have_a_bar():
    svg = write_spread_chart(spread_of([3.0] * 5)).decode()
    assert svg.count('fill="#0b5563"') == 1
