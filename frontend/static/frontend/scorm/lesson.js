// The site's side of a package: opens it, keeps what it says on this device until the server has
// it, and says how it stands.
const SOON_MS = 5000;
const BEAT_MS = 15000;
const room = document.querySelector("[data-scorm]");

function wire() {
  const { origin, save, token, tab, key } = room.dataset;
  const task = JSON.parse(room.dataset.task);
  const frame = room.querySelector("iframe");
  const words = room.querySelector("[data-scorm-status]");
  const store = `scorm:${key}`;
  let busy = false;
  let timer = 0;
  let heard = 0;
  let memory = {};

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(store)) || {};
    } catch (_unreadable) {
      return {};
    }
  }

  function keep(reports) {
    try {
      if (Object.keys(reports).length) localStorage.setItem(store, JSON.stringify(reports));
      else localStorage.removeItem(store);
    } catch (_full) {
      memory = reports;
    }
  }

  const place = (report) => `${report.tab} ${report.sco}`;

  function take(report) {
    heard = report.sequence;
    memory[place(report)] = report;
    keep({ ...kept(), [place(report)]: report });
    send();
  }

  function waiting() {
    return Object.values({ ...kept(), ...memory });
  }

  function done(report) {
    const left = kept();
    const mine = place(report);
    if (left[mine] && left[mine].sequence <= report.sequence) delete left[mine];
    if (memory[mine] && memory[mine].sequence <= report.sequence) delete memory[mine];
    keep(left);
  }

  async function post(report) {
    return fetch(save, {
      method: "POST",
      keepalive: JSON.stringify(report).length < 60000,
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": token,
      },
      body: JSON.stringify(report),
    });
  }

  async function send() {
    clearTimeout(timer);
    if (busy) return;
    busy = true;
    try {
      for (const report of waiting()) {
        words.textContent = room.dataset.saySaving;
        const answer = await post(report);
        if (answer.status >= 500 || answer.status === 429) throw new Error("later");
        done(report);
        if (answer.ok) show(await answer.json());
        else words.textContent = room.dataset.sayRefused;
      }
    } catch (_cut) {
      words.textContent = room.dataset.sayWaiting;
      timer = setTimeout(send, SOON_MS);
    }
    busy = false;
    if (!timer && waiting().length) timer = setTimeout(send, SOON_MS);
  }

  function show(told) {
    timer = 0;
    words.textContent = told.words;
    room.querySelector("[data-scorm-done]").hidden = !told.completed;
    room.dispatchEvent(new CustomEvent("scorm-saved", { bubbles: true, detail: told }));
  }

  function beat() {
    if (document.hidden || waiting().length) return;
    post({ tab, sco: task.sco, sequence: heard, elapsed: 0, values: {} }).catch(() => {});
  }

  window.addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== frame.contentWindow) return;
    const message = event.data;
    if (!message || !message.scorm) return;
    if (message.kind === "ready") {
      frame.contentWindow.postMessage({ scorm: true, kind: "play", ...task }, origin);
    } else if (message.kind === "report") {
      take(message.report);
    } else if (message.kind === "missing") {
      words.textContent = room.dataset.sayMissing;
    }
  });
  window.addEventListener("online", send);
  window.addEventListener("pagehide", () => waiting().forEach((each) => post(each).catch(() => {})));
  setInterval(beat, BEAT_MS);
  frame.src = room.dataset.player;
  send();
}

if (room) wire();
