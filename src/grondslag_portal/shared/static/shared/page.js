"use strict";
/* Every page works without this file. It moves focus to what is wrong, keeps what is typed, warns
   before somebody is signed out, and shows how far long work is. Words come from the page. */

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

/* A part with data-follow="address" holds the long work of a page; the server answers in JSON, per
   run: { "open": true, "said": "We lezen de meldingen.", "step": "Stap 3 van 9.", "done": 3,
   "total": 9 }. When a run ends, the page comes anew in its place: nobody's place on it is lost.
   Looking along is no sign that somebody is there: the server is told that it is only that. */
const ALONG = { credentials: "same-origin", redirect: "error", headers: { "X-Follows": "run" } };
const heard = document.createElement("p");
heard.className = "visually-hidden";
heard.setAttribute("role", "status");
document.body.append(heard);

function follow(part) {
  let wait = 2_000;
  let failures = 0;

  async function look() {
    try {
      if (!document.hidden && (await ended(part))) return await renew(part);
      failures = 0;
      wait = Math.min(wait * 1.2, 10_000);
    } catch {
      failures += 1;
      wait = 10_000;
      if (failures === 3) heard.textContent = part.dataset.lost;
      if (failures === 30) return;
    }
    setTimeout(look, wait);
  }

  setTimeout(look, wait);
}

async function ended(part) {
  const answer = await fetch(part.dataset.follow, ALONG);
  if (!answer.ok) throw new Error(answer.statusText);
  const told = await answer.json();
  for (const run of part.querySelectorAll("[data-run]")) {
    const now = told[run.dataset.run];
    if (!now || !now.open) return true;
    say(run.querySelector("[data-said]"), now.said);
    say(run.querySelector("[data-step]"), now.step);
    const bar = run.querySelector("progress");
    if (now.total) {
      bar.max = now.total;
      bar.value = now.done;
    }
  }
  return false;
}

async function renew(part) {
  const answer = await fetch(location.href, ALONG);
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = document.querySelector("main");
  const inside = main.contains(document.activeElement);
  main.replaceChildren(...page.querySelector("main").childNodes);
  if (inside) main.focus();
  heard.textContent = part.dataset.ended;
  main.querySelectorAll("[data-follow]").forEach(follow);
}

function say(spot, text) {
  if (spot.textContent !== text) spot.textContent = text;
}

document.querySelectorAll("[data-follow]").forEach(follow);
