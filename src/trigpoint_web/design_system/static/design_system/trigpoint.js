// SPDX-License-Identifier: MIT
// Starts the components of the NHS design system, and opens what is inside an option when that is chosen.
// Every page works without it: then everything inside options is shown.
import { initAll } from "./nhsuk/nhsuk-frontend.min.js";

function showInside(option) {
  const inside = document.getElementById(option.dataset.inside);
  for (const kind of ["radios", "checkboxes"]) {
    inside.classList.toggle(`nhsuk-${kind}__conditional--hidden`, !option.checked);
  }
}

function showAllInside() {
  document.querySelectorAll("[data-inside]").forEach(showInside);
}

initAll();
showAllInside();
document.addEventListener("change", showAllInside);
// A browser that goes back fills in the form after the page has loaded.
window.addEventListener("pageshow", showAllInside);
