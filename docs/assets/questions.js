// Questions: a field that filters as one types, and for each answer its link and a text for a forum.
const headings = [...document.querySelectorAll("main article h3[id]")];

// What stands below a heading, up to the next one.
function section(heading) {
  const found = [];
  for (let next = heading.nextElementSibling; next && !/^H[1-3]$/.test(next.tagName); next = next.nextElementSibling) {
    found.push(next);
  }
  return found;
}

// Text on one line, as Markdown; a formula as one types it: W^{[1]} is W1.
function words(element) {
  const copy = element.cloneNode(true);
  for (const link of copy.querySelectorAll(".headerlink")) link.remove();
  for (const formula of copy.querySelectorAll(".katex")) {
    const tex = formula.querySelector("annotation").textContent;
    const typed = tex.replace(/[_^]\{?\[?([^{}[\]]*)\]?\}?/g, "$1").replace(/\\[td]?frac(.)(.)/g, "$1/$2");
    formula.replaceWith(typed.replaceAll("\\", ""));
  }
  for (const code of copy.querySelectorAll("code")) code.textContent = `\`${code.textContent}\``;
  for (const link of copy.querySelectorAll("a")) link.textContent = `[${link.textContent}](${link.href})`;
  return copy.textContent.replace(/\s+/g, " ").trim();
}

const plain = (element) => words(element).replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
const address = (heading) => `${location.origin}${location.pathname}#${heading.id}`;

// The question with its link, then the answer, its exception and its reason: Markdown.
function answer(heading) {
  const said = section(heading).filter(({ tagName, className }) => tagName === "P" && className !== "takes");
  return `[${words(heading)}](${address(heading)})\n\n${said.map(words).join(" ")}`;
}

function button(label, heading, text) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "take";
  made.textContent = label;
  made.setAttribute("aria-label", `${label}: ${words(heading)}`);
  made.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text(heading));
    made.textContent = "copied";
    setTimeout(() => (made.textContent = label), 1500);
  });
  return made;
}

const readers = JSON.parse(document.querySelector("meta[name=words]").content); // their words, by question
const entries = headings.map((heading) => {
  const parts = section(heading);
  const line = document.createElement("p");
  line.className = "takes";
  line.append(button("copy link", heading, address), button("copy answer", heading, answer));
  parts.at(-1).after(line);
  const text = [...[heading, ...parts].map(plain), readers[heading.id] ?? ""].join(" ").toLowerCase();
  return { shown: [heading, ...parts, line], text };
});

const field = document.createElement("input");
field.type = "search";
field.id = "filter-questions";
const label = document.createElement("label");
label.htmlFor = field.id;
label.textContent = "Filter the questions";
const found = document.createElement("output");
found.setAttribute("for", field.id);
const form = document.createElement("p");
form.className = "filter";
form.append(label, " ", field, " ", found);
document.querySelector("main article .answer").after(form);

// Words that say nothing by themselves; what is left has to begin a word of the question.
const EMPTY = /^(an?|and|are|as|at|be|by|can|do|does|for|how|i|if|in|is|it|my|of|on|or|so|that|the|this|to|what|when|which|why|with|you)$/;

function filter() {
  const typed = field.value.toLowerCase().split(/[^\p{L}\p{N}._]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const said = typed.filter((word) => !EMPTY.test(word)), asked = said.length ? said : typed;
  let count = 0;
  for (const { shown, text } of entries) {
    const fits = asked.every((word) => ` ${text}`.split(word).slice(0, -1).some((before) => !/[\p{L}\p{N}]$/u.test(before)));
    count += fits;
    for (const element of shown) element.hidden = !fits;
  }
  for (const heading of document.querySelectorAll("main article h2")) heading.hidden = asked.length > 0;
  found.textContent = asked.length ? `${count} of ${entries.length}` : "";
  if (asked.length && !count) found.textContent += ": none has all these words; try fewer, or the search above";
}

field.addEventListener("input", filter);
addEventListener("hashchange", () => { // a link to a question that is filtered out
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target?.hidden) return;
  field.value = "";
  filter();
  target.scrollIntoView();
});
