"""SCORM packages made for tests: the golf kind of 1.2, one of 2004, and hostile ones."""

import io
import zipfile

FINDER = """
function findApi(win, name) {
  var tries = 0;
  while (!win[name] && win.parent && win.parent !== win && tries < 10) {
    tries++; win = win.parent; }
  return win[name] || null;
}
"""
# As the golf examples do: a frame around the pages asks and tells, the pages call their parent.
LAUNCH_12 = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Golf</title>
<script src="shared/scormfunctions.js"></script><script>
var api = findApi(window, "API"), page = 0, began = Date.now(), done = false;
function show(n) { page = n; document.getElementById("trang").src = "pages/" + n + ".html";
  if (api) { api.LMSSetValue("cmi.core.lesson_location", String(n));
    api.LMSSetValue("cmi.suspend_data", "trang=" + n); api.LMSCommit(""); } }
function finish(score) { done = true; api.LMSSetValue("cmi.core.score.raw", String(score));
  api.LMSSetValue("cmi.core.lesson_status", "passed"); api.LMSCommit(""); }
function start() { api.LMSInitialize("");
  if (api.LMSGetValue("cmi.core.lesson_status") === "not attempted")
    api.LMSSetValue("cmi.core.lesson_status", "incomplete");
  var kept = api.LMSGetValue("cmi.suspend_data");
  document.getElementById("nho").textContent = "Nhớ: " + kept;
  show(kept ? Number(kept.split("=")[1]) : 0); }
function leave() { if (!api) return; var s = Math.round((Date.now() - began) / 1000);
  api.LMSSetValue("cmi.core.session_time", "0000:" + ("0" + Math.floor(s / 60)).slice(-2) + ":"
    + ("0" + s % 60).slice(-2)); api.LMSSetValue("cmi.core.exit", done ? "" : "suspend");
  api.LMSFinish(""); api = null; }
window.onload = start; window.onunload = leave; window.onpagehide = leave;
</script></head><body><p id="nho"></p>
<iframe id="trang" title="Trang" width="100%" height="300"></iframe></body></html>"""
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Trang</title></head><body>
<h1>Trang NUMBER</h1><button onclick="parent.show(parent.page + 1)">Trang sau</button>
<button onclick="parent.finish(85)">Nộp bài</button></body></html>"""
LAUNCH_2004 = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Bài</title>
<script src="shared/scormfunctions.js"></script><script>
var api = findApi(window, "API_1484_11");
function done() { api.SetValue("cmi.score.scaled", "0.9");
  api.SetValue("cmi.success_status", "passed");
  api.SetValue("cmi.completion_status", "completed"); api.SetValue("cmi.session_time", "PT7S");
  api.Commit(""); }
window.onload = function () { api.Initialize("");
  document.getElementById("nho").textContent = "Nhớ: " + api.GetValue("cmi.suspend_data");
  api.SetValue("cmi.suspend_data", "mở"); api.SetValue("cmi.exit", "suspend"); api.Commit(""); };
window.onpagehide = function () { api.Terminate(""); };
</script></head><body><p id="nho"></p><button onclick="done()">Xong</button></body></html>"""

_ITEM = """<item identifier="I{n}" identifierref="R{n}"><title>{title}</title>{mastery}</item>"""
_RESOURCE = """<resource identifier="R{n}" type="webcontent" adlcp:{type}="{kind}" href="{href}">
<file href="{href}"/></resource>"""
_SPACES = {
    "1.2": 'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
    "2004": 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"',
}


def manifest(
    *hrefs: str, version: str = "1.2", said: str = "", mastery: str = "80", kind: str = "sco"
) -> str:
    """One item a launch file."""
    said = said or {"1.2": "1.2", "2004": "2004 4th Edition"}[version]
    mark = f"<adlcp:masteryscore>{mastery}</adlcp:masteryscore>" if version == "1.2" else ""
    numbered = list(enumerate(hrefs, start=1))
    items = "".join(_ITEM.format(n=n, title=f"Bài {n}", mastery=mark) for n, _href in numbered)
    type = "scormtype" if version == "1.2" else "scormType"
    resources = "".join(
        _RESOURCE.format(n=n, href=href, type=type, kind=kind) for n, href in numbered
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1" {_SPACES[version]}>
<metadata><schema>ADL SCORM</schema><schemaversion>{said}</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Một cửa</title>{items}
</organization></organizations><resources>{resources}</resources></manifest>"""


def zipped(files: dict[str, str | bytes], *, prefix: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(prefix + name, content)
    return out.getvalue()


def golf(**changes: str | bytes) -> dict[str, str | bytes]:
    """A package of SCORM 1.2: launch page, inner frame, functions that look upwards."""
    return {
        "imsmanifest.xml": manifest("launch.html"),
        "launch.html": LAUNCH_12,
        "shared/scormfunctions.js": FINDER,
        **{f"pages/{n}.html": PAGE.replace("NUMBER", str(n)) for n in range(4)},
        **changes,
    }


def of_2004(scos: int = 1) -> dict[str, str | bytes]:
    names = [f"bai{n}.html" for n in range(1, scos + 1)]
    return {
        "imsmanifest.xml": manifest(*names, version="2004"),
        "shared/scormfunctions.js": FINDER,
        **dict.fromkeys(names, LAUNCH_2004),
    }
