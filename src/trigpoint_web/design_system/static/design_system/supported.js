// SPDX-License-Identifier: MIT
// Says to the style sheet that scripts run, before anything is drawn, so that nothing jumps. A file of its own, as the
// content security policy refuses scripts inside the page.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("nhsuk-frontend-supported");
}
