// Rows chosen in a list: <table data-selection> with checkboxes in its rows, one [data-all] in the head;
// [data-chosen] anywhere in the same form says how many, [data-needs-chosen] buttons wait for one.

import { find } from "./find.js";

function boxes(table) {
  return [...table.querySelectorAll("tbody input[type=checkbox]:not(:disabled)")];
}

function show(table) {
  const all = boxes(table);
  const chosen = all.filter((box) => box.checked);
  for (const box of all) box.closest("tr").classList.toggle("sel", box.checked);
  const head = table.querySelector("[data-all]");
  if (head) {
    head.checked = all.length > 0 && chosen.length === all.length;
    head.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
  const scope = table.closest("form") || document;
  for (const place of scope.querySelectorAll("[data-chosen]")) place.textContent = chosen.length;
  for (const button of scope.querySelectorAll("[data-needs-chosen]")) button.disabled = !chosen.length;
}

export function bind(root) {
  for (const table of find(root, "table[data-selection]")) {
    table.addEventListener("change", (event) => {
      if (event.target.matches("[data-all]")) {
        for (const box of boxes(table)) box.checked = event.target.checked;
      }
      show(table);
    });
    show(table);
  }
}
