// Looks in a text for personal data. The text stays on this page: nothing here sends anything.
"use strict";

(function () {
  const place = document.querySelector("[data-check-before-sharing]");
  if (!place) return;
  const box = place.querySelector("textarea");
  const result = place.querySelector("#check-result");

  // Besluit burgerservicenummer, art. 4: weights 9 to 2 and -1, divisible by 11.
  function isBsn(text) {
    const digits = text.replace(/\D/g, "");
    if (digits.length !== 9 || /^0+$/.test(digits)) return false;
    let total = -Number(digits[8]);
    for (let at = 0; at < 8; at += 1) total += Number(digits[at]) * (9 - at);
    return total % 11 === 0;
  }

  // ISO 13616 with ISO 7064 mod 97-10.
  function isIban(text) {
    const code = text.replace(/\s/g, "").toUpperCase();
    if (code.length < 15 || code.length > 34) return false;
    let rest = 0;
    for (const sign of code.slice(4) + code.slice(0, 4)) {
      for (const digit of String(parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97;
    }
    return rest === 1;
  }

  const KINDS = [
    ["iban", /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/gi, isIban],
    ["email", /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, null],
    ["bsn", /(?<!\d)\d{3}[ .-]?\d{3}[ .-]?\d{3}(?!\d)|(?<!\d)\d{4}[ .]\d{2}[ .]\d{3}(?!\d)/g, isBsn],
    ["phone", /(?<!\d)(?:\+31|0031|0)[ -]?(?:6[ -]?(?:\d[ -]?){8}|[1-9]\d{1,2}[ -]?(?:\d[ -]?){6,7})(?!\d)/g, null],
    ["postcode", /\b[1-9]\d{3}(?: ?[A-Z]{2}|[a-z]{2})\b/g, null],
    ["plate", /\b(?:[A-Z]{2}-\d{2}-\d{2}|\d{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-\d{2}|[A-Z]{2}-\d{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}|\d{2}-[A-Z]{2}-[A-Z]{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z]|[A-Z]-\d{2}-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d)\b/g, null],
    ["birth", /\b(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|1[0-2])[-/.](?:19|20)\d\d\b/g, null],
  ];

  function look() {
    result.textContent = "";
    if (!box.value.trim()) return;
    const list = document.createElement("ul");
    let text = box.value;
    for (const [kind, pattern, test] of KINDS) {
      const found = (text.match(pattern) || []).filter((part) => !test || test(part));
      for (const part of found) text = text.replace(part, "|"); // no part is two kinds
      if (!found.length) continue;
      const item = document.createElement("li");
      item.textContent = place.dataset[kind].replace("#", String(found.length));
      list.append(item);
    }
    const said = document.createElement("p");
    const strong = document.createElement("strong");
    strong.textContent = list.children.length ? place.dataset.found : place.dataset.none;
    said.append(strong);
    result.append(said);
    if (list.children.length) result.append(list);
  }

  box.addEventListener("input", look);
})();
