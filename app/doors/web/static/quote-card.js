// The quoted words of a mark, shown while the mark is pointed at or has the focus.

import { create } from "./dom.js";
import { languageName, t } from "./messages.js";

const card = create("div", { id: "quote-card", role: "tooltip", hidden: true });
document.body.append(card);
const MARGIN = 8; // pixels

// Show the words of `citation` beside its mark, in an answer in `answerLanguage`.
export function describe(mark, citation, answerLanguage) {
  const show = () => {
    const isForeign = citation.language !== answerLanguage;
    card.replaceChildren(
      create("q", { lang: citation.language }, citation.quote),
      create("p", {}, citation.title, isForeign ? ` · ${inLanguage(citation.language)}` : ""),
    );
    card.hidden = false;
    mark.setAttribute("aria-describedby", card.id);
    moveTo(mark.getBoundingClientRect());
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

// Put the card above a rectangle, or below it where there is no room.
function moveTo(rectangle) {
  const { width, height } = card.getBoundingClientRect();
  const left = Math.min(rectangle.left, innerWidth - width - MARGIN);
  const above = rectangle.top - height - MARGIN;
  card.style.left = `${Math.max(MARGIN, left)}px`;
  card.style.top = `${above > 0 ? above : rectangle.bottom + MARGIN}px`;
}

document.addEventListener("scroll", hideCard, true);
document.addEventListener("keydown", (event) => event.key === "Escape" && hideCard());
