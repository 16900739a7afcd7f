"""Scripts of others for browsers: brought by config/install.py, served under names of ours."""

import re
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

BROUGHT = Path(__file__).parent / "node_modules"
PLACE = "frontend/packages"
# By the name under which each is served: where it lies, and its licence beside it.
PACKAGED = {
    "scorm12.js": ("scorm-again/dist/scorm12.min.js", "scorm-again/LICENSE"),
    "scorm2004.js": ("scorm-again/dist/scorm2004.min.js", "scorm-again/LICENSE"),
    "tus.js": ("tus-js-client/dist/tus.min.js", "tus-js-client/LICENSE"),
}
# Names a file that is not served; the manifest of static files would look for it in vain.
_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def copy_packages(folder: Path) -> list[str]:
    """Write what was brought into `folder`; what was not is absent. Returns the written names."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, (source, licence) in PACKAGED.items():
        target = folder / name
        target.unlink(missing_ok=True)
        if not (BROUGHT / source).is_file():
            continue
        words = (BROUGHT / licence).read_text(encoding="utf-8")
        script = _MAP.sub("", (BROUGHT / source).read_text(encoding="utf-8"))
        target.write_text(f"/*\n{words.replace('*/', '')}\n*/\n{script}", encoding="utf-8")
        written.append(name)
    return written


def package_url(name: str) -> str:
    """The address of a packaged script; "" where it was not brought."""
    if not (settings.STATIC_BUILD_DIR / PLACE / name).is_file():
        return ""
    return static(f"{PLACE}/{name}")
