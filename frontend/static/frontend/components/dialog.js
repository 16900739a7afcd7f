// Opens <dialog> as a window over the page; without this the same link jumps to it.
function open(event) {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (!dialog || !dialog.showModal) return;
  event.preventDefault();
  dialog.showModal();
}

function close(event) {
  const closer = event.target.closest("[data-closes]");
  const dialog = closer ? closer.closest("dialog") : event.target;
  // A click on the backdrop lands on the dialog itself, one inside it on what it holds.
  if (!(dialog instanceof HTMLDialogElement) || !dialog.open) return;
  if (closer || isOutside(dialog, event)) {
    event.preventDefault();
    dialog.close();
  }
}

function isOutside(dialog, event) {
  if (event.target !== dialog) return false;
  const box = dialog.getBoundingClientRect();
  const across = event.clientX < box.left || event.clientX > box.right;
  return across || event.clientY < box.top || event.clientY > box.bottom;
}

if (window.HTMLDialogElement) {
  document.addEventListener("click", open);
  document.addEventListener("click", close);
}
