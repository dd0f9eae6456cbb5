// The folder of articles: the list, adding and removing articles, and indexing.

import { get, Refusal, send, sourcePath } from "./api.js";
import { announce, button, create, iconButton, isSought } from "./dom.js";
import { languageName, dateName, countName, t } from "./messages.js";
import { openSource } from "./source.js";

const SHOWN = 200; // rows, and as many more at each click

let rows, search, state, results, picker, unread;
let entries = [];
let limit = SHOWN;

export function start(root) {
  search = create("input", {
    type: "search",
    placeholder: t("library.search"),
    ariaLabel: t("library.search"),
    oninput: () => list(),
  });
  state = create("p", { className: "state", role: "status" });
  results = create("ul", { className: "results", ariaLive: "polite" });
  rows = create("tbody");
  unread = create("details", { className: "unread", hidden: true });
  picker = create("input", { type: "file", multiple: true, className: "unseen" });
  picker.ariaLabel = t("library.choose");
  picker.onchange = () => upload([...picker.files]).then(() => (picker.value = ""));
  const drop = create(
    "label",
    { className: "drop" },
    create("strong", {}, t("library.choose")),
    " ",
    create("span", {}, t("library.drop")),
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
    create("th", { scope: "col" }, t(`library.${name}`)),
  );
  heads.push(create("th", { scope: "col" }, create("span", { className: "unseen" }, t("library.actions"))));
  root.replaceChildren(
    create(
      "section",
      { id: "library", ariaLabel: t("library") },
      drop,
      results,
      create("div", { className: "bar" }, search, button(t("library.index"), indexAgain)),
      state,
      create("table", {}, create("thead", {}, create("tr", {}, ...heads)), rows),
      unread,
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
    listUnread(await get("/api/passed-over"));
  } catch (error) {
    state.textContent = error.message;
  }
}

// What is in the folder and is not read, each with its reason.
function listUnread(passedOver) {
  const named = passedOver.slice(0, SHOWN);
  const items = named.map((each) =>
    create("li", {}, each.source, create("small", {}, t(`unread.${each.reason}`))),
  );
  const others = passedOver.length - named.length;
  if (others) items.push(create("li", {}, t("library.unread more", { count: others })));
  unread.hidden = !passedOver.length;
  unread.replaceChildren(
    create("summary", {}, t("library.unread", { count: passedOver.length })),
    create("ul", {}, ...items),
  );
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
    rows.append(create("tr", {}, create("td", { colSpan: 6 }, more)));
  }
}

function row(entry) {
  const isReadable = entry.state === "indexed";
  const title = isReadable
    ? button(entry.title, (event) =>
        openSource({ source: entry.source, start: 0 }, { from: event.currentTarget }),
      )
    : create("span", {}, entry.title);
  const facts = [entry.publisher, entry.source];
  if (entry.story && entry.story !== entry.source) facts.push(t("library.story", entry));
  const name = facts.filter(Boolean).join(" · ");
  const cell = (key, ...children) => create("td", { "data-name": t(`library.${key}`) }, ...children);
  const removing = iconButton("remove", t("library.remove", entry), () => remove(entry));
  return create(
    "tr",
    { className: entry.state },
    create("th", { scope: "row" }, title, create("small", {}, name)),
    cell("language", entry.language ? languageName(entry.language) : "–"),
    cell("date", dateName(entry.published) ?? "–"),
    cell("length", entry.length === null ? "–" : countName(entry.length)),
    cell(
      "state",
      create("span", { className: `badge ${entry.state}` }, t(`state.${entry.state}`)),
      entry.problem ? create("small", { className: "problem" }, entry.problem) : null,
    ),
    create("td", {}, entry.bytes === null ? null : removing),
  );
}

async function upload(files) {
  const lines = files.map((file) => create("li", {}, `${file.name} …`));
  results.replaceChildren(...lines);
  for (const [i, file] of files.entries()) await put(file, lines[i]);
  await refresh();
}

async function put(file, line, replace = false) {
  const form = new FormData();
  form.append("file", file, file.name);
  const progress = create("progress", { value: 0, ariaLabel: file.name });
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

// Send a form; `onProgress` gets the share that was sent, which `fetch` does not report.
function transfer(path, form, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress(event.loaded / event.total);
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
  results.replaceChildren(create("li", { className: "failed" }, error.message));
}

async function indexAgain() {
  try {
    await send("POST", "/api/index");
  } catch (error) {
    fail(error);
  }
  document.dispatchEvent(new CustomEvent("indexing"));
}
