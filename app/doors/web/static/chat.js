// The conversation that is open, and the box to ask in.

import * as address from "./address.js";
import { get, send } from "./api.js";
import { button, iconButton, isComposing, make, onEscape } from "./dom.js";
import * as frame from "./frame.js";
import { icon } from "./icons.js";
import { t } from "./messages.js";
import { Scope } from "./scope.js";
import { closeSource } from "./source.js";
import { Turn } from "./turn.js";

let turns, welcome, box, sending, scope;
let conversation = null;
let stopping = null; // stops the answer that is being written
let latest = 0; // what was asked or opened last; what comes late for another is not shown
const shown = new Map(); // the turns, by their elements

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
    if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    if (!stopping) sendOrStop();
  });
  onEscape(box, () => (stopping ? stopping.abort() : closeSource()));
  root.replaceChildren(
    make("div", { id: "chat", role: "region", ariaLabel: t("chat") }, welcome, turns),
    make("div", { className: "foot" }, scope.panel, form),
  );
  const { conversation: kept } = address.read();
  if (kept) openConversation(kept);
  box.focus();
}

export async function openConversation(id) {
  frame.showChat();
  if (id === conversation) return;
  const visit = leave();
  let kept;
  try {
    kept = await get(`/api/conversations/${encodeURIComponent(id)}`);
  } catch (error) {
    if (visit !== latest) return;
    if (error.status === 404) newConversation(); // it was deleted
    else turns.replaceChildren(make("p", { className: "state failed" }, error.message));
    return;
  }
  if (visit !== latest) return;
  conversation = id;
  address.showConversation(id);
  clear();
  welcome.hidden = true;
  const restored = kept.turns.map((each, number) => {
    const turn = addTurn(each.question);
    turn.restore(each, id, number);
    return turn;
  });
  restored.at(-1)?.suggest();
  turns.lastElementChild?.scrollIntoView({ block: "start" });
  tell();
}

export function newConversation() {
  frame.showChat();
  leave();
  conversation = null;
  address.showConversation(null);
  clear();
  welcome.hidden = false;
  box.focus();
  tell();
}

// Stop what is being written, and return the number of what comes instead.
function leave() {
  stopping?.abort();
  stopping = null;
  showSending();
  latest += 1;
  return latest;
}

function clear() {
  closeSource();
  turns.replaceChildren();
  shown.clear();
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

// Ask a question, next in the conversation or instead of a turn and what follows it.
async function ask(question, instead = null) {
  const isLast = instead === null || instead.element === turns.lastElementChild;
  if (!isLast && !confirm(t("again.sure"))) return;
  const visit = leave();
  const control = new AbortController();
  stopping = control;
  showSending();
  welcome.hidden = true;
  removeFrom(instead);
  const turn = addTurn(question);
  if (turns.childElementCount > 1) turn.element.scrollIntoView({ block: "start" });
  box.focus();
  try {
    const id = conversation ?? (await begin(control.signal));
    if (visit !== latest) return;
    conversation = id;
    address.showConversation(id);
    const number = instead?.number ?? null;
    await turn.ask({ conversation, number, ...scope.chosen() }, control.signal);
  } catch (error) {
    turn.fail(control.signal.aborted ? t("stopped") : error.message);
  }
  if (stopping === control) {
    stopping = null;
    showSending();
  }
  tell();
}

async function begin(signal) {
  return (await send("POST", "/api/conversations", undefined, signal)).id;
}

// Remove a turn and what follows it, and those that were never kept.
function removeFrom(first) {
  let isFollowing = false;
  for (const element of [...turns.children]) {
    const turn = shown.get(element);
    isFollowing ||= turn !== undefined && turn === first;
    if (isFollowing || !turn || turn.number === null) {
      element.remove();
      shown.delete(element);
    }
  }
}

function addTurn(question) {
  const turn = new Turn({
    question,
    again: (instead, changed) => ask(changed, instead),
    follow: (next) => ask(next),
  });
  shown.set(turn.element, turn);
  turns.append(turn.element);
  return turn;
}

function showSending() {
  const name = t(stopping ? "stop" : "send");
  sending.replaceChildren(icon(stopping ? "stop" : "send"));
  Object.assign(sending, { ariaLabel: name, title: name });
}

function tell() {
  document.dispatchEvent(new CustomEvent("conversationchange"));
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select");
  if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    frame.showChat();
    box.focus();
  }
});
addEventListener("hashchange", () => {
  const { conversation: wanted } = address.read();
  if (wanted && wanted !== conversation) openConversation(wanted);
});
