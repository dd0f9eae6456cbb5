// The conversation that is open, and the box to ask in.

import * as address from "./address.js";
import { get, send } from "./api.js";
import { iconButton, make, button } from "./dom.js";
import * as frame from "./frame.js";
import { t } from "./messages.js";
import { Scope } from "./scope.js";
import { Turn } from "./turn.js";

let turns, welcome, box, sending, scope;
let conversation = null;
let stopping = null; // stops the answer that is being written

export function start(root) {
  frame.start();
  scope = new Scope();
  turns = make("div", { className: "turns" });
  welcome = make(
    "section",
    { className: "welcome" },
    make("h2", {}, t("welcome")),
    make("p", {}, t("introduction")),
    make(
      "ul",
      { className: "examples" },
      ...t("examples").map((question) =>
        make("li", {}, button(question, () => ask(question), { className: "offer" })),
      ),
    ),
  );
  box = make("textarea", {
    id: "question",
    rows: 1,
    placeholder: t("ask.placeholder"),
    ariaLabel: t("ask.label"),
    maxLength: 2000,
  });
  sending = iconButton("send", t("send"), sendOrStop, { className: "icon primary", id: "send" });
  const form = make("div", { className: "asking" }, box, scope.button, sending);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!stopping) sendOrStop();
  });
  root.replaceChildren(
    make("div", { id: "chat", role: "region", ariaLabel: t("chat") }, welcome, turns),
    make("div", { className: "foot" }, scope.panel, form),
  );
  const { conversation: kept } = address.read();
  if (kept) openConversation(kept);
  box.focus();
}

export async function openConversation(id) {
  stopping?.abort();
  let kept;
  try {
    kept = await get(`/api/conversations/${id}`);
  } catch {
    return newConversation(); // it was deleted
  }
  conversation = id;
  address.showConversation(id);
  turns.replaceChildren();
  welcome.hidden = true;
  kept.turns.forEach((each, place) => addTurn(each.question, place).restore(each));
  turns.lastElementChild?.scrollIntoView({ block: "start" });
  tell();
}

export function newConversation() {
  stopping?.abort();
  conversation = null;
  address.showConversation(null);
  turns.replaceChildren();
  welcome.hidden = false;
  box.focus();
  tell();
}

export function openedConversation() {
  return conversation;
}

function sendOrStop() {
  if (stopping) return stopping.abort();
  const question = box.value.trim();
  if (!question) return box.focus();
  box.value = "";
  return ask(question);
}

async function ask(question, place = turns.childElementCount) {
  stopping?.abort();
  const control = new AbortController();
  stopping = control;
  showSending();
  welcome.hidden = true;
  while (turns.childElementCount > place) turns.lastElementChild.remove();
  try {
    if (conversation === null) {
      conversation = (await send("POST", "/api/conversations")).id;
      address.showConversation(conversation);
    }
    const turn = addTurn(question, place);
    if (place) turn.element.scrollIntoView({ block: "start", behavior: "smooth" });
    await turn.ask(scope.chosen(), control.signal);
  } catch (error) {
    turns.append(make("p", { className: "state failed" }, error.message));
  }
  if (stopping === control) {
    stopping = null;
    showSending();
  }
  tell();
}

function addTurn(question, place) {
  const again = (changed) => ask(changed, place);
  const turn = new Turn({ conversation, place, question, again, follow: (next) => ask(next) });
  turns.append(turn.element);
  return turn;
}

function showSending() {
  const name = t(stopping ? "stop" : "send");
  const drawn = iconButton(stopping ? "stop" : "send", name).firstChild;
  sending.replaceChildren(drawn);
  Object.assign(sending, { ariaLabel: name, title: name });
}

function tell() {
  document.dispatchEvent(new CustomEvent("conversationchange"));
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select");
  if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    box.focus();
  }
  if (event.key === "Escape" && stopping && event.target === box) stopping.abort();
});
addEventListener("hashchange", () => {
  const { conversation: wanted } = address.read();
  if (wanted && wanted !== conversation) openConversation(wanted);
});
