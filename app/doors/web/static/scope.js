// The choice of languages and articles to answer questions from.

import { get } from "./api.js";
import { button, create, iconButton, isSought, onEscape } from "./dom.js";
import { languageName, t } from "./messages.js";

const SHOWN = 50; // articles in the list at a time

export class Scope {
  constructor() {
    this.languages = new Set();
    this.sources = new Set();
    this.entries = [];
    this.button = button(t("scope.all"), () => this.#toggle(), {
      className: "scope",
      ariaExpanded: "false",
      title: t("scope"),
    });
    this.panel = create("section", { className: "scope-panel", hidden: true, ariaLabel: t("scope") });
    onEscape(this.panel, () => this.#toggle());
    this.search = create("input", {
      type: "search",
      placeholder: t("scope.search"),
      ariaLabel: t("scope.search"),
      oninput: () => this.#list(),
    });
    this.choices = create("div", { className: "choices" });
  }

  // The choice, for a request; null stands for all.
  chosen() {
    return {
      languages: this.languages.size ? [...this.languages] : null,
      sources: this.sources.size ? [...this.sources] : null,
    };
  }

  async #toggle() {
    this.panel.hidden = !this.panel.hidden;
    this.button.ariaExpanded = String(!this.panel.hidden);
    if (this.panel.hidden) return this.button.focus();
    try {
      const entries = await get("/api/sources");
      this.entries = entries.filter((entry) => entry.state === "indexed");
    } catch (error) {
      return this.panel.replaceChildren(create("p", { className: "failed" }, error.message));
    }
    this.#forget();
    const languages = [...new Set(this.entries.map((entry) => entry.language))].sort();
    this.panel.replaceChildren(
      create(
        "header",
        {},
        create("h2", {}, t("scope")),
        button(t("scope.reset"), () => this.#reset()),
        iconButton("close", t("close"), () => this.#toggle()),
      ),
      create("fieldset", {}, create("legend", {}, t("scope.languages")), ...languages.map((code) =>
        this.#choice(this.languages, code, languageName(code)),
      )),
      create("fieldset", {}, create("legend", {}, t("scope.sources")), this.search, this.choices),
    );
    this.#list();
    return this.panel.querySelector("input").focus();
  }

  #list() {
    const fitting = this.entries.filter((entry) =>
      isSought(this.search, entry.title, entry.source, entry.publisher),
    );
    this.choices.replaceChildren(
      ...fitting
        .slice(0, SHOWN)
        .map((entry) => this.#choice(this.sources, entry.source, entry.title)),
      fitting.length > SHOWN ? t("scope.more", { count: fitting.length - SHOWN }) : "",
    );
  }

  #choice(chosen, value, name) {
    const box = create("input", { type: "checkbox", checked: chosen.has(value) });
    box.onchange = () => {
      if (box.checked) chosen.add(value);
      else chosen.delete(value);
      this.#show();
    };
    return create("label", {}, box, name);
  }

  // Drop the choice of articles and languages that are no longer there.
  #forget() {
    const known = new Set(this.entries.flatMap((entry) => [entry.source, entry.language]));
    for (const chosen of [this.languages, this.sources]) {
      for (const value of chosen) if (!known.has(value)) chosen.delete(value);
    }
    this.#show();
  }

  #reset() {
    this.languages.clear();
    this.sources.clear();
    for (const box of this.panel.querySelectorAll("input[type=checkbox]")) box.checked = false;
    this.#show();
  }

  #show() {
    const chosen = [[...this.languages].map(languageName).join(", ")];
    if (this.sources.size) chosen.push(t("scope.count", { count: this.sources.size }));
    this.button.textContent = chosen.filter(Boolean).join(" · ") || t("scope.all");
    this.button.classList.toggle("narrowed", Boolean(this.languages.size + this.sources.size));
  }
}
