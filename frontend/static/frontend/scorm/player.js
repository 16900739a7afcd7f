// Stands on the content origin between the site's page and a package. The package finds the
// packaged run-time here, asks it and is answered at once; what it says is passed on to the site's
// page, to it alone. A page that is being closed hears nothing more, so the last word goes to the
// server directly.
const site = document.body.dataset.site;
const frame = document.getElementById("package");
const SOON_MS = 1500;
let api = null;
let task = null;
let opened = 0;
let sequence = 0;
let timer = 0;
let changed = false;
let over = false;

function tell(message) {
  window.parent.postMessage({ scorm: true, ...message }, site);
}

function values() {
  const told = {};
  Object.entries(api.getFlattenedCMI()).forEach(([name, value]) => {
    if (typeof value === "string" && value) told[name] = value;
    else if (typeof value === "number") told[name] = String(value);
  });
  return told;
}

function report() {
  sequence += 1;
  return {
    tab: task.tab,
    sco: task.sco,
    sequence,
    elapsed: Math.min(86400, Math.round((performance.now() - opened) / 100) / 10),
    values: values(),
  };
}

function pass() {
  clearTimeout(timer);
  timer = 0;
  changed = false;
  tell({ kind: "report", report: report() });
}

function passSoon() {
  changed = true;
  if (!timer) timer = setTimeout(pass, SOON_MS);
}

function lastWord() {
  if (!api || !task.lastWord || (over && !changed)) return;
  changed = false;
  const body = new Blob([JSON.stringify(report())], { type: "text/plain" });
  navigator.sendBeacon(task.lastWord, body);
}

function finished() {
  pass();
  over = true;
  changed = true;
  lastWord();
}

function start(message) {
  task = message;
  opened = performance.now();
  const is12 = task.version === "1.2";
  const Runtime = is12 ? window.Scorm12API : window.Scorm2004API;
  api = new Runtime({ autocommit: false, logLevel: 4, mastery_override: false });
  api.loadFromFlattenedJSON(task.values, "");
  const names = is12
    ? { commit: "LMSCommit", finish: "LMSFinish", set: "LMSSetValue.cmi.*" }
    : { commit: "Commit", finish: "Terminate", set: "SetValue.cmi.*" };
  api.on(names.commit, pass);
  api.on(names.finish, finished);
  api.on(names.set, passSoon);
  window[is12 ? "API" : "API_1484_11"] = api;
  frame.src = document.body.dataset.base + task.href;
}

window.addEventListener("message", (event) => {
  if (event.origin !== site || event.source !== window.parent) return;
  const message = event.data;
  if (message && message.scorm && message.kind === "play" && !api) start(message);
});
window.addEventListener("pagehide", lastWord);
frame.addEventListener("load", () => api && tell({ kind: "shown" }));
tell({ kind: window.Scorm12API || window.Scorm2004API ? "ready" : "missing" });
