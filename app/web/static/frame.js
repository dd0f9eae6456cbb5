// The frame's own words, in the page's language: it knows fewer languages than we do.

import { t } from "./messages.js";

const TABS = { chat: "chat", library: "library" }; // the message of each tab

function translate() {
  for (const [tab, message] of Object.entries(TABS)) {
    for (const shown of document.querySelectorAll(`#tabs [data-tab-id="${tab}"]`)) {
      if (shown.textContent !== t(message)) shown.textContent = t(message);
    }
  }
  document.querySelector("#sidebar .toggle-button")?.setAttribute("aria-label", t("kept"));
}

// The frame draws its tabs anew where they no longer fit.
export function start() {
  const tabs = document.getElementById("tabs");
  new MutationObserver(translate).observe(tabs, { childList: true, subtree: true });
  translate();
}
