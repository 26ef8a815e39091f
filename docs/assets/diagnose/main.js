// The form on the page "My loss is stuck": a log in, what its costs say out.

import { read, readShare } from "./read.js";

const LIMIT = 20000; // characters: more would hold up a slow phone, in the text field and in reading
const PAUSE = 250; // milliseconds without typing, so that a screen reader is not interrupted
const EXAMPLE = Array.from({ length: 10 }, (_, i) => `Cost after iteration ${1000 * i}: 0.69314${i ? 7 : 8}`).join("\n");

const form = document.querySelector(".diagnose");
const [losses, share, button, result] = ["losses", "share", "example", "result"]
  .map((name) => form.querySelector(`#diagnose-${name}`));
const table = fetch(new URL("findings.json", import.meta.url)).then((answer) => answer.json());
const empty = result.textContent;

function element(tag, text, ...children) {
  const made = document.createElement(tag);
  made.append(text, ...children);
  return made;
}

const inWords = (name) => name[0].toUpperCase() + name.slice(1).replaceAll("_", " ");

function shown({ name, ...parts }) {
  const rows = Object.entries(parts).filter(([, text]) => text);
  return [
    element("h3", inWords(name)),
    element("dl", "", ...rows.map(([part, text]) => element("div", "", element("dt", part), element("dd", text)))),
  ];
}

function say(...children) {
  result.replaceChildren(...children);
}

function complain(message, field) {
  const said = element("p", message);
  said.className = "diagnose-wrong";
  field?.setAttribute("aria-invalid", "true");
  say(said);
}

const tooLong = (n) => complain(
  `A log may have ${LIMIT.toLocaleString("en")} characters here, got ${n.toLocaleString("en")}; ` +
  "paste every tenth line, or pass the whole to diagnose in Python.", losses);

async function answer() {
  for (const field of [losses, share]) field.removeAttribute("aria-invalid");
  const text = losses.value;
  if (text.length > LIMIT) return tooLong(text.length);
  let known, field = share;
  try {
    const p = readShare(share.value);
    if (!text.trim()) return say(element("p", empty.trim()));
    field = null;
    known = await table;
    if (text !== losses.value) return; // typed on meanwhile
    field = losses;
    const { costs, iterations, findings } = read(text, p, known), n = costs.length;
    const from = iterations && n > 1 ? `, iterations ${iterations[0]} to ${iterations[n - 1]}` : "";
    const print = Object.assign(element("a", "Print these"), { href: "#print" });
    say(element("p", `Read ${n} ${n === 1 ? "cost" : "costs"}${from}.`), ...findings.flatMap(shown),
      element("p", "Costs cannot show more than this; the outputs, W1 and dW1 can: zeros, equal rows, a small gradient. ", print));
  } catch (error) {
    complain(error instanceof RangeError ? error.message
      : `The table of findings must be loaded first, got \u201c${error.message}\u201d; reload the page.`, field);
  }
}

let waiting;
for (const field of [losses, share]) field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(answer, PAUSE);
});
losses.addEventListener("beforeinput", (event) => {
  const n = losses.value.length + (event.data?.length ?? 0) - (losses.selectionEnd - losses.selectionStart);
  if (!event.data || n <= LIMIT) return;
  event.preventDefault(); // before the field lays out a hundred thousand lines
  clearTimeout(waiting);
  waiting = setTimeout(tooLong, 0, n); // a task of its own
});
button.addEventListener("click", () => {
  losses.value = EXAMPLE;
  share.value = "";
  answer();
});
if (losses.value || share.value) answer(); // kept by the browser on the way back
