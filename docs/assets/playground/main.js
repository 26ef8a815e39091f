// The page: controls in, pictures and one sentence out. Every element of class "playground" is one.

import { INITIALIZERS } from "./data.js";
import { drawCost, drawRegion, drawThreads } from "./pictures.js";
import { CHOICES, readSettings, Run, SETTINGS, writeSettings } from "./run.js";
import { different } from "./symmetry.js";

const FRAME = 8; // milliseconds of training in one frame: no task is long, even on a slow phone

let made = 0;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    name in made && name !== "list" ? (made[name] = value) : made.setAttribute(name, value);
  made.append(...children);
  return made;
}

class Playground {
  constructor(root) {
    this.root = root;
    this.id = `playground-${++made}`;
    this.linked = root.hasAttribute("data-linked"); // this one keeps its state in the address
    const text = (this.linked && location.hash.includes("=") && location.hash.slice(1)) || root.dataset.state;
    this.settings = readSettings(text || "");
    this.controls = {};
    this.shown = { layer: 0 };
    this.#build();
    this.#begin();
    if (this.linked) addEventListener("hashchange", () => {
      if (location.hash.slice(1) === writeSettings(this.settings)) return;
      this.settings = readSettings(location.hash.slice(1));
      this.#begin();
    });
    new ResizeObserver(() => this.#draw()).observe(this.view);
    new MutationObserver(() => this.#draw()).observe(document.body, {
      attributes: true,
      attributeFilter: ["data-md-color-scheme"],
    });
  }

  #build() {
    const form = element("form", { className: "pg-settings" });
    form.addEventListener("submit", (event) => event.preventDefault());
    const field = (name, label, control, shown = "") => {
      control.id = `${this.id}-${name}`;
      this.controls[name] = control;
      const text = element("label", { htmlFor: control.id }, label);
      const box = element("div", { className: "pg-field" }, text, control);
      if (shown) box.append(element("output", { className: "pg-shown", htmlFor: control.id }));
      form.append(box);
      return control;
    };
    for (const [name, [label, choices]] of Object.entries(CHOICES)) {
      const options = Object.entries(choices).map(([value, words]) => element("option", { value }, words));
      field(name, label, element("select", {}, ...options))
        .addEventListener("change", (event) => this.#choose(name, event.target.value));
    }
    for (const [name, label, low, high] of [["scale", "Scale of the start", -10, 2], ["rate", "Learning rate", -3, 1]]) {
      field(name, label, element("input", { type: "range", min: low, max: high, step: "any" }), "shown")
        .addEventListener("input", (event) => {
          const exponent = Number(event.target.value), size = 10 ** exponent;
          this.#choose(name, Number(size.toPrecision(name === "rate" ? 2 : 1)));
        });
    }
    field("seed", "Seed", element("input", { type: "number", min: 0, max: 2 ** 32 - 1, step: 1 }))
      .addEventListener("change", (event) => this.#choose("seed", event.target.value));

    const button = (words, act, title = "") => {
      const made = element("button", { type: "button", className: "md-button", title }, words);
      made.addEventListener("click", act);
      return made;
    };
    this.train = button("Train", () => (this.running ? this.#pause() : this.#start()));
    const buttons = element("div", { className: "pg-buttons" },
      this.train,
      button("Step", () => { this.#pause(); this.run.advance(); this.#report(); }, "One iteration"),
      button("Reset", () => { this.#pause(); this.run.reset(); this.#report(); }, "Back to the start, same seed"),
      button("New seed", () => this.#choose("seed", Math.floor(Math.random() * 1e6))),
      button("Nudge one weight by 1e-12", () => { this.run.nudge(); this.#report("Nudged: 1e-12 was added to the first weight of unit 1. "); }));

    this.sentence = element("p", { className: "pg-verdict", role: "status" });
    this.numbers = element("dl", { className: "pg-numbers" });
    this.threads = [0, 1].map(() => this.#canvas());
    this.cost = this.#canvas();
    this.region = this.#canvas();
    const pick = element("select", { id: `${this.id}-layer` });
    pick.addEventListener("change", () => { this.shown.layer = Number(pick.value); this.#draw(); });
    this.layerPick = pick;
    this.layerField = element("div", { className: "pg-field pg-layer" },
      element("label", { htmlFor: pick.id }, "Threads of layer"), pick);
    this.view = element("div", { className: "pg-pictures" },
      ...[...this.threads, this.cost, this.region].map((canvas) => element("div", { className: "pg-picture" }, canvas)));
    this.table = element("div", { className: "pg-table" });
    const matrices = element("details", {}, element("summary", {}, "Every W and b, as numbers"), this.table);
    matrices.addEventListener("toggle", () => this.#tabulate());
    this.matrices = matrices;
    // On a lesson page the settings are folded away, and the lesson has the other pictures.
    const small = this.root.hasAttribute("data-small");
    if (small) this.view.replaceChildren(...[...this.threads, this.cost].map((canvas) => canvas.parentElement));
    this.pictures = [() => this.#drawThreads(0), () => this.#drawThreads(1), () => this.#drawCost()];
    if (!small) this.pictures.push(() => this.#drawRegion());
    const settings = small ? element("details", {}, element("summary", {}, "Settings"), form) : form;
    this.root.replaceChildren(...(small ? [buttons, this.sentence, this.layerField, this.view, this.numbers, matrices, settings]
      : [settings, buttons, this.sentence, this.layerField, this.view, this.numbers, matrices]));
  }

  #canvas() {
    return element("canvas", { role: "img" });
  }

  #choose(name, text) {
    const value = SETTINGS[name].read(String(text));
    if (value !== undefined) this.settings = { ...this.settings, [name]: value };
    this.#begin();
  }

  /** Start anew from the settings, and show them in the controls and in the address. */
  #begin() {
    this.#pause();
    this.run = new Run(this.settings);
    for (const [name, control] of Object.entries(this.controls)) {
      const value = this.settings[name];
      control.value = control.type === "range" ? Math.log10(value) : value;
      const shown = control.parentElement.querySelector("output");
      if (shown) shown.value = value;
    }
    const { uses } = INITIALIZERS[this.settings.start];
    for (const name of ["scale", "seed"]) this.controls[name].disabled = !uses.includes(name);
    const hidden = this.settings.layers - 1;
    this.shown.layer = Math.min(this.shown.layer, hidden - 1);
    this.layerPick.replaceChildren(...Array.from({ length: hidden }, (_, l) =>
      element("option", { value: l, selected: l === this.shown.layer }, String(l + 1))));
    this.layerField.hidden = hidden === 1;
    if (this.linked && (location.hash.includes("=") || this.touched))
      history.replaceState(null, "", `#${writeSettings(this.settings)}`);
    this.touched = true;
    this.#report();
  }

  #start() {
    this.running = true;
    this.train.textContent = "Pause";
    const frame = () => {
      if (!this.running) return;
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const due = !calm || performance.now() - (this.drawn ?? 0) > 400;
      // One frame trains, the next draws one picture or says the sentence: each task stays short.
      if (this.trained && due) {
        this.drawn = performance.now();
        this.trained = false;
        this.turn = ((this.turn ?? 0) + 1) % (this.pictures.length + 1);
        if (this.turn) this.pictures[this.turn - 1]();
        else this.#say();
      } else {
        // One percent more at a time: the start is slow enough to watch, the rest is not dull.
        this.run.advanceFor(FRAME, calm ? 1e4 : 1 + this.run.iteration / 50);
        this.trained = true;
        if (this.run.diverged) this.#pause();
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  #pause() {
    if (this.running) this.drawn = 0;
    this.running = false;
    this.train.textContent = "Train";
    if (this.run) this.#report();
  }

  /** Show what is true now: the sentence, the numbers, the pictures. */
  #report(before = "") {
    this.#say(before);
    this.#draw();
    if (this.matrices.open) this.#tabulate();
  }

  #say(before = "") {
    const report = this.run.report();
    this.reported = report;
    const sentence = before + report.verdict;
    if (this.sentence.textContent !== sentence) this.sentence.textContent = sentence;
    const rows = {
      iteration: report.iteration.toLocaleString("en"),
      cost: report.cost.toFixed(4),
      "label entropy": this.run.entropy.toFixed(4),
      accuracy: `${(100 * report.accuracy).toFixed(1)}%`,
      "different units": report.layers.map((layer) => `${different(layer)} of ${layer.n}`).join(", "),
    };
    this.numbers.replaceChildren(...Object.entries(rows).map(([name, value]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, value))));
  }

  #draw() {
    if (this.run && this.view.isConnected) for (const picture of this.pictures) picture();
  }

  #drawThreads(input) {
    const { layer } = this.shown, canvas = this.threads[input];
    const missing = input >= this.run.parameters[layer].n_prev;
    canvas.parentElement.hidden = missing;
    if (missing) return;
    const what = `W${layer + 1}, column ${input + 1}`;
    drawThreads(canvas, this.run, layer, input, what);
    this.#label(canvas, `Threads of ${what}, one line for each hidden unit. ${this.reported.verdict}`);
  }

  #drawCost() {
    drawCost(this.cost, this.run);
    this.#label(this.cost, `Cost over iterations, now ${this.run.cost.toFixed(4)}.`);
  }

  #drawRegion() {
    drawRegion(this.region, this.run);
    const right = `${(100 * this.reported.accuracy).toFixed(1)}%`;
    this.#label(this.region, `Samples of both classes, and where the network answers each: ${right} right.`);
  }

  #label(canvas, text) {
    canvas.setAttribute("aria-label", `${text} Iteration ${this.run.iteration}.`);
  }

  #tabulate() {
    const tables = this.run.parameters.map(({ W, b, n, n_prev }, l) => {
      const last = l === this.run.parameters.length - 1;
      const rope = Array(n).fill("–");
      if (!last) this.reported.layers[l].groups.forEach((group, k) => group.forEach((i) => (rope[i] = k + 1)));
      const head = ["unit", ...Array.from({ length: n_prev }, (_, j) => `W${l + 1} column ${j + 1}`), `b${l + 1}`];
      if (!last) head.push("rope");
      const body = Array.from({ length: n }, (_, i) => {
        const cells = [...W.subarray(i * n_prev, (i + 1) * n_prev), b[i]].map((x) => x.toFixed(6));
        if (!last) cells.push(rope[i]);
        return element("tr", {}, element("th", { scope: "row" }, String(i + 1)), ...cells.map((c) => element("td", {}, String(c))));
      });
      return element("table", {},
        element("caption", {}, `Layer ${l + 1}: W${l + 1} (${n}, ${n_prev}) and b${l + 1} (${n}, 1)`),
        element("thead", {}, element("tr", {}, ...head.map((words) => element("th", { scope: "col" }, words)))),
        element("tbody", {}, ...body));
    });
    this.table.replaceChildren(...tables);
  }
}

for (const root of document.querySelectorAll(".playground")) new Playground(root);
