// The choice of languages and articles that questions are asked of.

import { get } from "./api.js";
import { button, iconButton, isSought, make, onEscape } from "./dom.js";
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
    this.panel = make("section", { className: "scope-panel", hidden: true, ariaLabel: t("scope") });
    onEscape(this.panel, () => this.#toggle());
    this.search = make("input", {
      type: "search",
      placeholder: t("scope.search"),
      ariaLabel: t("scope.search"),
      oninput: () => this.#list(),
    });
    this.choices = make("div", { className: "choices" });
  }

  // Null stands for all.
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
      return this.panel.replaceChildren(make("p", { className: "failed" }, error.message));
    }
    this.#forget();
    const languages = [...new Set(this.entries.map((entry) => entry.language))].sort();
    this.panel.replaceChildren(
      make(
        "header",
        {},
        make("h2", {}, t("scope")),
        button(t("scope.reset"), () => this.#reset()),
        iconButton("close", t("close"), () => this.#toggle()),
      ),
      make("fieldset", {}, make("legend", {}, t("scope.languages")), ...languages.map((code) =>
        this.#choice(this.languages, code, languageName(code)),
      )),
      make("fieldset", {}, make("legend", {}, t("scope.sources")), this.search, this.choices),
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
    const box = make("input", { type: "checkbox", checked: chosen.has(value) });
    box.onchange = () => {
      if (box.checked) chosen.add(value);
      else chosen.delete(value);
      this.#show();
    };
    return make("label", {}, box, name);
  }

  // Give up the choice of what is no longer there.
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
    const told = [[...this.languages].map(languageName).join(", ")];
    if (this.sources.size) told.push(t("scope.count", { count: this.sources.size }));
    this.button.textContent = told.filter(Boolean).join(" · ") || t("scope.all");
    this.button.classList.toggle("narrowed", Boolean(this.languages.size + this.sources.size));
  }
}
