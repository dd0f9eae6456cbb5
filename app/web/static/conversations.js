// The conversations that are kept: found, opened, renamed, exported and deleted.

import { get, send } from "./api.js";
import { newConversation, openConversation, openedConversation } from "./chat.js";
import { announce, button, iconButton, make } from "./dom.js";
import { t } from "./messages.js";

const WAIT = 200; // milliseconds after a key, before what is typed is searched for

const WIDE = matchMedia("(min-width: 60rem)");

let list, search, waiting;

export function start(root) {
  list = make("ul", { className: "kept" });
  search = make("input", {
    type: "search",
    placeholder: t("kept.search"),
    ariaLabel: t("kept.search"),
    oninput: () => {
      clearTimeout(waiting);
      waiting = setTimeout(refresh, WAIT);
    },
  });
  root.replaceChildren(
    make(
      "nav",
      { id: "conversations", ariaLabel: t("kept") },
      make(
        "header",
        {},
        make("h2", {}, t("kept")),
        iconButton("add", t("new"), newConversation, { id: "new" }),
      ),
      search,
      list,
      make(
        "a",
        { href: "/api/feedback", download: "rated.jsonl", className: "download" },
        t("feedback.export"),
      ),
    ),
  );
  document.addEventListener("conversationchange", refresh);
  refresh();
  // The frame's sidebar covers a phone's page: it begins closed, and opens where there is room.
  if (WIDE.matches) document.querySelector("#sidebar .toggle-button")?.click();
}

async function refresh() {
  try {
    const found = await get(`/api/conversations?${new URLSearchParams({ search: search.value })}`);
    list.replaceChildren(...found.map(entry));
    if (!found.length) list.append(make("li", { className: "none" }, t("kept.none")));
  } catch (error) {
    list.replaceChildren(make("li", { className: "failed" }, error.message));
  }
}

function entry({ id, title }) {
  const isOpen = id === openedConversation();
  const item = make("li", { className: isOpen ? "open" : "" });
  const open = button(title, () => openConversation(id), { className: "title", title });
  if (isOpen) open.ariaCurrent = "true";
  const path = `/api/conversations/${id}`;
  const menu = make(
    "details",
    { className: "menu" },
    make("summary", { ariaLabel: t("kept.more", { title }) }, "⋯"),
    button(t("rename"), () => rename(item, id, title)),
    make("a", { href: `${path}/export?form=markdown`, download: "" }, t("export.markdown")),
    make("a", { href: `${path}/export?form=json`, download: "" }, t("export.json")),
    button(t("delete"), () => remove(id, title), { className: "danger" }),
  );
  item.append(open, menu);
  return item;
}

function rename(item, id, title) {
  const box = make("input", { value: title, ariaLabel: t("rename"), maxLength: 80 });
  const form = make("form", {}, box);
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (box.value.trim()) await change("PATCH", id, { title: box.value.trim() });
    refresh();
  };
  form.addEventListener("keydown", (event) => event.key === "Escape" && refresh());
  item.replaceChildren(form);
  box.select();
}

async function remove(id, title) {
  if (!confirm(t("delete.sure", { title }))) return;
  await change("DELETE", id);
  if (id === openedConversation()) newConversation();
  else refresh();
}

async function change(method, id, body) {
  try {
    await send(method, `/api/conversations/${id}`, body);
  } catch (error) {
    announce(error.message);
  }
}

// One menu is open at a time, and none once something else is pointed at.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("#conversations .menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
