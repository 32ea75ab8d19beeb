// The marks of a checked text: j and k walk over what needs a look, e corrects the figure one stands
// on, boxes hide kinds of marks.

const LOOK = ".mk.ne, .mk.su, .mk.no";

function step(root, by) {
  const marks = [...root.querySelectorAll(LOOK)].filter((mark) => !mark.classList.contains("off"));
  if (!marks.length) return;
  const now = marks.findIndex((mark) => mark.classList.contains("at"));
  const next = now < 0 ? (by > 0 ? 0 : marks.length - 1) : (now + by + marks.length) % marks.length;
  // The one stood on may have been hidden since.
  for (const left of root.querySelectorAll(".mk.at")) left.classList.remove("at");
  marks[next].classList.add("at");
  marks[next].scrollIntoView({ block: "center" });
  marks[next].focus({ preventScroll: true });
}

/** The button that corrects the figure of this mark, pressed. */
function correct(mark) {
  const at = mark?.classList.contains("mk") ? mark : document.querySelector(".mk.at");
  if (at) document.querySelector(`[data-fix="${at.id}"]`)?.click();
}

export function bind(root) {
  const sheets = [...root.querySelectorAll("[data-marks]")];
  for (const sheet of sheets) {
    const bar = sheet.querySelector("[data-marks-bar]");
    bar.hidden = false;
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-step]");
      if (button) step(sheet, Number(button.dataset.step));
    });
    bar.addEventListener("change", (event) => {
      const { show } = event.target.dataset;
      if (!show) return;
      for (const mark of sheet.querySelectorAll(`.mk.${show}`)) {
        mark.classList.toggle("off", !event.target.checked);
      }
    });
  }
  if (!sheets.length || document.body.dataset.marksBound) return;
  document.body.dataset.marksBound = "1";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "e") correct(document.activeElement);
    if (event.key !== "j" && event.key !== "k") return;
    const sheet = document.querySelector("[data-marks]:has(.mk.at)") ?? document.querySelector("[data-marks]");
    if (sheet) step(sheet, event.key === "j" ? 1 : -1);
  });
}
