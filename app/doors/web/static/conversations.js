// The list of conversations, to find, open, rename, export and delete them.

import { get, send } from "./api.js";
import { newConversation, openConversation, openedConversation } from "./chat.js";
import { button, create, iconButton, onEscape } from "./dom.js";
import { showSidebar } from "./frame.js";
import { t } from "./messages.js";

const WAIT = 200; // milliseconds after the last key before the search

let list, search, problem, waiting;
let latest = 0; // counts the searches; late results of earlier ones are not shown

export function start(root) {
  problem = create("p", { className: "failed", role: "alert", hidden: true });
  list = create("ul", { className: "kept" });
  search = create("input", {
    type: "search",
    placeholder: t("kept.search"),
    ariaLabel: t("kept.search"),
    oninput: () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, WAIT);
    },
  });
  root.replaceChildren(
    create(
      "nav",
      { id: "conversations", ariaLabel: t("kept") },
      create(
        "header",
        {},
        create("h2", {}, t("kept")),
        iconButton("add", t("new"), newConversation, { id: "new" }),
      ),
      search,
      problem,
      list,
      create(
        "a",
        { href: "/api/feedback", download: "rated.jsonl", className: "download" },
        t("feedback.export"),
      ),
    ),
  );
  document.addEventListener("conversationchange", () => {
    // Not while someone is renaming a conversation, or has a menu open.
    if (!list.querySelector("form, .menu[open]")) show();
  });
  show();
  showSidebar();
}

async function show() {
  const wanted = ++latest;
  let found;
  try {
    found = await get(`/api/conversations?${new URLSearchParams({ search: search.value })}`);
  } catch (error) {
    return fail(error);
  }
  if (wanted !== latest) return undefined;
  problem.hidden = true;
  const focused = document.activeElement?.closest("#conversations li")?.dataset.id;
  list.replaceChildren(...found.map(entry));
  list.querySelector(`li[data-id="${focused}"] .title`)?.focus();
  const none = t(search.value ? "kept.found none" : "kept.none");
  if (!found.length) list.append(create("li", { className: "none" }, none));
  return undefined;
}

function fail(error) {
  problem.textContent = error.message;
  problem.hidden = false;
}

function entry({ id, title }) {
  const isOpen = id === openedConversation();
  const item = create("li", { className: isOpen ? "open" : "", "data-id": id });
  const open = button(title, () => openConversation(id), { className: "title", title });
  if (isOpen) open.ariaCurrent = "true";
  const path = `/api/conversations/${id}`;
  const menu = create(
    "details",
    { className: "menu" },
    create("summary", { ariaLabel: t("kept.more", { title }) }, "⋯"),
    button(t("rename"), () => rename(item, id, title)),
    create("a", { href: `${path}/export?form=markdown`, download: "" }, t("export.markdown")),
    create("a", { href: `${path}/export?form=json`, download: "" }, t("export.json")),
    button(t("delete"), () => remove(id, title), { className: "danger" }),
  );
  item.append(open, menu);
  return item;
}

function rename(item, id, title) {
  const box = create("input", { value: title, ariaLabel: t("rename"), maxLength: 80 });
  const form = create("form", {}, box);
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (box.value.trim()) await change("PATCH", id, { title: box.value.trim() });
    show();
  };
  onEscape(form, show);
  item.replaceChildren(form);
  box.select();
}

async function remove(id, title) {
  if (!confirm(t("delete.sure", { title }))) return;
  if (!(await change("DELETE", id))) return;
  if (id === openedConversation()) newConversation();
  show();
}

// Change a conversation on the server; return whether that succeeded.
async function change(method, id, body) {
  try {
    await send(method, `/api/conversations/${id}`, body);
    return true;
  } catch (error) {
    fail(error);
    return false;
  }
}

// One menu is open at a time, and none after a click elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("#conversations .menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
