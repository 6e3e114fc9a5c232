// One switch for the code of a page, and a fading edge where a table or a block of code goes on sideways. Without scripts both are as written.
const KEPT = "code";
const WIDE = ".table-scroll, .pst-scrollable-table-container, .bd-article table.docutils, .bd-article div.highlight pre, .cell_output :is(.text_html, pre)";
const chosen = () => {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null; // A browser may keep nothing.
  }
};
// Until a reader chooses, code that a page folds is out of sight, and code that a page shows is shown.
document.documentElement.dataset.code = chosen() ?? "folded";

document.addEventListener("DOMContentLoaded", () => {
  addSwitch();
  for (const wide of document.querySelectorAll(WIDE)) watch(wide);
  unfold();
});
addEventListener("hashchange", unfold);

// A place that an address leads to may be folded; not every browser unfolds it.
function unfold() {
  const folds = [...document.querySelectorAll("details:not([open])")].filter((one) => one.querySelector(":target"));
  for (const one of folds) one.open = true;
  if (folds.length) document.querySelector(":target").scrollIntoView();
}

function addSwitch() {
  const cells = document.querySelectorAll(".bd-article div.cell .cell_input");
  const place = document.querySelector(".bd-article h1");
  if (!cells.length || !place) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "code-switch";
  const set = (state) => {
    document.documentElement.dataset.code = state;
    button.textContent = state === "shown" ? "Hide all code" : "Show all code";
    for (const folded of document.querySelectorAll(".bd-article div.cell details.hide.above-input")) folded.open = state === "shown";
  };
  button.addEventListener("click", () => {
    const state = document.documentElement.dataset.code === "shown" ? "hidden" : "shown";
    set(state);
    try {
      sessionStorage.setItem(KEPT, state);
    } catch {
      // The choice then holds for this page.
    }
  });
  set(document.documentElement.dataset.code);
  place.after(button);
}

function watch(wide) {
  const look = () => {
    const left = wide.scrollWidth - wide.clientWidth - wide.scrollLeft;
    wide.classList.toggle("goes-on", left > 2);
    wide.classList.toggle("came-from", wide.scrollLeft > 2);
  };
  wide.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(wide);
}
