import htmx from "htmx.org";
import { bind as bindAdopting } from "./islands/adopting.js";
import { bind as bindDialog } from "./islands/dialog.js";
import { bind as bindMarks } from "./islands/marks.js";
import { bind as bindMoney } from "./islands/money.js";
import { bind as bindPages } from "./islands/pages.js";
import { bind as bindPicker } from "./islands/picker.js";
import { bind as bindSelection } from "./islands/selection.js";

// The content security policy forbids eval and inline styles, and pages hold scoped figures that
// must not stay behind in the browser's history store.
Object.assign(htmx.config, {
  allowEval: false,
  historyCacheSize: 0,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
});

// Islands bind once to what they find, on the page and in every fragment that htmx brings.
htmx.onLoad((root) => {
  for (const bind of [bindAdopting, bindDialog, bindMarks, bindMoney, bindPicker, bindSelection, bindPages]) {
    bind(root);
  }
});

function tell(text) {
  const toast = document.createElement("p");
  toast.className = "toast wrong fixed";
  toast.setAttribute("role", "alert");
  toast.textContent = text;
  document.body.append(toast);
  window.setTimeout(() => toast.remove(), 8000);
}

document.addEventListener("htmx:sendError", () => tell("没有送出：网络断开，请稍后再试。"));
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  tell(status === 403 ? "没有权限，或页面放得太久：请刷新后再试。" : "没有办成：请刷新后再试。");
});
