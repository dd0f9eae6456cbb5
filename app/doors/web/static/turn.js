// One question with its answer, and the actions on both.

import { asText, nearest, pieces, remarks, Writer } from "./answer.js";
import { ask, get, send } from "./api.js";
import { announce, button, copyText, create, iconButton, isComposing, offers, onEscape } from "./dom.js";
import { t } from "./messages.js";

export class Turn {
  // `again(turn, question)` asks again instead of this turn, `follow(question)` asks next. The
  // turn has a number in the conversation once the question is kept.
  constructor({ question, again, follow }) {
    Object.assign(this, { question, again, follow, answer: null, number: null });
    this.asked = create("div", { className: "asked" });
    this.state = create("p", { className: "state", hidden: true });
    this.body = create("div", { className: "body" });
    this.after = create("div", { className: "after" });
    this.element = create(
      "article",
      { className: "turn", ariaLabel: question },
      this.asked,
      create("div", { className: "answer" }, this.state, this.body, this.after),
    );
    this.writer = new Writer(this.body);
    this.#showQuestion();
  }

  // Ask, and show the answer as it comes; `number` is null for the next turn of the conversation.
  // Ends when the answer is whole, was stopped, or failed.
  async ask({ conversation, number, languages, sources }, signal) {
    this.element.ariaBusy = "true";
    this.#showState(t("searching"));
    const page = document.documentElement.lang;
    const asked = { question: this.question, page, languages, sources };
    const request = { ...asked, conversation, turn: number };
    try {
      for await (const [event, data] of ask(request, signal)) this.#take(event, data);
    } catch (error) {
      if (signal.aborted) this.#stop();
      else this.fail(error.message);
    } finally {
      this.element.ariaBusy = "false";
      if (!this.answer) {
        this.writer.connect(document.documentElement.lang, []);
        this.#showActions();
      }
    }
  }

  #take(event, data) {
    if (event === "turn") {
      Object.assign(this, { conversation: data.conversation, number: data.turn });
    }
    if (event === "preparing") this.#showState(data.total ? t("preparing", data) : t("loading"));
    if (event === "piece") {
      this.state.hidden = true;
      this.writer.add(data);
    }
    if (event === "withdrawal") this.writer.clear();
    if (event === "answer") {
      this.finish(data);
      announce(data.text);
      this.suggest();
    }
    if (event === "error") this.fail(data.detail);
  }

  // Show the answer that is kept for this turn; null: it was stopped.
  restore({ answer, rating, comment }, conversation, number) {
    Object.assign(this, { conversation, number });
    if (answer === null) {
      this.#stop();
      this.#showActions();
      return;
    }
    pieces(answer).forEach((piece) => this.writer.add(piece));
    this.finish(answer, { rating, comment });
  }

  finish(answer, feedback = { rating: null, comment: "" }) {
    this.answer = answer;
    this.feedback = feedback;
    this.state.hidden = true;
    this.body.lang = answer.language;
    this.writer.connect(answer.language, answer.passages);
    this.after.replaceChildren(...remarks(answer), ...[nearest(answer)].filter(Boolean));
    this.#showActions();
  }

  #showState(line) {
    this.state.textContent = line;
    this.state.hidden = false;
    this.state.classList.remove("failed");
  }

  #stop() {
    this.#showState(t("stopped"));
    announce(t("stopped"));
  }

  fail(line) {
    this.#showState(line);
    this.state.classList.add("failed");
    announce(line);
  }

  #showQuestion() {
    const edit = iconButton("edit", t("edit"), () => this.#edit());
    this.asked.replaceChildren(create("p", { className: "question" }, this.question), edit);
  }

  #edit() {
    const box = create("textarea", { value: this.question, rows: 2, maxLength: 2000, ariaLabel: t("edit") });
    const close = () => {
      this.#showQuestion();
      this.asked.querySelector("button").focus();
    };
    const form = create(
      "form",
      { className: "edit" },
      box,
      button(t("cancel"), close),
      create("button", { type: "submit", className: "primary" }, t("ask.again")),
    );
    form.onsubmit = (event) => {
      event.preventDefault();
      if (box.value.trim()) this.again(this, box.value.trim());
    };
    onEscape(form, close);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
      event.preventDefault();
      form.requestSubmit();
    });
    this.asked.replaceChildren(form);
    box.focus();
  }

  #showActions() {
    this.actions?.remove();
    this.actions = create("div", { className: "actions" });
    if (this.answer) this.actions.append(iconButton("copy", t("copy"), () => this.#copy()));
    this.actions.append(iconButton("retry", t("retry"), () => this.again(this, this.question)));
    if (this.answer) {
      this.good = iconButton("good", t("good"), () => this.#rate("good"));
      this.bad = iconButton("bad", t("bad"), () => this.#rate("bad"));
      this.actions.append(this.good, this.bad);
      this.#showRating();
    }
    this.after.append(this.actions);
  }

  async #copy() {
    try {
      await copyText(asText(this.answer), this.actions.firstChild);
    } catch (error) {
      this.fail(error.message);
    }
  }

  async #rate(rating) {
    const chosen = this.feedback.rating === rating ? null : rating;
    if (!(await this.#keepFeedback({ ...this.feedback, rating: chosen }))) return;
    this.#showRating();
    if (chosen) this.#askWhy();
    else this.why?.remove();
  }

  #showRating() {
    for (const [rating, choice] of [["good", this.good], ["bad", this.bad]]) {
      choice.ariaPressed = String(this.feedback.rating === rating);
    }
  }

  #askWhy() {
    this.why?.remove();
    const box = create("input", {
      value: this.feedback.comment,
      ariaLabel: t("why"),
      placeholder: t("why"),
      maxLength: 2000,
    });
    this.why = create(
      "form",
      { className: "why" },
      box,
      create("button", { type: "submit", className: "primary" }, t("keep")),
    );
    this.why.onsubmit = async (event) => {
      event.preventDefault();
      if (!(await this.#keepFeedback({ ...this.feedback, comment: box.value }))) return;
      this.why.remove();
      announce(t("feedback.kept"));
      this[this.feedback.rating].focus();
    };
    this.actions.after(this.why);
    box.focus();
  }

  // Have the server keep the feedback; return whether it did.
  async #keepFeedback(feedback) {
    const path = `/api/conversations/${this.conversation}/turns/${this.number}/feedback`;
    try {
      await send("PUT", path, feedback);
      this.feedback = feedback;
      return true;
    } catch (error) {
      this.fail(error.message);
      return false;
    }
  }

  // Offer questions that the articles answer; the first time, the server takes a moment.
  async suggest() {
    if (!this.answer) return;
    const path = `/api/conversations/${this.conversation}/turns/${this.number}/suggestions`;
    const questions = await get(path).catch(() => []);
    if (!questions.length || !this.element.isConnected) return;
    this.after.append(
      create(
        "section",
        { className: "suggestions" },
        create("h2", {}, t(this.answer.answered ? "suggestions" : "suggestions.instead")),
        create("ul", {}, ...offers(questions, this.follow)),
      ),
    );
  }
}
