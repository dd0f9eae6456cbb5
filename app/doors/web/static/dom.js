// Small helpers for the document. What they put in is text, never HTML.

import { icon } from "./icons.js";
import { t } from "./messages.js";

const DONE = 2000; // milliseconds for which a button shows that it did what it is for

// Make an element; properties are set on it, and attributes where no property has the name.
export function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (name in made && !name.includes("-")) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function button(label, onclick, properties = {}) {
  return make("button", { type: "button", onclick, ...properties }, label);
}

// A button that shows a sign, and is called by its name.
export function iconButton(sign, name, onclick, properties = {}) {
  const named = { className: "icon", ariaLabel: name, title: name };
  return button(icon(sign), onclick, { ...named, ...properties });
}

const region = make("div", { id: "announced", role: "status", className: "unseen" });
document.body.append(region);

// Say something to those who listen to the page instead of looking at it.
export function announce(text) {
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50); // the same words twice are heard twice
}

// Copy text, and show at the button that asked for it that it is done.
export async function copyText(text, asking) {
  await navigator.clipboard.writeText(text);
  announce(t("copied"));
  asking.classList.add("done");
  setTimeout(() => asking.classList.remove("done"), DONE);
}

// Whether a key belongs to the choice of Chinese and other signs, not to the page.
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

// Have Escape do one thing: what is innermost.
export function onEscape(element, act) {
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || isComposing(event)) return;
    event.preventDefault();
    act();
  });
}

// Whether something with these words is looked for.
export function isSought(search, ...words) {
  return words.some((word) => word?.toLowerCase().includes(search.value.toLowerCase()));
}
