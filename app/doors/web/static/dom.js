// Small helpers for the document. They insert text, never HTML.

import { icon } from "./icons.js";
import { t } from "./messages.js";

const DONE = 2000; // milliseconds for which a button shows that it has done its work

// Create an element with properties, and with attributes where no property has the name.
export function create(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (name in element && !name.includes("-")) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function button(label, onclick, properties = {}) {
  return create("button", { type: "button", onclick, ...properties }, label);
}

// A button that shows an icon; its label is for screen readers and the tooltip.
export function iconButton(iconName, label, onclick, properties = {}) {
  const labelled = { className: "icon", ariaLabel: label, title: label };
  return button(icon(iconName), onclick, { ...labelled, ...properties });
}

// Questions to choose from, as the items of a list; `ask` is called with the one that is chosen.
export function offers(questions, ask) {
  return questions.map((question) =>
    create("li", {}, button(question, () => ask(question), { className: "offer" })),
  );
}

const region = create("div", { id: "announced", role: "status", className: "unseen" });
document.body.append(region);

// Say something to people who use a screen reader.
export function announce(text) {
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50); // so that the same words are read out again
}

// Copy text, and show on `pressed`, the button for it, that it is done.
export async function copyText(text, pressed) {
  await navigator.clipboard.writeText(text);
  announce(t("copied"));
  pressed.classList.add("done");
  setTimeout(() => pressed.classList.remove("done"), DONE);
}

// Whether a key belongs to an input method, such as for Chinese, and not to the page.
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

// Have Escape call `act`; of nested elements only the innermost acts.
export function onEscape(element, act) {
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || isComposing(event)) return;
    event.preventDefault();
    act();
  });
}

// Whether one of `words` contains what is typed in the field `search`.
export function isSought(search, ...words) {
  return words.some((word) => word?.toLowerCase().includes(search.value.toLowerCase()));
}
