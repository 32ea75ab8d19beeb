// The picker of places: a choice in the list that the server sent fills the field it names.
// <div data-picker> holds the text field, the hidden field and the place of the list.

import { find } from "./find.js";

function choose(picker, button) {
  const { field, value, label } = button.dataset;
  const target = picker.querySelector(`input[type=hidden][name="${field}"]`);
  const text = picker.querySelector("input:not([type=hidden])");
  if (target) target.value = value;
  if (text) {
    text.value = label;
    text.focus();
  }
  const list = button.closest(".choices");
  if (list) list.remove();
  (target || text).dispatchEvent(new Event("change", { bubbles: true }));
}

export function bind(root) {
  for (const picker of find(root, "[data-picker]")) {
    picker.addEventListener("click", (event) => {
      const button = event.target.closest(".choice");
      if (button) choose(picker, button);
    });
    // Text typed anew no longer means the place chosen before.
    picker.addEventListener("input", (event) => {
      const hidden = picker.querySelector("input[type=hidden]");
      if (hidden && event.target !== hidden) hidden.value = "";
    });
  }
}
