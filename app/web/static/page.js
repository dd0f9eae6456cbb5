// Opens the source of a mark beside the chat, at the quoted words.

const panel = document.createElement("aside");
panel.id = "source";
panel.hidden = true;
panel.tabIndex = -1;
panel.setAttribute("aria-label", "Source");
panel.innerHTML = `
  <header>
    <div><h2></h2><p class="details"></p></div>
    <button type="button" aria-label="Close the source">✕</button>
  </header>
  <p class="changed" hidden></p>
  <p class="text" tabindex="0"><span class="before"></span><mark></mark><span class="after"></span></p>`;
document.body.append(panel);

const part = (selector) => panel.querySelector(selector);
const changes = {
  "in place": "The file has changed since it was indexed; the quoted words have not.",
  moved: "The file has changed since this answer; the words now stand here.",
  gone: "The file has changed since this answer, and the quoted words are no longer in it.",
};
let opened = null;

async function open(link) {
  const address = new URLSearchParams(link.getAttribute("href").replace(/^#cite\?/, ""));
  const path = address.get("source").split("/").map(encodeURIComponent).join("/");
  address.delete("source");
  let source;
  try {
    const response = await fetch(`/api/sources/${path}?${address}`);
    source = await response.json();
    if (!response.ok) throw new Error(source.detail);
  } catch (error) {
    source = { title: "This source cannot be shown", before: error.message, quote: "", after: "" };
  }
  show(source);
  opened?.classList.remove("open");
  opened = link;
  opened.classList.add("open");
}

// What articles hold goes in as text, never as HTML.
function show(source) {
  part("h2").textContent = source.title;
  const details = [source.publisher, source.published, source.language, source.source];
  part(".details").textContent = details.filter(Boolean).join(" · ");
  if (source.url) {
    const original = document.createElement("a");
    Object.assign(original, { href: source.url, target: "_blank", rel: "noopener noreferrer" });
    original.textContent = "original";
    part(".details").append(" · ", original);
  }
  part(".changed").textContent = changes[source.place] ?? "";
  part(".changed").hidden = !(source.place in changes);
  part(".text").lang = source.language ?? "";
  part(".before").textContent = source.before.trimStart();
  part("mark").textContent = source.quote;
  part(".after").textContent = source.after;
  panel.hidden = false;
  (source.quote ? part("mark") : part(".before")).scrollIntoView({ block: "center" });
  part("button").focus({ preventScroll: true });
}

function close() {
  panel.hidden = true;
  opened?.classList.remove("open");
  opened?.focus();
}

part("button").addEventListener("click", close);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) close();
});
// One listener for all marks: Gradio draws them anew with every piece of an answer.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest('a[href^="#cite?"]');
    if (!link) return;
    event.preventDefault();
    open(link);
  },
  true,
);
