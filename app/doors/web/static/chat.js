// The conversation that is open, and the box to ask in.

import * as address from "./address.js";
import { get, send } from "./api.js";
import { create, iconButton, isComposing, offers, onEscape } from "./dom.js";
import * as frame from "./frame.js";
import { icon } from "./icons.js";
import { language, t } from "./messages.js";
import { Scope } from "./scope.js";
import { closeSource } from "./source.js";
import { Turn } from "./turn.js";

let turns, welcome, examples, box, sending, scope;
let conversation = null;
let stopping = null; // stops the answer that is being written
let latest = 0; // counts what is asked or opened; late results of earlier ones are not shown
const shown = new Map(); // the turns on the page, by their elements

export function start(root) {
  frame.start();
  scope = new Scope();
  turns = create("div", { className: "turns" });
  examples = create("ul", { className: "examples" });
  welcome = create(
    "section",
    { className: "welcome" },
    create("h2", {}, t("welcome")),
    create("p", {}, t("introduction")),
    examples,
  );
  box = create("textarea", {
    id: "question",
    rows: 1,
    placeholder: t("ask.placeholder"),
    ariaLabel: t("ask.label"),
    maxLength: 2000,
  });
  sending = iconButton("send", t("send"), sendOrStop, { className: "icon primary", id: "send" });
  const form = create("div", { className: "asking" }, box, scope.button, sending);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    if (!stopping) sendOrStop();
  });
  onEscape(box, () => (stopping ? stopping.abort() : closeSource()));
  root.replaceChildren(
    create("div", { id: "chat", role: "region", ariaLabel: t("chat") }, welcome, turns),
    create("div", { className: "foot" }, scope.panel, form),
  );
  const { conversation: kept } = address.read();
  if (kept) openConversation(kept);
  box.focus();
  document.addEventListener("indexed", showExamples);
  showExamples();
}

// Offer questions to begin with, as soon as there are articles to ask about.
async function showExamples() {
  if (examples.childElementCount) return;
  const path = `/api/examples?${new URLSearchParams({ language })}`;
  examples.replaceChildren(...offers(await get(path).catch(() => []), (question) => ask(question)));
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
    else turns.replaceChildren(create("p", { className: "state failed" }, error.message));
    return;
  }
  if (visit !== latest) return;
  conversation = id;
  address.showConversation(id);
  clear();
  welcome.hidden = true;
  const restored = kept.turns.map((keptTurn, number) => {
    const turn = addTurn(keptTurn.question);
    turn.restore(keptTurn, id, number);
    return turn;
  });
  restored.at(-1)?.suggest();
  turns.lastElementChild?.scrollIntoView({ block: "start" });
  announceChange();
}

export function newConversation() {
  frame.showChat();
  leave();
  conversation = null;
  address.showConversation(null);
  clear();
  welcome.hidden = false;
  box.focus();
  announceChange();
}

// Stop the answer that is being written; return the number of the next visit.
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

// Ask a question in a new turn, which replaces the turn `replaced` and all after it.
async function ask(question, replaced = null) {
  const isLast = replaced === null || replaced.element === turns.lastElementChild;
  if (!isLast && !confirm(t("again.sure"))) return;
  const visit = leave();
  const control = new AbortController();
  stopping = control;
  showSending();
  welcome.hidden = true;
  removeFrom(replaced);
  const turn = addTurn(question);
  if (turns.childElementCount > 1) turn.element.scrollIntoView({ block: "start" });
  box.focus();
  try {
    const id = conversation ?? (await begin(control.signal));
    if (visit !== latest) return;
    conversation = id;
    address.showConversation(id);
    const number = replaced?.number ?? null;
    await turn.ask({ conversation, number, ...scope.chosen() }, control.signal);
  } catch (error) {
    turn.fail(control.signal.aborted ? t("stopped") : error.message);
  }
  if (stopping === control) {
    stopping = null;
    showSending();
  }
  announceChange();
}

async function begin(signal) {
  return (await send("POST", "/api/conversations", undefined, signal)).id;
}

// Remove a turn and those that follow it, and any that were never kept.
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
    again: (replaced, changed) => ask(changed, replaced),
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

// Have the list of conversations show what is new.
function announceChange() {
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
