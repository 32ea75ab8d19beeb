// A fragment with data-dialog that htmx brings into a <dialog> opens it; closed, it is emptied, so that
// none of its fields is sent with the page's form.

import { find } from "./find.js";

export function bind(root) {
  for (const content of find(root, "[data-dialog]")) {
    const dialog = content.closest("dialog");
    if (!dialog) continue;
    if (!dialog.open) dialog.showModal();
    content.querySelector("[autofocus]")?.focus();
    content.querySelector("[data-close]")?.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.close();
    });
    dialog.addEventListener("close", () => dialog.replaceChildren(), { once: true });
  }
}
