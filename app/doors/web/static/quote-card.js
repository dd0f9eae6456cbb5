// The quoted words of a mark, while it is pointed at or has the focus.

import { make } from "./dom.js";
import { languageName, t } from "./messages.js";

const card = make("div", { id: "quote-card", role: "tooltip", hidden: true });
document.body.append(card);
const MARGIN = 8; // pixels

// Show the words of `citation` at a mark, in an answer in `answerLanguage`.
export function describe(mark, citation, answerLanguage) {
  const show = () => {
    const isForeign = citation.language !== answerLanguage;
    card.replaceChildren(
      make("q", { lang: citation.language }, citation.quote),
      make("p", {}, citation.title, isForeign ? ` · ${inLanguage(citation.language)}` : ""),
    );
    card.hidden = false;
    mark.setAttribute("aria-describedby", card.id);
    place(mark.getBoundingClientRect());
  };
  const hide = () => {
    mark.removeAttribute("aria-describedby");
    hideCard();
  };
  mark.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show());
  mark.addEventListener("pointerleave", hide);
  mark.addEventListener("focus", () => mark.matches(":focus-visible") && show());
  mark.addEventListener("blur", hide);
  mark.addEventListener("click", hide);
}

function inLanguage(code) {
  return t("quote.in", { language: languageName(code) });
}

function hideCard() {
  card.hidden = true;
}

function place(at) {
  const { width, height } = card.getBoundingClientRect();
  const left = Math.min(at.left, innerWidth - width - MARGIN);
  const above = at.top - height - MARGIN;
  card.style.left = `${Math.max(MARGIN, left)}px`;
  card.style.top = `${above > 0 ? above : at.bottom + MARGIN}px`;
}

document.addEventListener("scroll", hideCard, true);
document.addEventListener("keydown", (event) => event.key === "Escape" && hideCard());
