// Requests to our own server; what it refuses becomes an Error with its line.

export class Refusal extends Error {}

export async function get(path) {
  return send("GET", path);
}

export async function send(method, path, body) {
  const options = { method };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const response = await fetch(path, options);
  if (!response.ok) throw await refusal(response);
  return response.headers.get("content-type")?.includes("json") ? response.json() : null;
}

// Ask a question; yields [event, data] as they come.
export async function* ask(question, signal) {
  const response = await fetch("/api/ask", {
    method: "POST",
    body: JSON.stringify(question),
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    signal,
  });
  if (!response.ok) throw await refusal(response);
  const text = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { done, value } = await text.read();
    if (done) return;
    held += value;
    const events = held.split("\n\n");
    held = events.pop();
    yield* events.map(parse).filter(Boolean);
  }
}

export function sourcePath(source) {
  return `/api/sources/${source.split("/").map(encodeURIComponent).join("/")}`;
}

function parse(event) {
  const [, name] = /^event: (.*)$/m.exec(event) ?? [];
  const [, data] = /^data: (.*)$/m.exec(event) ?? [];
  return name && [name, JSON.parse(data)];
}

async function refusal(response) {
  const problem = await response.json().catch(() => ({}));
  return new Refusal(problem.detail ?? `${response.status} ${response.statusText}`);
}
