"""What people write in Markdown, made harmless."""

from accounts.rich_text import to_html, to_words


def test_headings_begin_below_the_page_s_own_title() -> None:
    assert to_html("# Một\n\n##### Hai") == "<h2>Một</h2>\n<h4>Hai</h4>\n"


def test_no_html_no_script_and_no_picture_gets_through() -> None:
    assert to_html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
    assert to_html("[xem](javascript:alert(1))") == "<p>[xem](javascript:alert(1))</p>\n"
    assert to_html("![x](https://example.org/a.png)") == "<p></p>\n"


def test_links_lead_out_without_telling_from_where() -> None:
    assert to_html("[Cổng](https://dichvucong.gov.vn)") == (
        '<p><a href="https://dichvucong.gov.vn" rel="noopener noreferrer">Cổng</a></p>\n'
    )


def test_words_are_the_text_without_marks() -> None:
    assert to_words("**Dịch vụ** công & [hồ sơ](https://example.org)") == "Dịch vụ công & hồ sơ"
