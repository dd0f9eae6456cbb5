// The page's head: its name, how far indexing has come, and the choice of light or dark.

import { get } from "./api.js";
import { create, iconButton } from "./dom.js";
import { languageName, t, UNKNOWN } from "./messages.js";

const POLL = 500; // milliseconds, while the index is being built
const RETRY = 5000; // milliseconds, while the index cannot be used
const THEME = "theme"; // the key under which the browser keeps the choice
const NAMED = 5; // languages at most

let state, polling;
let latest = 0; // counts the requests; late results of earlier ones are not shown

export function start(root) {
  state = create("p", { id: "status", role: "status" });
  root.replaceChildren(
    create(
      "header",
      { id: "top" },
      create("h1", {}, "Corpus Chat"),
      state,
      iconButton("theme", t("theme"), changeTheme, { id: "theme" }),
    ),
  );
  const kept = localStorage.getItem(THEME);
  if (kept) showTheme(kept);
  document.addEventListener("indexing", poll);
  // The folder may have changed while the page was in the background.
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
  // After an error the server tries again on its own, so this goes on as well.
  if (index.is_working || index.error) polling = setTimeout(poll, index.error ? RETRY : POLL);
  if (!index.is_working && !isKnown) document.dispatchEvent(new CustomEvent("indexed"));
}

function line(index) {
  if (index.is_working) return index.total ? t("preparing", index) : t("loading");
  if (index.error) return index.error;
  const facts = [t("library.count", { count: index.articles })];
  const languages = index.languages.filter((code) => code !== UNKNOWN).map(languageName);
  facts.push(languages.slice(0, NAMED).join(", ") + (languages.length > NAMED ? " …" : ""));
  if (index.problems.length) facts.push(t("problems", { count: index.problems.length }));
  return facts.join(" · ");
}

function changeTheme() {
  const theme = document.body.classList.contains("dark") ? "light" : "dark";
  localStorage.setItem(THEME, theme);
  showTheme(theme);
}

// This class switches the frame to its dark colours.
function showTheme(theme) {
  document.body.classList.toggle("dark", theme === "dark");
}
