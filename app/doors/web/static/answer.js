// An answer on the page: its text, its marks, and what its sources agree or differ on.

import { button, create } from "./dom.js";
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

  // A piece is text, the mark of a citation, or the warning that a sentence is not found.
  add({ text, citation, warning }) {
    if (citation) {
      this.citations.set(citation.number, citation);
      const mark = create("button", { type: "button", className: "mark" }, text);
      this.marks.push([this.#inline(mark), citation.number]);
    } else if (warning) {
      this.#inline(create("span", { className: "not-found" }, text.trim()));
    } else {
      text.split(/\n{2,}/).forEach((part, i) => {
        if (i) this.paragraph = null;
        if (part) this.#inline(part);
      });
    }
  }

  #inline(node) {
    this.paragraph ??= this.body.appendChild(create("p"));
    this.paragraph.append(node);
    return node;
  }

  // Have the marks open their sources, now that the whole answer is known.
  connect(language, passages) {
    const trail = [...this.citations.values()].sort((one, other) => one.number - other.number);
    for (const [mark, number] of this.marks) {
      const citation = this.citations.get(number);
      mark.ariaLabel = t("mark", citation);
      describe(mark, citation, language);
      mark.onclick = () => openSource(citation, { trail, passages, from: mark });
      mark.span = citation;
    }
  }
}

document.addEventListener("sourceopen", ({ detail }) => {
  for (const mark of document.querySelectorAll(".mark")) {
    mark.classList.toggle("open", detail !== null && mark.span === detail);
  }
});

// Remarks below a whole answer: what agrees, what differs, what was not found, notices.
export function remarks(answer) {
  const badges = [];
  const agreeing = Math.max(0, ...answer.agreements.map((agreement) => agreement.citations.length));
  if (agreeing) badges.push(badge("agree", t("badge.agree", { count: agreeing })));
  if (answer.conflicts.length) badges.push(badge("differ", t("badge.differ")));
  const unsupported = answer.statements.filter((statement) => !statement.supported).length;
  if (unsupported) badges.push(badge("lack", t("badge.lack", { count: unsupported })));
  return [
    badges.length ? create("p", { className: "badges" }, ...badges) : null,
    ...answer.notices.map((notice) => create("p", { className: "notice" }, notice)),
  ].filter(Boolean);
}

function badge(kind, text) {
  return create("span", { className: `badge ${kind}` }, text);
}

// The sentences that come nearest, where the articles do not answer.
export function nearest(answer) {
  const nearby = answer.evidence.slice(0, NEAREST);
  const spans = nearby.map((sentence) => ({ ...sentence, quote: sentence.text }));
  if (answer.answered || !spans.length) return null;
  return create(
    "section",
    { className: "nearest" },
    create("h2", {}, t("nearest")),
    create(
      "ul",
      {},
      ...spans.map((span) => {
        const open = button(create("q", {}, withoutMarks(span.text)), () =>
          openSource(span, { trail: spans, passages: answer.passages, from: open }),
        );
        return create("li", {}, open, create("small", {}, span.source));
      }),
    ),
  );
}

// A sentence as it reads: without Markdown's emphasis, and a row of a table without its bars.
function withoutMarks(text) {
  const words = text.replaceAll("**", "");
  const row = words.match(/^\|(.*)\|$/s);
  const cells = row ? row[1].split("|").map((cell) => cell.trim()) : [words];
  return cells.filter(Boolean).join(" · ");
}

// The answer as text to paste elsewhere: its words, then the sources of its marks.
export function asText(answer) {
  const sources = answer.citations.map(
    (citation) => `[${citation.number}] “${citation.quote}” ${citation.title}, ` +
      placeName(citation) + (citation.url ? `, ${citation.url}` : ""),
  );
  return [answer.text, ...answer.notices, sources.join("\n")].filter(Boolean).join("\n\n");
}

// The pieces of a whole answer, as they are streamed.
export function pieces(answer) {
  const citations = new Map(answer.citations.map((citation) => [citation.number, citation]));
  return answer.pieces.map((piece) => ({ ...piece, citation: citations.get(piece.citation) }));
}
