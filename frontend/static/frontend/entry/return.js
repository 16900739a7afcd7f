// A scanned slip leads here with the entry code behind the #, which no server is sent. It goes into
// the field and out of the address; entering stays the person's own act.
const field = document.querySelector("[name=entry_code]");
const scanned = decodeURIComponent(location.hash.slice(1));

if (field && /^[0-9A-Za-z]{4}(-?[0-9A-Za-z]{4}){3}$/.test(scanned)) {
  field.value = scanned.toUpperCase();
  history.replaceState(null, "", location.pathname);
  field.form.querySelector("button").focus();
}
