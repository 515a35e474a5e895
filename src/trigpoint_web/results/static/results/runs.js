// SPDX-License-Identifier: MIT
// Looks every two seconds how far the computation is, and shows the whole page again once it is over.
const place = document.getElementById("results-progress");

async function look() {
  try {
    const answer = await fetch(place.dataset.progressUrl, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const progress = await answer.json();
      if (!progress.is_going) {
        location.reload();
        return;
      }
      place.querySelector(".tp-progress__text").textContent = progress.text;
      place.querySelector(".tp-bar__part").setAttribute("width", progress.percent);
    }
  } catch {
    // The network is away for a moment: the next look will tell.
  }
  setTimeout(look, 2000);
}

if (place) {
  setTimeout(look, 2000);
}
