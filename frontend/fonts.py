"""Be Vietnam Pro, cut down to Latin and Vietnamese letters: about 18 kB a weight."""

import importlib
from pathlib import Path

from fontTools import subset

PACKAGE = "fontpkg_be_vietnam_pro"
WEIGHTS = {400: "Regular", 700: "Bold"}
# Latin with every letter of Vietnamese, the signs of punctuation and currency in use, and the
# combining marks of text that was not composed. The few letters of other languages of Viet Nam that
# the font does not have (ƀ, ŏ) come from the system's font.
_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x1A0, 0x1A1),
    (0x1AF, 0x1B0),
    (0x2C6, 0x2DD),
    (0x300, 0x304),
    (0x306, 0x30C),
    (0x31B, 0x31B),
    (0x323, 0x323),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2026),
    (0x2030, 0x203A),
    (0x20AB, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2248, 0x2265),
)
LETTERS = frozenset(code for first, last in _RANGES for code in range(first, last + 1))
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]


def write_fonts(folder: Path) -> list[Path]:
    """Write the weights and `faces.css` into `folder`; nothing if the font's package is missing."""
    try:
        package = importlib.import_module(PACKAGE)
    except ImportError:
        return []
    files = Path(package.ROOT) / "files"
    folder.mkdir(parents=True, exist_ok=True)
    written = [
        write_weight(files / f"BeVietnamPro-{name}.ttf", folder / f"be-vietnam-pro-{weight}.woff2")
        for weight, name in WEIGHTS.items()
    ]
    (folder / "faces.css").write_text("".join(map(face, WEIGHTS)), encoding="utf-8")
    return written


def face(weight: int) -> str:
    """The rule that names one weight; text shows at once in the system's font."""
    return (
        f'@font-face{{font-family:"Be Vietnam Pro";font-weight:{weight};font-style:normal;'
        f'font-display:swap;src:url("fonts/be-vietnam-pro-{weight}.woff2") format("woff2")}}'
    )


def write_weight(source: Path, target: Path) -> Path:
    """Subset one weight to `LETTERS`, without hints: screens that fine no longer need them."""
    options = subset.Options(
        flavor="woff2",
        hinting=False,
        layout_features=FEATURES,
        name_IDs=[0, 1, 2, 13, 14],
        notdef_outline=True,
    )
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
    return target
