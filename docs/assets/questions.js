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

// Text on one line; a formula as one types it: W^{[1]} is W1.
function words(element) {
  const copy = element.cloneNode(true);
  for (const formula of copy.querySelectorAll(".katex")) {
    const tex = formula.querySelector("annotation").textContent;
    const typed = tex.replace(/[_^]\{?\[?([^{}[\]]*)\]?\}?/g, "$1").replace(/\\[td]?frac(.)(.)/g, "$1/$2");
    formula.replaceWith(typed.replaceAll("\\", ""));
  }
  for (const link of copy.querySelectorAll(".headerlink")) link.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

const address = (heading) => `${location.origin}${location.pathname}#${heading.id}`;
const question = (heading) => words(heading);

// The bold sentence and the line below it, then where they are from: Markdown.
function answer(heading) {
  const [first, second] = section(heading).filter((element) => element.tagName === "P");
  return `${words(first)} ${words(second)}\n\n[${question(heading)}](${address(heading)})`;
}

function button(label, heading, text) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "take";
  made.textContent = label;
  made.setAttribute("aria-label", `${label}: ${question(heading)}`);
  made.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text(heading));
    made.textContent = "copied";
    setTimeout(() => (made.textContent = label), 1500);
  });
  return made;
}

const entries = headings.map((heading) => {
  const parts = section(heading);
  const line = document.createElement("p");
  line.className = "takes";
  line.append(button("copy link", heading, address), button("copy answer", heading, answer));
  parts.at(-1).after(line);
  const text = [heading, ...parts].map(words).join(" ").toLowerCase();
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

field.addEventListener("input", () => {
  const asked = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { shown, text } of entries) {
    const fits = asked.every((word) => text.includes(word));
    count += fits;
    for (const element of shown) element.hidden = !fits;
  }
  for (const heading of document.querySelectorAll("main article h2")) heading.hidden = asked.length > 0;
  found.textContent = asked.length ? `${count} of ${entries.length}` : "";
  if (asked.length && !count) found.textContent += ": none has all these words; try fewer, or the search above";
});
