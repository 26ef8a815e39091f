// The page: controls in, pictures and one sentence out. Every element of class "playground" is one.

import { ACTIVATIONS } from "./network.js";
import { DATASETS, INITIALIZERS } from "./data.js";
import { Diagram } from "./diagram.js";
import { drawCost, drawThreads, short } from "./pictures.js";
import { advanceFor, CHOICES, readSettings, report, Run, SETTINGS, writeSettings } from "./run.js";
import { script } from "./script.js";
import { different } from "./symmetry.js";

const FRAME = 6; // milliseconds of training in one frame: no task is long, even on a slow phone

let made = 0;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    name in made && name !== "list" ? (made[name] = value) : made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const folded = (words, ...children) => element("details", {}, element("summary", {}, words), ...children);
const picture = () => element("canvas", { role: "img" });

/** One run, looked at: what it is, its verdict, the network, the rope, the cost. */
class View {
  constructor(id, small) {
    this.layer = 0;
    this.about = element("p", { className: "pg-case" });
    this.sentence = element("p", { className: "pg-verdict", role: "status" });
    this.diagram = new Diagram((unit) => this.#look(unit));
    this.unit = element("p", { className: "pg-unit" });
    this.threads = small ? [picture()] : [picture(), picture()];
    this.cost = picture();
    const frames = [...this.threads, ...(small ? [] : [this.cost])].map((canvas) =>
      element("div", { className: "pg-picture" }, canvas));
    this.numbers = element("dl", { className: "pg-numbers" });
    this.pick = element("select", { id: `${id}-layer` });
    this.pick.addEventListener("change", () => {
      this.layer = Number(this.pick.value);
      for (const input of this.threads.keys()) this.#drawThreads(input);
    });
    this.layers = element("div", { className: "pg-field pg-layer" },
      element("label", { htmlFor: this.pick.id }, "Threads of layer"), this.pick);
    this.root = element("div", { className: "pg-view" }, this.about, this.sentence,
      this.diagram.root, this.unit, this.layers, element("div", { className: "pg-pictures" }, ...frames),
      ...(small ? [] : [this.numbers]));
    this.pictures = [
      () => this.#name(),
      () => this.diagram.drawTiles(this.view),
      () => this.diagram.drawEdges(this.view, this.reported),
      () => this.#drawOutput(),
      () => { // in one frame, so that all end at the same iteration
        for (const input of this.threads.keys()) this.#drawThreads(input);
        if (!small) this.#drawCost();
      },
    ];
  }

  /** Look at a run as it is, or was until an iteration. */
  look(run, until) {
    this.view = run.view(until);
    this.diagram.shape(run.dims);
  }

  describe({ settings, dims }) {
    const { layers, n_h, activation, start, data, balanced, rate } = settings;
    const { uses, label } = INITIALIZERS[start];
    const used = ["scale", "seed"].filter((name) => uses.includes(name)).map((name) => `${name} ${settings[name]}`);
    const what = layers === 1 ? "Logistic regression"
      : `${layers > 2 ? `${layers - 1} layers of ` : ""}${n_h} ${ACTIVATIONS[activation].label} unit${n_h > 1 ? "s" : ""}`;
    this.about.textContent = `${what} on the ${DATASETS[data].label} data${balanced === "no" ? ", half of class 0 left out" : ""}. ` +
      `Start: ${label}${used.length ? ` (${used.join(", ")})` : ""}. Learning rate ${rate}.`;
    const count = dims.length - 1;
    this.layer = Math.min(this.layer, count - 1);
    this.pick.replaceChildren(...Array.from({ length: count }, (_, l) =>
      element("option", { value: l, selected: l === this.layer }, String(l + 1))));
    this.layers.hidden = count < 3;
    for (const canvas of [...this.threads, this.cost, this.diagram.output]) canvas.ariaLabel ??= "Not drawn yet.";
    this.#look();
  }

  say(before = "") {
    const found = (this.reported = report(this.view));
    const sentence = before + found.verdict;
    if (this.sentence.textContent !== sentence) this.sentence.textContent = sentence;
    const rows = {
      iteration: found.iteration.toLocaleString("en"),
      cost: found.cost < 1e4 ? found.cost.toFixed(4) : short(found.cost),
      "label entropy": this.view.entropy.toFixed(4),
      accuracy: `${(100 * found.accuracy).toFixed(1)}%`,
    };
    if (found.layers.length)
      rows["different units"] = found.layers.map((layer) => `${different(layer)} of ${layer.n}`).join(", ");
    this.numbers.replaceChildren(...Object.entries(rows).map(([name, value]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, value))));
  }

  #name() {
    this.diagram.name(this.view, this.reported);
    this.#look(this.unitShown);
  }

  #look(unit) {
    this.unitShown = unit;
    const hint = this.view?.dims.length > 2 ? "Each square is a unit’s output. Point at it for numbers." : "";
    this.unit.textContent = (unit && this.diagram.words?.[unit.l - 1]?.[unit.i]) || hint;
  }

  #drawThreads(input) {
    const { layer } = this, canvas = this.threads[input];
    const missing = input >= this.view.parameters[layer].n_prev;
    canvas.parentElement.hidden = missing;
    if (missing) return;
    const what = `W${layer + 1}, column ${input + 1}`;
    drawThreads(canvas, this.view, layer, input, what);
    this.#label(canvas, `Threads of ${what}, one line for each unit. ${this.reported.verdict}`);
  }

  #drawCost() {
    drawCost(this.cost, this.view);
    this.#label(this.cost, `Cost over iterations, now ${this.view.cost.toFixed(4)}.`);
  }

  #drawOutput() {
    this.diagram.drawOutput(this.view);
    const right = `${(100 * this.reported.accuracy).toFixed(1)}%`;
    this.#label(this.diagram.output, `The output: samples of both classes, and where the network answers each: ${right} right.`);
  }

  #label(canvas, text) {
    canvas.setAttribute("aria-label", `${text} Iteration ${this.view.iteration}.`);
  }

  tables() {
    const { parameters } = this.view;
    return parameters.map(({ W, b, n, n_prev }, l) => {
      const last = l === parameters.length - 1;
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
  }
}

const NUDGED = "Nudged: 1e-12 was added to the first weight of unit 1. ";

/** Controls, and one run or two on the same data from different starts. */
class Playground {
  constructor(root) {
    this.root = root;
    this.id = `playground-${++made}`;
    this.linked = root.hasAttribute("data-linked"); // this one keeps its state in the address
    this.small = root.hasAttribute("data-small");
    this.other = root.dataset.other; // the settings in which a second run differs
    const text = (this.linked && location.hash.includes("=") && location.hash.slice(1)) || root.dataset.state;
    this.settings = readSettings(text || "");
    this.controls = {};
    this.left = []; // pictures to draw
    this.turn = 0;
    this.until = Infinity; // the iteration looked at, or the end
    this.#build();
    this.#begin();
    // Nothing is trained before it can be seen.
    const seen = new IntersectionObserver(([{ isIntersecting }]) => {
      if (!isIntersecting) return;
      seen.disconnect();
      this.seen = true;
      this.#arrive();
    });
    seen.observe(root);
    new ResizeObserver(() => {
      for (const view of this.views) view.diagram.arrange();
      this.#redraw();
    }).observe(root);
    if (this.linked) addEventListener("hashchange", () => {
      if (location.hash.slice(1) === this.address || !location.hash.includes("=")) return;
      this.settings = readSettings(location.hash.slice(1));
      this.#begin();
      this.#arrive();
      root.scrollIntoView();
    });
    new MutationObserver(() => this.#redraw()).observe(document.body, {
      attributes: true,
      attributeFilter: ["data-md-color-scheme"],
    });
  }

  #build() {
    const field = (name, label, control, shown = "") => {
      control.id = `${this.id}-${name}`;
      this.controls[name] = control;
      const text = element("label", { htmlFor: control.id }, label);
      const box = element("div", { className: "pg-field" }, text, control);
      if (shown) box.append(element("output", { className: "pg-shown", htmlFor: control.id }));
      return box;
    };
    const menu = (name) => {
      const [label, choices] = CHOICES[name];
      const options = Object.entries(choices).map(([value, words]) => element("option", { value }, words));
      const control = element("select", {}, ...options);
      control.addEventListener("change", () => this.#choose(name, control.value));
      return field(name, label, control);
    };
    const range = (name, label, low, high) => {
      const control = element("input", { type: "range", min: low, max: high, step: "any" });
      control.addEventListener("input", () => {
        const size = 10 ** Number(control.value);
        this.#choose(name, Number(size.toPrecision(name === "rate" ? 2 : 1)));
      });
      return field(name, label, control, "shown");
    };
    const seed = element("input", { type: "number", min: 0, max: 2 ** 32 - 1, step: 1 });
    seed.addEventListener("change", () => this.#choose("seed", seed.value));

    const button = (words, act, title = "") => {
      const made = element("button", { type: "button", className: "md-button", title }, words);
      made.addEventListener("click", act);
      return made;
    };
    const act = (change, before) => () => {
      if (!before) this.#pause();
      for (const run of this.runs) {
        run.rewind(this.until);
        change(run);
      }
      this.until = Infinity;
      this.#report(before);
    };
    this.train = button("Train", () => (this.running ? this.#pause() : this.#start()));
    const buttons = element("div", { className: "pg-buttons" },
      this.train,
      button("Step", act((run) => run.advance()), "One iteration"),
      button("Reset", act((run) => run.reset()), "Back to the start, same seed"),
      (this.reseed = button("New seed", () => this.#choose("seed", Math.floor(Math.random() * 1e6)))),
      button("Nudge", act((run) => run.nudge(), NUDGED), "Add 1e-12 to one weight"));

    this.time = element("input", { type: "range", min: 0, step: 1, id: `${this.id}-time` });
    this.time.addEventListener("input", () => {
      const states = this.#longest().states(), at = Number(this.time.value);
      if (this.running) this.#pause();
      this.until = at < states.length - 1 ? states[at].iteration : Infinity;
      this.#report();
    });
    this.now = element("output", { className: "pg-shown", htmlFor: this.time.id });
    const time = element("div", { className: "pg-field pg-time" },
      element("label", { htmlFor: this.time.id }, "Iteration"), this.time, this.now);

    this.views = Array.from({ length: this.other ? 2 : 1 }, (_, k) => new View(`${this.id}-${k}`, this.small || this.other));
    this.table = element("div", { className: "pg-table", tabIndex: 0, role: "group", ariaLabel: "W and b" }); // it may scroll
    this.matrices = folded("Every W and b, as numbers", this.table);
    this.matrices.addEventListener("toggle", () => this.#tabulate());

    this.copied = element("span", { className: "pg-copied", role: "status" });
    const copy = (text, what) => async () => {
      await navigator.clipboard.writeText(text());
      this.copied.textContent = `${what} copied.`;
    };
    const take = element("div", { className: "pg-buttons" },
      button("Copy as Python", copy(() => script(this.#longest().case()), "Script")),
      button("Copy link", copy(() => this.#link(), "Link")), this.copied);

    const first = ["start", "data", "layers"], form = (...fields) => {
      const made = element("form", { className: "pg-settings" }, ...fields);
      made.addEventListener("submit", (event) => event.preventDefault());
      return made;
    };
    const others = () => [
      ...Object.keys(CHOICES).filter((name) => !first.includes(name)).map(menu),
      range("scale", "Scale of the start", -10, 2), range("rate", "Learning rate", -3, 1),
      field("seed", "Seed", seed),
    ];
    const views = element("div", { className: "pg-views" }, ...this.views.map((view) => view.root));
    const parts = this.other ? [form(menu("data")), buttons, time]
      : this.small ? [buttons, time, folded("Settings", form(...first.map(menu), ...others()))]
      : [buttons, time, form(...first.map(menu)), take, folded("More settings", form(...others()))];
    const controls = element("div", { className: "pg-controls" }, ...parts);
    this.root.classList.toggle("pg-beside", !this.small && !this.other);
    this.root.replaceChildren(...[views, controls, this.other ? "" : this.matrices].filter(Boolean));
  }

  #longest() {
    return this.runs.reduce((a, b) => (b.iteration > a.iteration ? b : a));
  }

  #link() {
    return `${location.href.split("#")[0]}#${writeSettings(this.#longest().case())}`;
  }

  #choose(name, text) {
    const value = SETTINGS[name].read(String(text));
    if (value !== undefined) this.settings = { ...this.settings, [name]: value, nudges: "" };
    this.#begin();
    this.#arrive();
  }

  /** Go to the start that the settings say, and show them in the controls and in the address. */
  #begin() {
    this.running = false;
    const settings = [this.settings];
    if (this.other) settings.push({ ...this.settings, ...Object.fromEntries(new URLSearchParams(this.other)) });
    this.runs = settings.map((one) => new Run(one));
    for (const [name, control] of Object.entries(this.controls)) {
      const value = this.settings[name];
      control.value = control.type === "range" ? Math.log10(value) : value;
      const shown = control.parentElement.querySelector("output");
      if (shown) shown.value = value;
    }
    const uses = (name) => settings.some(({ start }) => INITIALIZERS[start].uses.includes(name));
    const idle = { scale: !uses("scale"), seed: !uses("seed") };
    idle.n_h = idle.activation = this.settings.layers === 1;
    for (const [name, control] of Object.entries(this.controls)) control.disabled = Boolean(idle[name]);
    this.reseed.disabled = idle.seed;
    this.address = writeSettings(this.settings);
    if (this.linked && (location.hash.includes("=") || this.touched)) history.replaceState(null, "", `#${this.address}`);
    this.touched = true;
    this.until = Infinity;
    this.views.forEach((view, k) => view.describe(this.runs[k]));
  }

  /** Do what the settings say has been done already. */
  #arrive() {
    this.#start(this.settings.iterations, this.settings.nudges.split(".").filter(Boolean).map(Number));
  }

  /** Train on from what is seen; until an iteration if one is given, as fast as it goes. */
  #start(target = Infinity, nudges = []) {
    for (const run of this.runs) run.rewind(this.until);
    this.until = Infinity;
    this.running = true;
    this.train.textContent = "Pause";
    this.root.setAttribute("aria-busy", "true");
    this.goal = { target, nudges };
    this.turn = -1; // the next is the sentence
    this.#loop();
  }

  /** Train until the next nudge of the goal, or the goal. */
  #advance(calm) {
    const { target, nudges } = this.goal, { iteration } = this.#longest();
    if (nudges[0] <= iteration) {
      nudges.shift();
      for (const run of this.runs) run.nudge();
    }
    const next = Math.min(target, nudges[0] ?? Infinity) - iteration;
    // One percent more at a time: the start is slow enough to watch, the rest is not dull.
    const pace = calm || target < Infinity ? 1e4 : 1 + iteration / 50;
    advanceFor(this.runs, FRAME, Math.min(next, pace));
    const done = this.#longest().iteration >= target && !nudges.length;
    if (done || this.runs.every((run) => run.diverged)) this.#pause();
  }

  /** One frame trains, the next draws one picture or says the sentence: each task stays short. */
  #loop() {
    if (this.looping) return;
    this.looping = true;
    const frame = () => {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const due = !calm || performance.now() - (this.drawn ?? 0) > 400;
      if (this.running && !(this.trained && due)) {
        this.#advance(calm);
        this.trained = true;
      } else if (this.running) {
        this.drawn = performance.now();
        this.trained = false;
        this.turn = (this.turn + 1) % (this.#pictures().length + 1);
        if (this.turn) this.#pictures()[this.turn - 1](); // all of the state that was said last
        else this.#say();
      } else this.left.shift()?.();
      this.looping = this.running || this.left.length > 0;
      if (this.looping) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  #pictures() {
    return this.views.flatMap((view) => view.pictures);
  }

  #pause() {
    this.running = false;
    this.train.textContent = "Train";
    this.root.setAttribute("aria-busy", "false");
    if (this.runs) this.#report();
  }

  /** Show what is true now: the sentence, the numbers, and, one a frame, the pictures. */
  #report(before = "") {
    this.#say(before);
    this.#redraw();
    if (this.matrices.open) this.#tabulate();
  }

  #say(before = "") {
    this.views.forEach((view, k) => {
      view.look(this.runs[k], this.until);
      view.say(before);
    });
    const run = this.#longest(), states = run.states(), { iteration } = run.view(this.until);
    this.time.max = states.length - 1;
    this.time.value = states.findIndex((state) => state.iteration === iteration);
    this.time.setAttribute("aria-valuetext", `iteration ${iteration}`);
    this.now.value = `${iteration.toLocaleString("en")} of ${run.iteration.toLocaleString("en")}`;
  }

  #redraw() {
    if (!this.seen || !this.root.isConnected) return;
    this.left = this.#pictures();
    this.#loop();
  }

  #tabulate() {
    if (this.views[0].reported) this.table.replaceChildren(...this.views.flatMap((view) => view.tables()));
  }
}

for (const root of document.querySelectorAll(".playground")) new Playground(root);
