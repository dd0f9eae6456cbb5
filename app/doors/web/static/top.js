// The page's head: its name, how far indexing has come, and the choice of light or dark.

import { get } from "./api.js";
import { iconButton, make } from "./dom.js";
import { languageName, t, UNKNOWN } from "./messages.js";

const POLL = 500; // milliseconds, while the index is being built
const RETRIED = 5000; // milliseconds, while the index cannot be used
const KEPT = "theme";
const NAMED = 5; // languages, of as many as there are

let state, polling;
let latest = 0; // the last time that was asked; what comes late is not shown

export function start(root) {
  state = make("p", { id: "status", role: "status" });
  root.replaceChildren(
    make(
      "header",
      { id: "top" },
      make("h1", {}, "Corpus Chat"),
      state,
      iconButton("theme", t("theme"), changeTheme, { id: "theme" }),
    ),
  );
  const kept = localStorage.getItem(KEPT);
  if (kept) showTheme(kept);
  document.addEventListener("indexing", poll);
  // The folder may have changed while nobody looked.
  addEventListener("focus", poll);
  poll();
}

async function poll() {
  clearTimeout(polling);
  const asked = ++latest;
  let index;
  try {
    index = await get("/api/index");
  } catch {
    state.textContent = t("unreachable");
    polling = setTimeout(poll, 4 * POLL);
    return;
  }
  if (asked !== latest) return;
  const isKnown = Boolean(index.error) && state.textContent === index.error;
  state.textContent = state.title = line(index);
  state.classList.toggle("failed", Boolean(index.error));
  // What failed is tried again, without anybody asking for it.
  if (index.is_working || index.error) polling = setTimeout(poll, index.error ? RETRIED : POLL);
  if (!index.is_working && !isKnown) document.dispatchEvent(new CustomEvent("indexed"));
}

function line(index) {
  if (index.is_working) return index.total ? t("preparing", index) : t("loading");
  if (index.error) return index.error;
  const told = [t("library.count", { count: index.articles })];
  const languages = index.languages.filter((code) => code !== UNKNOWN).map(languageName);
  told.push(languages.slice(0, NAMED).join(", ") + (languages.length > NAMED ? " …" : ""));
  if (index.problems.length) told.push(t("problems", { count: index.problems.length }));
  return told.join(" · ");
}

function changeTheme() {
  const theme = document.body.classList.contains("dark") ? "light" : "dark";
  localStorage.setItem(KEPT, theme);
  showTheme(theme);
}

// The frame has its dark colours under this class.
function showTheme(theme) {
  document.body.classList.toggle("dark", theme === "dark");
}
