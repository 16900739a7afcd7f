/* The projector's code: the next one is fetched when this one goes, once a window. */

const SLACK = 150;
const AGAIN = 3000;
const box = document.querySelector("[data-room]");

if (box) {
  wait(Number(box.dataset.seconds) * 1000);
}

function wait(milliseconds) {
  window.setTimeout(renew, milliseconds + SLACK);
}

async function renew() {
  try {
    const answer = await fetch(box.dataset.url, { headers: { Accept: "application/json" } });
    if (answer.status === 409) {
      window.location.reload();
      return;
    }
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    show(await answer.json());
  } catch (_error) {
    box.querySelector("[data-told]").textContent = box.dataset.lost;
    window.setTimeout(renew, AGAIN);
  }
}

function show(shown) {
  box.querySelector("[data-told]").textContent = "";
  box.querySelector("[data-code]").textContent = shown.code;
  const drawn = new DOMParser().parseFromString(shown.qr, "image/svg+xml").documentElement;
  const place = box.querySelector("[data-qr]");
  place.textContent = "";
  place.appendChild(document.importNode(drawn, true));
  wait(shown.seconds * 1000);
}
