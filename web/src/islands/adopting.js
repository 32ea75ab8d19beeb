// The table of 从旧材料建账: <table data-adopt> with rows .look. [data-only] hides the others, [data-first]
// brings them to the top; Enter goes to the same cell of the next row instead of sending the form.

import { find } from "./find.js";

function order(body, first) {
  const rows = [...body.rows];
  rows.sort((one, other) => {
    const looks = first ? other.classList.contains("look") - one.classList.contains("look") : 0;
    return looks || one.dataset.order - other.dataset.order;
  });
  body.append(...rows);
}

function below(field) {
  const cell = field.closest("td");
  let row = cell.parentElement.nextElementSibling;
  while (row && !row.offsetParent) row = row.nextElementSibling;
  return row && row.cells[cell.cellIndex].querySelector("input, select");
}

export function bind(root) {
  for (const table of find(root, "table[data-adopt]")) {
    const bar = table.closest("form");
    const body = table.tBodies[0];
    for (const box of bar.querySelectorAll("[data-only], [data-first]")) {
      box.closest("label").hidden = false;
      box.addEventListener("change", () => {
        if (box.matches("[data-only]")) table.classList.toggle("only", box.checked);
        else order(body, box.checked);
      });
    }
    table.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.matches("input, select")) return;
      event.preventDefault();
      const next = below(event.target);
      if (next) next.focus();
    });
    table.addEventListener("change", (event) => {
      if (!event.target.matches("[type=checkbox]")) return;
      event.target.closest("tr")?.classList.toggle("off", !event.target.checked);
    });
    table.addEventListener("input", (event) => {
      // Whoever mends a cell of a row that is not taken means to take it.
      const row = event.target.closest("tr");
      const tick = row.querySelector("[data-tick]");
      if (event.target === tick || !row.classList.contains("off") || tick.checked) return;
      tick.checked = true;
      tick.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
