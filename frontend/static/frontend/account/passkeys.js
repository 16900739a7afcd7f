// Passkeys: the page holds what the server asks, the browser answers, a plain form posts it back.
// Without script, or where the browser has no passkeys, these parts of the page stay hidden.

function toBytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

function toText(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return btoa(letters.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function named(credentials) {
  return (credentials || []).map((one) => Object.assign({}, one, { id: toBytes(one.id) }));
}

function answerOf(credential) {
  const given = credential.response;
  const response = { clientDataJSON: toText(given.clientDataJSON) };
  ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach((name) => {
    if (given[name]) response[name] = toText(given[name]);
  });
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function create(options) {
  const asked = options.publicKey;
  const publicKey = Object.assign({}, asked, {
    challenge: toBytes(asked.challenge),
    user: Object.assign({}, asked.user, { id: toBytes(asked.user.id) }),
    excludeCredentials: named(asked.excludeCredentials),
    // One kind of key only: kept on the device, opened by finger, face or PIN.
    authenticatorSelection: Object.assign({}, asked.authenticatorSelection, {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    }),
  });
  return navigator.credentials.create({ publicKey });
}

async function prove(options) {
  const asked = options.publicKey;
  const publicKey = Object.assign({}, asked, {
    challenge: toBytes(asked.challenge),
    allowCredentials: named(asked.allowCredentials),
  });
  return navigator.credentials.get({ publicKey });
}

async function askedBy(part) {
  if (part.dataset.options) {
    const answer = await fetch(part.dataset.options, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`options: ${answer.status}`);
    return (await answer.json()).request_options;
  }
  const data = JSON.parse(document.getElementById("passkey-data").textContent);
  return data.creation_options || data.request_options;
}

function prepare(part) {
  const form = part.querySelector("form");
  const trouble = part.querySelector("[data-passkey-trouble]");
  part.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      const options = await askedBy(part);
      const act = part.dataset.passkey === "create" ? create : prove;
      form.elements.credential.value = answerOf(await act(options));
      form.submit();
    } catch (error) {
      trouble.hidden = false; // refused, cancelled, or no key here: the browser does not say which
    }
  });
}

if (window.isSecureContext && window.PublicKeyCredential) {
  document.querySelectorAll("[data-passkey-missing]").forEach((part) => part.remove());
  document.querySelectorAll("[data-passkey]").forEach(prepare);
}
