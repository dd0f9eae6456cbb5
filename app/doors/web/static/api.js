// Requests to our own server; a refusal becomes an Error with the server's line.

import { t } from "./messages.js";

export class Refusal extends Error {
  constructor(line, status) {
    super(line);
    this.status = status;
  }
}

export async function get(path) {
  return send("GET", path);
}

export async function send(method, path, body, signal) {
  const options = { method, signal };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const response = await reach(path, options);
  if (!response.ok) throw await refusal(response);
  return response.status === 204 ? null : response.json();
}

// Ask a question, and yield [event, data] as they come.
export async function* ask(question, signal) {
  const response = await reach("/api/ask", {
    method: "POST",
    body: JSON.stringify(question),
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    signal,
  });
  if (!response.ok) throw await refusal(response);
  const text = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { done, value } = await text.read();
    if (done) return;
    buffer += value;
    const events = buffer.split("\n\n");
    buffer = events.pop();
    yield* events.map(parse).filter(Boolean);
  }
}

export function sourcePath(source) {
  return `/api/sources/${source.split("/").map(encodeURIComponent).join("/")}`;
}

function parse(event) {
  // Not "." and "$": they also end a line at U+2028, which an article may contain.
  const [, name] = /^event: ([^\n]*)/m.exec(event) ?? [];
  const [, data] = /^data: ([^\n]*)/m.exec(event) ?? [];
  return name && [name, JSON.parse(data)];
}

// Send a request; if no server answers, the error says so in the page's language.
async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    throw options.signal?.aborted ? error : new Refusal(t("unreachable"));
  }
}

async function refusal(response) {
  const problem = await response.json().catch(() => ({}));
  const line = problem.detail ?? `${response.status} ${response.statusText}`;
  return new Refusal(line, response.status);
}
