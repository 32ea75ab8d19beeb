// Small conveniences; every page works without them.

import { find } from "./find.js";

/** [data-auto]: a form that sends itself when one of its fields changes. */
function sendOnChange(root) {
  for (const form of find(root, "form[data-auto]")) {
    form.addEventListener("change", () => form.requestSubmit ? form.requestSubmit() : form.submit());
    for (const button of form.querySelectorAll("[data-auto-hide]")) button.hidden = true;
  }
}

/** [data-print]: a button that prints the page. */
function print(root) {
  for (const button of find(root, "[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** [data-copy="text"]: a button that copies a reference. */
function copy(root) {
  for (const button of find(root, "[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "已复制";
    });
  }
}

/** The summary of errors takes the focus, so that a reader hears it first. */
function focusErrors(root) {
  const summary = find(root, ".msg.wrong[role=alert]")[0];
  if (summary) summary.focus();
}

/** [data-paste="ID"]: rows copied from Excel and pasted into the field preview at once. */
function paste(root) {
  for (const field of find(root, "textarea[data-paste]")) {
    field.addEventListener("paste", () => {
      window.setTimeout(() => field.form && field.form.requestSubmit && field.form.requestSubmit());
    });
  }
}

/** [data-once]: a form is not sent twice by a double click; the server keeps it safe anyway. */
function once(root) {
  for (const form of find(root, "form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
      window.setTimeout(() => delete form.dataset.sent, 4000);
    });
  }
}

/** [data-files="ID"]: the names of chosen files are written where the button itself shows none. */
function files(root) {
  for (const input of find(root, "input[type=file][data-files]")) {
    const place = document.getElementById(input.dataset.files);
    input.addEventListener("change", () => {
      place.textContent = [...input.files].map((file) => file.name).join("、");
    });
  }
}

export function bind(root) {
  for (const island of [sendOnChange, print, copy, focusErrors, paste, once, files]) island(root);
}
