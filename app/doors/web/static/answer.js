// An answer as it is shown: its text, its marks, and what its sources agree or differ on.

import { make, button } from "./dom.js";
import { placeName, t } from "./messages.js";
import { describe } from "./quote-card.js";
import { openSource } from "./source.js";

const NEAREST = 3; // passages shown where nothing answers

// Writes pieces into `body` as they come.
export class Writer {
  constructor(body) {
    this.body = body;
    this.clear();
  }

  clear() {
    this.body.replaceChildren();
    this.paragraph = null;
    this.citations = new Map();
    this.marks = [];
  }

  // A piece has text, the citation it is the mark of, or says that a sentence is not found.
  add({ text, citation, warning }) {
    if (citation) {
      this.citations.set(citation.number, citation);
      const mark = make("button", { type: "button", className: "mark" }, text);
      this.marks.push([this.#inline(mark), citation.number]);
    } else if (warning) {
      this.#inline(make("span", { className: "not-found" }, text.trim()));
    } else {
      text.split(/\n{2,}/).forEach((part, i) => {
        if (i) this.paragraph = null;
        if (part) this.#inline(part);
      });
    }
  }

  #inline(node) {
    this.paragraph ??= this.body.appendChild(make("p"));
    this.paragraph.append(node);
    return node;
  }

  // Let the marks lead to their sources, now that the whole answer is known.
  connect(language, passages) {
    const trail = [...this.citations.values()].sort((one, other) => one.number - other.number);
    for (const [mark, number] of this.marks) {
      const cited = this.citations.get(number);
      mark.ariaLabel = t("mark", cited);
      describe(mark, cited, language);
      mark.onclick = () => openSource(cited, { trail, passages, from: mark });
      mark.span = cited;
    }
  }
}

document.addEventListener("sourceopen", ({ detail }) => {
  for (const mark of document.querySelectorAll(".mark")) {
    mark.classList.toggle("open", detail !== null && mark.span === detail);
  }
});

// What is said beside a whole answer: what agrees, what differs, what was not found, notices.
export function remarks(answer) {
  const badges = [];
  const agreeing = Math.max(0, ...answer.agreements.map((each) => each.citations.length));
  if (agreeing) badges.push(badge("agree", t("badge.agree", { count: agreeing })));
  if (answer.conflicts.length) badges.push(badge("differ", t("badge.differ")));
  const lacking = answer.statements.filter((statement) => !statement.supported).length;
  if (lacking) badges.push(badge("lack", t("badge.lack", { count: lacking })));
  return [
    badges.length ? make("p", { className: "badges" }, ...badges) : null,
    ...answer.notices.map((notice) => make("p", { className: "notice" }, notice)),
  ].filter(Boolean);
}

function badge(kind, text) {
  return make("span", { className: `badge ${kind}` }, text);
}

// What came nearest, where the articles do not answer.
export function nearest(answer) {
  const spans = answer.evidence.slice(0, NEAREST).map((each) => ({ ...each, quote: each.text }));
  if (answer.answered || !spans.length) return null;
  return make(
    "section",
    { className: "nearest" },
    make("h2", {}, t("nearest")),
    make(
      "ul",
      {},
      ...spans.map((span) => {
        const open = button(make("q", {}, span.text), () =>
          openSource(span, { trail: spans, passages: answer.passages, from: open }),
        );
        return make("li", {}, open, make("small", {}, span.source));
      }),
    ),
  );
}

// The answer as text to paste elsewhere: its words, then where its marks lead.
export function asText(answer) {
  const sources = answer.citations.map(
    (each) => `[${each.number}] “${each.quote}” ${each.title}, ${placeName(each)}` +
      (each.url ? `, ${each.url}` : ""),
  );
  return [answer.text, ...answer.notices, sources.join("\n")].filter(Boolean).join("\n\n");
}

// The pieces of a whole answer, as they would have come one by one.
export function pieces(answer) {
  const known = new Map(answer.citations.map((citation) => [citation.number, citation]));
  return answer.pieces.map((piece) => ({ ...piece, citation: known.get(piece.citation) }));
}
