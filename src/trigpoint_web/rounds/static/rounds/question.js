// SPDX-License-Identifier: MIT
// Saves each answer of a question's page as it is given, says so beside it, and loses nothing: what is not saved yet is
// kept in this tab (sessionStorage) until it is. The page works without this script: then the button saves.
const FIRST_WAIT = 2000; // milliseconds before the first new try; it doubles from try to try
const LONGEST_WAIT = 60000;
const TYPING_PAUSE = 800; // a save for each letter would be a version for each letter

const form = document.querySelector("[data-question-form]");
const opened = form.querySelector("[data-opened]");
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
let queue = Promise.resolve(); // one save after another: a follow-up is refused before the answer that opens it is there

class Question {
  constructor(block) {
    this.block = block;
    this.id = block.dataset.question;
    this.saved = block.querySelector("[data-saved]");
    this.conflict = block.querySelector("[data-conflict]");
    this.versionField = block.querySelector("[data-version-field]");
    this.choices = [...block.querySelectorAll(`[name="answer-${this.id}"]`)];
    this.number = block.querySelector(`[name="number-${this.id}"]`);
    this.note = block.querySelector(`[name="note-${this.id}"]`);
    this.key = `typed ${location.pathname} ${this.id}`;
    this.wait = FIRST_WAIT;
    this.acknowledged = this.text();
  }

  typed() {
    return {
      answer: this.choices.filter((one) => one.checked).map((one) => one.value),
      number: this.number ? this.number.value : "",
      note: this.note.value,
    };
  }

  text() {
    return JSON.stringify(this.typed());
  }

  put(typed) {
    for (const one of this.choices) one.checked = typed.answer.includes(one.value);
    if (this.number) this.number.value = typed.number;
    this.note.value = typed.note;
    showFollowUps();
  }

  say(text, link) {
    this.saved.textContent = text;
    if (link) {
      const anchor = document.createElement("a");
      anchor.className = "nhsuk-link";
      anchor.href = link.url;
      anchor.textContent = link.text;
      this.saved.append(" ", anchor);
    }
  }

  keep() {
    const copy = { ...this.typed(), version: this.versionField.value, person: form.dataset.person };
    store((kept) => kept.setItem(this.key, JSON.stringify(copy)));
  }

  forget() {
    store((kept) => kept.removeItem(this.key));
  }

  restore() {
    const text = store((kept) => kept.getItem(this.key));
    const copy = text ? JSON.parse(text) : null;
    if (copy === null || copy.person !== form.dataset.person) return;
    if (copy.sent && Number(this.versionField.value) > Number(copy.version)) {
      this.forget(); // it went with the form, and a newer version stands
      return;
    }
    const before = this.text();
    this.put(copy);
    if (this.text() === before) {
      this.forget();
      return;
    }
    this.versionField.value = copy.version;
    this.say("You typed this before and it was not saved. Saving…");
    this.save();
  }

  changed(pause) {
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  save() {
    clearTimeout(this.timer);
    queue = queue.then(() => this.send());
    return queue;
  }

  async send() {
    const text = this.text();
    if (text === this.acknowledged || this.isStopped) return;
    this.say("Saving…");
    const body = JSON.stringify({ ...JSON.parse(text), version: this.versionField.value, opened: opened.value });
    let status = 0;
    let said = {};
    try {
      const reply = await fetch(this.block.dataset.save, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
        body,
        redirect: "error",
        keepalive: body.length < 60000,
      });
      status = reply.status;
      said = (reply.headers.get("Content-Type") || "").includes("json") ? await reply.json() : {};
    } catch {
      status = 0;
    }
    this.hear(status, said, text);
  }

  hear(status, said, text) {
    if (status === 200) this.wasSaved(said, text);
    else if (status === 401) this.say(`Not saved. ${said.problem}`, { url: said.sign_in, text: "Sign in and save it" });
    else if (status === 409 && said.theirs) this.showConflict(said.theirs);
    else if (said.problem) this.say(`Not saved. ${said.problem}`);
    else if (status === 403)
      this.say("Not saved. You have signed in again since this page was opened.", {
        url: location.href,
        text: "Load it again: what you typed is kept",
      });
    else this.retry();
  }

  wasSaved(said, text) {
    this.acknowledged = text;
    this.wait = FIRST_WAIT;
    this.versionField.value = said.version;
    opened.value = said.opened;
    if (this.text() === text) {
      this.forget();
      this.say(said.text);
    } else {
      this.keep();
    }
  }

  retry() {
    this.say(`Not saved: the service can’t be reached. Trying again in ${Math.round(this.wait / 1000)} seconds.`);
    this.timer = setTimeout(() => this.save(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  showConflict(theirs) {
    this.isStopped = true;
    const mine = this.typed();
    const box = document.createElement("div");
    box.className = "nhsuk-inset-text";
    box.tabIndex = -1;
    const line = (text) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = text;
      box.append(paragraph);
    };
    line(`${theirs.by} changed this too, ${theirs.at}: ${theirs.text}.`);
    if (theirs.note) line(`Their note: ${theirs.note}`);
    line("Yours is still in the form and is not saved. Which one should stand?");
    const choose = (text, keepsTheirs) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small nhsuk-u-margin-right-3";
      button.textContent = text;
      button.addEventListener("click", () => this.settle(theirs, keepsTheirs ? null : mine));
      box.append(button);
    };
    choose("Keep theirs", true);
    choose("Use mine", false);
    this.conflict.replaceChildren(box);
    this.say("Not saved: a colleague changed this answer too. Choose which one stands.");
    box.focus();
  }

  settle(theirs, mine) {
    this.isStopped = false;
    this.conflict.replaceChildren();
    this.versionField.value = theirs.version;
    this.put({ answer: theirs.choices, number: theirs.number, note: theirs.note });
    this.acknowledged = this.text();
    if (mine === null) {
      this.forget();
      this.say(`Saved ${theirs.at} by ${theirs.by}`);
      return;
    }
    this.put(mine);
    this.keep();
    this.save();
  }
}

// The storage may be refused or full; then the page saves as it goes and keeps no copy.
function store(use) {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}

const questions = [...form.querySelectorAll("[data-question]")].map((block) => new Question(block));
const byId = new Map(questions.map((one) => [one.id, one]));

function isMet(route) {
  const earlier = byId.get(route.question);
  if (earlier.block.hidden) return false;
  const { answer, number } = earlier.typed();
  const given = answer.map((one) => one.replace("missing:", ""));
  if (earlier.number && number.trim() !== "") {
    return route.at_least !== null && Number.parseFloat(number.replaceAll(",", "")) >= route.at_least;
  }
  return (given.length ? given : ["not_answered"]).some((one) => route.answers.includes(one));
}

function showFollowUps() {
  for (const { block } of questions) {
    if (block.dataset.shownWhen) block.hidden = !JSON.parse(block.dataset.shownWhen).some(isMet);
  }
}

function onlyOne(question, changed) {
  if (!question.number) return;
  if (changed === question.number && changed.value.trim() !== "") {
    for (const one of question.choices) one.checked = false;
  } else if (changed.type === "checkbox" && changed.checked) {
    question.number.value = "";
    for (const one of question.choices) one.checked = one === changed;
  }
}

for (const question of questions) {
  question.block.addEventListener("input", (event) => {
    onlyOne(question, event.target);
    showFollowUps();
    question.changed(event.target.type === "radio" || event.target.type === "checkbox" ? 0 : TYPING_PAUSE);
  });
  question.block.addEventListener("focusout", () => {
    if (question.text() !== question.acknowledged && !question.block.contains(document.activeElement)) question.changed(0);
  });
}

// What goes with the form is kept until the next page says that it was taken.
form.addEventListener("submit", () => {
  for (const question of questions) {
    clearTimeout(question.timer);
    if (question.text() === question.acknowledged) continue;
    const copy = { ...question.typed(), version: question.versionField.value, person: form.dataset.person, sent: true };
    store((kept) => kept.setItem(question.key, JSON.stringify(copy)));
  }
});

const cameFrom = document.referrer ? new URL(document.referrer).pathname : "";
if (cameFrom && cameFrom !== location.pathname) {
  store((kept) => {
    for (const key of Object.keys(kept)) {
      if (key.startsWith(`typed ${cameFrom} `) && JSON.parse(kept.getItem(key)).sent) kept.removeItem(key);
    }
  });
}

window.addEventListener("online", () => questions.forEach((one) => one.save()));
showFollowUps();
for (const question of questions) question.restore();
