// The page's words, in the browser's language.

const LANGUAGES = ["en", "it", "es", "zh"];
export const UNKNOWN = "und"; // the language of a text without words

const wanted = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]);
export const language = wanted.find((code) => LANGUAGES.includes(code)) ?? "en";

const response = await fetch(`/page/messages/${language}.json`);
const messages = await response.json();
const names = new Intl.DisplayNames([language], { type: "language", fallback: "code" });
document.documentElement.lang = language;

// A message with its {names} filled in; of several forms, the one for the number `count`.
export function t(key, values = {}) {
  let message = messages[key];
  if (typeof message === "object") {
    const form = new Intl.PluralRules(language).select(values.count);
    message = message[form] ?? message.other;
  }
  return message.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function languageName(code) {
  if (code === UNKNOWN) return "–";
  try {
    return names.of(code);
  } catch {
    return code; // an article's header may say anything
  }
}

export function dateName(day) {
  const options = { dateStyle: "medium", timeZone: "UTC" };
  return day ? new Intl.DateTimeFormat(language, options).format(new Date(day)) : null;
}

export function countName(count) {
  return new Intl.NumberFormat(language).format(count);
}

// The place of a citation: a file, and where in it, as files of its kind count.
export function placeName({ source, line_start: line, page, paragraph, place }) {
  const part = partName({ page, paragraph, place_name: place });
  return part ? `${source}, ${part}` : `${source}:${line}`;
}

// The place in a source as it names it, the page, or the paragraph; null where lines are counted.
export function partName({ page, paragraph, place_name: name }) {
  if (name) return name;
  if (page) return t("source.page", { page });
  return paragraph ? t("source.paragraph", { paragraph }) : null;
}

export function shareName(share) {
  return new Intl.NumberFormat(language, { style: "percent" }).format(share);
}
