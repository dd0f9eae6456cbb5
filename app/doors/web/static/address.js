// What is open, in the page's address: a conversation (c), and a source at a span.

export function read() {
  const known = new URLSearchParams(location.hash.slice(1));
  const span = known.get("source") && {
    source: known.get("source"),
    start: Number(known.get("start") ?? 0),
    end: known.has("end") ? Number(known.get("end")) : null,
  };
  return { conversation: known.get("c"), span };
}

// A link to a source at a span, for anyone at this machine.
export function permalink({ source, start, end }) {
  return `${location.origin}${location.pathname}#${new URLSearchParams({ source, start, end })}`;
}

export function showConversation(id) {
  const known = new URLSearchParams(location.hash.slice(1));
  if (id) known.set("c", id);
  else known.delete("c");
  history.replaceState(null, "", `#${known}`);
}

export function showSpan(span) {
  const known = new URLSearchParams(location.hash.slice(1));
  for (const name of ["source", "start", "end"]) {
    if (span) known.set(name, span[name]);
    else known.delete(name);
  }
  history.replaceState(null, "", `#${known}`);
}
