"""Stylesheets are put together without changing what they say; fonts can write Vietnamese."""

from pathlib import Path

from fontTools.ttLib import TTFont

from frontend.bundles import BUNDLES, list_sources, squeeze, write_bundles
from frontend.fonts import WEIGHTS, write_fonts

VIETNAMESE = "ăâđêôơưĂÂĐÊÔƠƯ" + "áàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
OTHERS = "čñ’–…•₫“”"


def test_squeezing_keeps_every_rule() -> None:
    css = '/* why */\n.a > .b,\n.c {\n  margin: 0 calc(1px + 2px);\n  content: "";\n}\n'
    assert squeeze(css) == '.a>.b,.c{margin: 0 calc(1px + 2px);content: ""}'


def test_bundle_holds_its_sources_in_the_order_of_the_layers() -> None:
    names = [path.name for path in list_sources(BUNDLES["public.css"])]
    assert names[:3] == ["tokens.css", "base.css", "layout.css"]
    assert names[-1] == "print.css"
    assert names.index("button.css") < names.index("home.css")


def test_bundle_names_the_fonts_only_where_they_were_made(tmp_path: Path) -> None:
    write_bundles(tmp_path)
    assert "@font-face" not in (tmp_path / "public.css").read_text()
    write_fonts(tmp_path / "fonts")
    write_bundles(tmp_path)
    for name in BUNDLES:
        assert (tmp_path / name).read_text().count("@font-face") == len(WEIGHTS)


def test_fonts_write_vietnamese_in_little_room(tmp_path: Path) -> None:
    for path in write_fonts(tmp_path):
        letters = TTFont(path).getBestCmap()
        wanted = VIETNAMESE + VIETNAMESE.upper() + OTHERS
        assert [letter for letter in wanted if ord(letter) not in letters] == []
        assert path.stat().st_size < 20_000


def test_missing_font_package_leaves_the_system_font(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("frontend.fonts.PACKAGE", "khong_co_goi_nay")
    assert write_fonts(tmp_path) == []
    assert list(tmp_path.iterdir()) == []
