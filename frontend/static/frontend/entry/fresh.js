// Back to a page that the browser had set aside whole: whoever was here may have left meanwhile.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
