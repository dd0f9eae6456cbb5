// The folder of articles: listed, read, added to, taken from, and indexed.

import { get, Refusal, send, sourcePath } from "./api.js";
import { announce, button, iconButton, isSought, make } from "./dom.js";
import { languageName, dateName, countName, t } from "./messages.js";
import { openSource } from "./source.js";

const SHOWN = 200; // rows at a time

let rows, search, state, results, picker;
let entries = [];
let limit = SHOWN;

export function start(root) {
  search = make("input", {
    type: "search",
    placeholder: t("library.search"),
    ariaLabel: t("library.search"),
    oninput: () => list(),
  });
  state = make("p", { className: "state", role: "status" });
  results = make("ul", { className: "results", ariaLive: "polite" });
  rows = make("tbody");
  picker = make("input", { type: "file", multiple: true, className: "unseen" });
  picker.ariaLabel = t("library.choose");
  picker.onchange = () => upload([...picker.files]).then(() => (picker.value = ""));
  const drop = make(
    "label",
    { className: "drop" },
    make("strong", {}, t("library.choose")),
    " ",
    make("span", {}, t("library.drop")),
    picker,
  );
  drop.ondragover = (event) => {
    event.preventDefault();
    drop.classList.add("over");
  };
  drop.ondragleave = () => drop.classList.remove("over");
  drop.ondrop = (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    upload([...event.dataTransfer.files]);
  };
  const heads = ["title", "language", "date", "length", "state"].map((name) =>
    make("th", { scope: "col" }, t(`library.${name}`)),
  );
  heads.push(make("th", { scope: "col" }, make("span", { className: "unseen" }, t("library.actions"))));
  root.replaceChildren(
    make(
      "section",
      { id: "library", ariaLabel: t("library") },
      drop,
      results,
      make("div", { className: "bar" }, search, button(t("library.index"), indexAgain)),
      state,
      make("table", {}, make("thead", {}, make("tr", {}, ...heads)), rows),
    ),
  );
  document.addEventListener("indexed", refresh);
  refresh();
}

async function refresh() {
  try {
    entries = await get("/api/sources");
    const index = await get("/api/index");
    picker.accept = index.suffixes.join();
    state.textContent = index.error ?? t("library.count", { count: index.articles });
    state.classList.toggle("failed", Boolean(index.error));
    list();
  } catch (error) {
    state.textContent = error.message;
  }
}

function list() {
  const fitting = entries.filter((entry) =>
    isSought(search, entry.title, entry.source, entry.publisher),
  );
  rows.replaceChildren(...fitting.slice(0, limit).map(row));
  if (fitting.length > limit) {
    const more = button(t("library.more", { count: fitting.length - limit }), () => {
      limit += SHOWN;
      list();
    });
    rows.append(make("tr", {}, make("td", { colSpan: 6 }, more)));
  }
}

function row(entry) {
  const isReadable = entry.state === "indexed";
  const title = isReadable
    ? button(entry.title, (event) =>
        openSource({ source: entry.source, start: 0 }, { from: event.currentTarget }),
      )
    : make("span", {}, entry.title);
  const told = [entry.publisher, entry.source];
  if (entry.story && entry.story !== entry.source) told.push(t("library.story", entry));
  const name = told.filter(Boolean).join(" · ");
  const cell = (key, ...children) => make("td", { "data-name": t(`library.${key}`) }, ...children);
  const removing = iconButton("remove", t("library.remove", entry), () => remove(entry));
  return make(
    "tr",
    { className: entry.state },
    make("th", { scope: "row" }, title, make("small", {}, name)),
    cell("language", entry.language ? languageName(entry.language) : "–"),
    cell("date", dateName(entry.published) ?? "–"),
    cell("length", entry.length === null ? "–" : countName(entry.length)),
    cell(
      "state",
      make("span", { className: `badge ${entry.state}` }, t(`state.${entry.state}`)),
      entry.problem ? make("small", { className: "problem" }, entry.problem) : null,
    ),
    make("td", {}, entry.bytes === null ? null : removing),
  );
}

async function upload(files) {
  const lines = files.map((file) => make("li", {}, `${file.name} …`));
  results.replaceChildren(...lines);
  for (const [i, file] of files.entries()) await put(file, lines[i]);
  await refresh();
}

async function put(file, line, replace = false) {
  const form = new FormData();
  form.append("file", file, file.name);
  const progress = make("progress", { value: 0, ariaLabel: file.name });
  line.replaceChildren(`${file.name} `, progress);
  try {
    const [result] = await transfer(`/api/sources?replace=${replace}`, form, (share) => {
      progress.value = share;
    });
    line.textContent = result.problem ?? t("library.added", { name: result.source });
    line.classList.toggle("failed", Boolean(result.problem));
    if (result.is_taken_name) {
      line.append(" ", button(t("library.replace"), () => put(file, line, true).then(refresh)));
    }
  } catch (error) {
    line.textContent = `${file.name}: ${error.message}`;
    line.classList.add("failed");
  }
  document.dispatchEvent(new CustomEvent("indexing"));
}

// `fetch` does not tell how much of a body was sent.
function transfer(path, form, tell) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = "json";
    request.upload.onprogress = (event) => tell(event.loaded / event.total);
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else reject(new Refusal(request.response?.detail ?? String(request.status)));
    };
    request.onerror = () => reject(new Refusal(t("unreachable")));
    request.open("POST", path);
    request.send(form);
  });
}

async function remove(entry) {
  if (!confirm(t("library.sure", entry))) return;
  try {
    await send("DELETE", sourcePath(entry.source));
    announce(t("library.removed", entry));
  } catch (error) {
    fail(error);
  }
  document.dispatchEvent(new CustomEvent("indexing"));
  refresh();
}

function fail(error) {
  results.replaceChildren(make("li", { className: "failed" }, error.message));
}

async function indexAgain() {
  try {
    await send("POST", "/api/index");
  } catch (error) {
    fail(error);
  }
  document.dispatchEvent(new CustomEvent("indexing"));
}
