// The frame around the parts: its own words in the page's language, the tabs and the sidebar.

import { t } from "./messages.js";

const TABS = ["chat", "library"]; // each is named by the message of that name

const COVERING = matchMedia("(max-width: 60rem)"); // the sidebar lies over the page

// Bring the conversation to the front.
export function showChat() {
  document.querySelector('#tabs [data-tab-id="chat"]:not(.selected)')?.click();
  if (COVERING.matches) document.querySelector("#sidebar.open .toggle-button")?.click();
}

// Open the sidebar where there is room for it.
export function showSidebar() {
  if (!COVERING.matches) document.querySelector("#sidebar:not(.open) .toggle-button")?.click();
}

// The frame knows fewer languages than we do.
function translate() {
  for (const tab of TABS) {
    for (const label of document.querySelectorAll(`#tabs [data-tab-id="${tab}"]`)) {
      if (label.textContent !== t(tab)) label.textContent = t(tab);
    }
  }
  document.querySelector("#sidebar .toggle-button")?.setAttribute("aria-label", t("kept"));
}

// Translate now, and again when the frame redraws its tabs, as it does where they do not fit.
export function start() {
  const tabs = document.getElementById("tabs");
  new MutationObserver(translate).observe(tabs, { childList: true, subtree: true });
  translate();
}
