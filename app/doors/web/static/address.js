// The page's address says what is open: a conversation (c), and a source at a span.

export function read() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const span = parameters.get("source") && {
    source: parameters.get("source"),
    start: Number(parameters.get("start") ?? 0),
    end: parameters.has("end") ? Number(parameters.get("end")) : null,
  };
  return { conversation: parameters.get("c"), span };
}

// A link to a source at a span, which works on this machine.
export function permalink({ source, start, end }) {
  return `${location.origin}${location.pathname}#${new URLSearchParams({ source, start, end })}`;
}

export function showConversation(id) {
  const parameters = new URLSearchParams(location.hash.slice(1));
  if (id) parameters.set("c", id);
  else parameters.delete("c");
  history.replaceState(null, "", `#${parameters}`);
}

export function showSpan(span) {
  const parameters = new URLSearchParams(location.hash.slice(1));
  for (const name of ["source", "start", "end"]) {
    if (span) parameters.set(name, span[name]);
    else parameters.delete(name);
  }
  history.replaceState(null, "", `#${parameters}`);
}
