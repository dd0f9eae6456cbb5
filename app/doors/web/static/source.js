// A source beside the chat, at the quoted words; on a phone, a sheet over the page.

import * as address from "./address.js";
import { get, sourcePath } from "./api.js";
import { button, copyText, create, iconButton, isComposing } from "./dom.js";
import { dateName, languageName, partName, shareName, t } from "./messages.js";

const title = create("h2", { id: "source-title" });
const details = create("p", { className: "details" });
const position = create("span", { className: "position" }); // on the trail: 2/5
const previous = iconButton("previous", t("source.previous"), () => step(-1));
const next = iconButton("next", t("source.next"), () => step(1));
const link = iconButton("link", t("source.link"), copyLink);
const closing = iconButton("close", t("source.close"), () => closeSource());
const changed = create("p", { className: "changed", hidden: true });
const before = create("span");
const mark = create("mark");
const after = create("span");
const text = create("div", { className: "text", tabIndex: 0, role: "region" }, before, mark, after);
text.setAttribute("aria-labelledby", title.id);
const others = create("details", { className: "others" });
const panel = create(
  "aside",
  { id: "source", hidden: true, ariaLabel: t("source.label") },
  create(
    "header",
    {},
    create("div", { className: "heading" }, title, details),
    create("div", { className: "tools" }, previous, position, next, link, closing),
  ),
  changed,
  text,
  others,
);
document.body.append(panel);

let shown = null; // the span that is open, with its trail
let opener = null; // the element that gets the focus back

// Open a span {source, start, end?, quote?}. `trail` are the citations of its answer, `passages`
// all that was found for the question, and `from` is the element that was clicked.
export async function openSource(span, { trail = [], passages = [], from = null } = {}) {
  opener = from ?? opener;
  shown = { span, trail, passages };
  let source;
  try {
    const wanted = new URLSearchParams({ start: span.start, quote: span.quote ?? "" });
    if (span.end !== null && span.end !== undefined) wanted.set("end", span.end);
    source = await get(`${sourcePath(span.source)}?${wanted}`);
  } catch (error) {
    source = { title: t("source.failed"), before: error.message, quote: "", after: "" };
  }
  if (shown?.span === span) show(source);
}

function show(source) {
  title.textContent = source.title;
  const facts = [source.publisher, dateName(source.published)];
  if (source.language) facts.push(languageName(source.language));
  details.textContent = [...facts, source.author, source.source, partName(source)].filter(Boolean).join(" · ");
  if (/^https?:/.test(source.url ?? "")) {
    const original = { href: source.url, target: "_blank", rel: "noopener noreferrer" };
    details.append(" · ", create("a", original, t("source.original")));
  }
  if (source.copies?.length) details.append(" · ", t("source.copies", { names: source.copies.join(", ") }));
  const isChanged = ["in place", "moved", "gone"].includes(source.place);
  changed.textContent = isChanged ? t(`source.${source.place}`) : "";
  changed.hidden = !isChanged;
  text.lang = source.language ?? "";
  before.textContent = source.before.trimStart();
  mark.textContent = source.quote;
  after.textContent = source.after;
  showTrail();
  showOthers();
  panel.hidden = false;
  document.body.classList.add("reading");
  if (source.source) {
    const end = source.start + [...source.quote].length;
    address.showSpan({ source: source.source, start: source.start, end });
    shown.link = address.permalink({ source: source.source, start: source.start, end });
  }
  link.hidden = !shown.link;
  (source.quote ? mark : before).scrollIntoView({ block: "center" });
  if (!panel.contains(document.activeElement)) closing.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("sourceopen", { detail: shown.span }));
}

function showTrail() {
  const index = shown.trail.indexOf(shown.span);
  const isOnTrail = index >= 0 && shown.trail.length > 1;
  for (const part of [previous, position, next]) part.hidden = !isOnTrail;
  position.textContent = `${index + 1}/${shown.trail.length}`;
  previous.disabled = index <= 0;
  next.disabled = index === shown.trail.length - 1;
  if (document.activeElement?.disabled) closing.focus();
}

function showOthers() {
  const open = others.open;
  others.hidden = !shown.passages.length;
  others.replaceChildren(
    create("summary", {}, t("source.others", { count: shown.passages.length })),
    create(
      "ol",
      {},
      ...shown.passages.map((passage) =>
        create(
          "li",
          {},
          button(
            create("span", { className: "excerpt" }, passage.text),
            () => openSource(passage, { trail: shown.trail, passages: shown.passages }),
          ),
          create("small", {}, `${passage.source} · ${shareName(passage.score)}`),
        ),
      ),
    ),
  );
  others.open = open;
}

function step(by) {
  const to = shown.trail[shown.trail.indexOf(shown.span) + by];
  if (to) openSource(to, shown);
}

async function copyLink() {
  try {
    await copyText(shown.link, link);
  } catch (error) {
    changed.textContent = error.message;
    changed.hidden = false;
  }
}

export function closeSource() {
  if (panel.hidden) return;
  panel.hidden = true;
  shown = null;
  document.body.classList.remove("reading");
  address.showSpan(null);
  document.dispatchEvent(new CustomEvent("sourceopen", { detail: null }));
  if (opener?.isConnected) opener.focus();
}

document.addEventListener("keydown", (event) => {
  if (panel.hidden || event.defaultPrevented || isComposing(event)) return;
  if (event.key === "Escape") closeSource();
  if (!panel.contains(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowLeft") step(-1);
  if (event.key === "ArrowRight") step(1);
});

function openAddressed() {
  const { span } = address.read();
  if (span) openSource(span);
}
addEventListener("hashchange", openAddressed);
openAddressed();
