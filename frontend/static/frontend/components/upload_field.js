// Sends a chosen file piece by piece by the packaged client of tus. What was sent stays sent: after
// a cut it goes on by itself, after a reload when the same file is chosen again.
const PIECE = 4 * 1024 * 1024;
const PAUSES = [0, 500];
const AGAIN_MS = 5000;
const ASK_MS = 1000;

function wire(field) {
  const chooser = field.querySelector("input[type=file]");
  const chosen = field.querySelector("input[type=hidden]");
  const state = field.querySelector(".upload-field__state");
  const bar = state.querySelector("progress");
  const words = state.querySelector(".upload-field__words");
  const stop = state.querySelector("button");
  const form = chooser.form;
  const before = chosen.value;
  let upload = null;
  let timer = 0;

  // The file goes its own way; the form posts which one it was.
  chooser.removeAttribute("name");

  function say(sentence, { error = false, going = false, bar: shown = going } = {}) {
    state.hidden = false;
    field.classList.toggle("field--wrong", error);
    words.textContent = sentence;
    bar.hidden = !shown;
    stop.hidden = !going;
  }

  function over(value) {
    upload = null;
    chosen.value = value;
    chooser.required = chooser.required && !value;
  }

  function fail(sentence) {
    over(before);
    say(sentence || field.dataset.failed, { error: true });
  }

  function refusalOf(error) {
    const answer = error.originalResponse;
    if (!answer || answer.getStatus() < 400 || answer.getStatus() >= 500) return null;
    try {
      const told = JSON.parse(answer.getBody());
      return `${told.message} ${told.hint || ""}`.trim();
    } catch (_unreadable) {
      return field.dataset.failed;
    }
  }

  function again() {
    clearTimeout(timer);
    if (upload) upload.start();
  }

  function failed(error) {
    const refusal = refusalOf(error);
    if (refusal) {
      fail(refusal);
    } else {
      say(field.dataset.cut, { going: true });
      timer = setTimeout(again, AGAIN_MS);
    }
  }

  async function ask(address) {
    let told;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      told = await answer.json();
    } catch (_cut) {
      timer = setTimeout(() => ask(address), AGAIN_MS);
      return;
    }
    if (told.state === "checking") timer = setTimeout(() => ask(address), ASK_MS);
    else if (told.state === "ready") say(`${told.name}: ${field.dataset.ready}`);
    else fail(`${field.dataset.refused} ${told.refusal}`);
    if (told.state !== "checking") {
      field.dispatchEvent(new CustomEvent("file-checked", { bubbles: true, detail: told }));
    }
  }

  function sent() {
    const address = upload.url;
    over(address.replace(/\/+$/, "").split("/").pop());
    say(field.dataset.checking, {});
    ask(address);
  }

  function progressed(done, size) {
    const percent = Math.floor((done / size) * 100);
    bar.value = percent;
    say(field.dataset.sending.replace("#", percent), { going: true });
  }

  function begin(file) {
    clearTimeout(timer);
    if (upload) upload.abort();
    const mine = new window.tus.Upload(file, {
      endpoint: field.dataset.uploadField,
      chunkSize: PIECE,
      retryDelays: PAUSES,
      removeFingerprintOnSuccess: true,
      headers: { "X-CSRFToken": field.dataset.token },
      metadata: { filename: file.name, unit: field.dataset.unit },
      onError: (error) => upload === mine && failed(error),
      onProgress: (done, size) => upload === mine && progressed(done, size),
      onSuccess: () => upload === mine && sent(),
    });
    upload = mine;
    chosen.value = "";
    bar.value = 0;
    say(field.dataset.sending.replace("#", 0), { going: true });
    mine.findPreviousUploads().then((earlier) => {
      if (upload !== mine) return;
      if (earlier.length) {
        say(field.dataset.resuming, { going: true });
        mine.resumeFromPreviousUpload(earlier[0]);
      }
      mine.start();
    });
  }

  chooser.addEventListener("change", () => {
    if (chooser.files.length) begin(chooser.files[0]);
  });
  stop.addEventListener("click", () => {
    clearTimeout(timer);
    if (upload) upload.abort(true).catch(() => {});
    over(before);
    chooser.value = "";
    state.hidden = true;
  });
  window.addEventListener("online", again);
  form.addEventListener("submit", (event) => {
    if (!upload) return;
    event.preventDefault();
    say(field.dataset.wait, { error: true, going: true });
    chooser.focus();
  });
}

if (window.tus && window.tus.isSupported) {
  document.querySelectorAll("[data-upload-field]").forEach(wire);
}
