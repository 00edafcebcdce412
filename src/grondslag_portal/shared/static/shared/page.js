"use strict";
/* Every page works without this file. It moves focus to what is wrong, keeps what is typed, and
   warns before somebody is signed out. Words come from the page. */

const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

/* A form with data-autosave="address" is sent there while somebody types. The server answers in
   JSON: { "saved": "Opgeslagen om 14.32 uur", "version": 3 } or { "told": "why not" }. */
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const line = form.querySelector(".saved") || form.appendChild(document.createElement("p"));
  line.className = "saved";
  line.setAttribute("role", "status");
  let timer = 0;
  let busy = false;
  let again = false;

  async function save() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const sent = new FormData(form);
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: sent,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
      });
      const told = await answer.json();
      line.textContent = told.saved || told.told || "";
      const version = form.querySelector("input[name=version]");
      if (version && told.version !== undefined) version.value = told.version;
    } catch {
      line.textContent = document.body.dataset.notSaved || "";
    }
    busy = false;
    if (again) {
      again = false;
      later();
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, 1500);
  }

  form.addEventListener("input", later);
  form.addEventListener("submit", () => clearTimeout(timer));
}

/* The warning: after so many minutes without a request, with a button that asks for one. */
const { idleMinutes, idleWarningMinutes, idleWarning, idleStay, idleAddress } = document.body.dataset;
if (idleMinutes) {
  const bar = document.createElement("div");
  bar.className = "idle";
  bar.hidden = true;
  bar.setAttribute("role", "alert");
  document.body.append(bar);
  let timer = 0;

  function wait() {
    bar.hidden = true;
    bar.replaceChildren();
    clearTimeout(timer);
    timer = setTimeout(warn, Number(idleWarningMinutes) * 60_000);
  }

  function warn() {
    const text = document.createElement("p");
    text.textContent = idleWarning;
    const stay = document.createElement("button");
    stay.type = "button";
    stay.className = "button button--secondary";
    stay.textContent = idleStay;
    stay.addEventListener("click", async () => {
      await fetch(idleAddress, { credentials: "same-origin" });
      wait();
    });
    bar.replaceChildren(text, stay);
    bar.hidden = false;
  }

  wait();
}
