// How many approved items each row of a paper could draw from, as its topic and level are chosen.
function fitting(cells, topic, level) {
  return cells
    .filter((cell) => (!topic || cell.topic === topic) && (!level || cell.level === level))
    .reduce((sum, cell) => sum + cell.count, 0);
}

for (const paper of document.querySelectorAll("[data-held]")) {
  const cells = JSON.parse(paper.dataset.held);
  for (const row of paper.querySelectorAll("[data-paper-row]")) {
    const [topic, level] = row.querySelectorAll("select");
    row.addEventListener("change", () => {
      const count = fitting(cells, topic.value, level.value);
      row.querySelector("[data-held-count]").textContent = String(count);
    });
  }
}
