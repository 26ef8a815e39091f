// A run: what is chosen, what training has reached, what is remembered of the way. No page here.

import { dataset, DATASETS, INITIALIZERS } from "./data.js";
import { ACTIVATIONS, accuracy, allFinite, cost, forward, stackRows, step } from "./network.js";
import { labelEntropy, measure, verdict } from "./symmetry.js";

const numbers = (low, high) =>
  Object.fromEntries(Array.from({ length: high - low + 1 }, (_, i) => [low + i, low + i]));
const labels = (family) =>
  Object.fromEntries(Object.entries(family).map(([name, { label }]) => [name, label]));

/** The menus: what is chosen, and the words for each choice. */
export const CHOICES = {
  data: ["Data", labels(DATASETS)],
  balanced: ["Labels", { yes: "balanced", no: "half of class 0 left out" }],
  layers: ["Layers", { ...numbers(1, 4), 1: "1: logistic regression", 2: "2: one hidden layer" }],
  n_h: ["Hidden units", numbers(1, 8)],
  activation: ["Activation", labels(ACTIVATIONS)],
  start: ["Start", labels(INITIALIZERS)],
};

/** Every setting: its default, and how a text becomes a valid value (or undefined). */
const oneOf = (names) => (text) => (names.includes(text) ? text : undefined);
const number = (low, high, whole = false) => (text) => {
  const value = Number(text);
  if (text === "" || !Number.isFinite(value)) return undefined;
  const inside = Math.min(high, Math.max(low, value));
  return whole ? Math.round(inside) : inside;
};
export const SETTINGS = {
  data: { default: "flower", read: oneOf(Object.keys(DATASETS)) },
  balanced: { default: "yes", read: oneOf(["yes", "no"]) },
  layers: { default: 2, read: number(1, 4, true) },
  n_h: { default: 4, read: number(1, 8, true) },
  activation: { default: "tanh", read: oneOf(Object.keys(ACTIVATIONS)) },
  start: { default: "constant", read: oneOf(Object.keys(INITIALIZERS)) },
  scale: { default: 0.01, read: number(1e-10, 100) },
  seed: { default: 1, read: number(0, 2 ** 32 - 1, true) },
  rate: { default: 1.2, read: number(1e-4, 100) },
  // What has been done already on arrival: iterations, and those at which the nudge was pressed.
  iterations: { default: 300, read: number(0, 1e5, true) },
  nudges: { default: "", read: (text) => (/^\d{1,6}(\.\d{1,6})*$/.test(text) ? text : undefined) },
};

/** Read settings from a text such as "start=zeros&n_h=3"; what is missing or wrong is the default. */
export function readSettings(text) {
  const given = new URLSearchParams(text);
  return Object.fromEntries(Object.entries(SETTINGS).map(([name, { default: usual, read }]) =>
    [name, (given.has(name) ? read(given.get(name)) : undefined) ?? usual]));
}

export const writeSettings = (settings) => new URLSearchParams(settings).toString();

const KEPT = 400; // states remembered; when they are more, every second is forgotten

export class Run {
  constructor(settings) {
    this.settings = settings;
    const { X, Y, m } = dataset(settings.data, settings.balanced === "yes");
    Object.assign(this, { X, Y, m, rows: stackRows(X), entropy: labelEntropy(Y) });
    this.dims = [2, ...Array(settings.layers - 1).fill(settings.n_h), 1];
    this.reset();
  }

  /** Go back to the start: the same seed gives the same numbers. */
  reset() {
    this.#set(INITIALIZERS[this.settings.start].make(this.dims, this.settings));
    this.start = this.parameters;
    this.iteration = 0;
    this.diverged = false;
    this.nudges = [];
    this.path = []; // {iteration, parameters, cost}
    this.every = 1;
    this.#remember();
  }

  /** Go back to a state that is remembered; what came after it is forgotten, nudges too. */
  rewind(iteration) {
    if (iteration >= this.iteration) return;
    this.path = this.path.filter((state) => state.iteration <= iteration);
    this.#set(this.path.at(-1).parameters);
    this.iteration = this.path.at(-1).iteration;
    this.nudges = this.nudges.filter((at) => at <= this.iteration);
    this.diverged = false;
  }

  #answer(parameters) {
    const cache = forward(parameters, this.rows, this.m, this.settings.activation);
    return { parameters, cache, cost: cost(cache, this.Y) };
  }

  /** Take parameters, with what they answer and cost, if all of it is finite. */
  #set(parameters) {
    const answer = this.#answer(parameters);
    const finite = allFinite(parameters) && Number.isFinite(answer.cost);
    if (finite) Object.assign(this, answer);
    return finite;
  }

  #remember() {
    const { iteration, parameters, cost } = this;
    if (this.path.at(-1)?.iteration === iteration) this.path.pop(); // it was nudged
    this.path.push({ iteration, parameters, cost });
    if (this.path.length > KEPT) {
      this.every *= 2;
      this.path = this.path.filter(({ iteration }) => iteration % this.every === 0);
    }
  }

  /** Take one step; one that leaves the finite numbers is taken back, and ends the run. */
  advance() {
    if (this.diverged) return;
    const { activation, rate } = this.settings;
    const setting = { activation, learning_rate: rate };
    this.diverged = !this.#set(step(this.parameters, this.cache, this.Y, setting));
    if (this.diverged) return;
    this.iteration += 1;
    if (this.iteration % this.every === 0) this.#remember();
  }

  /** Add 1e-12 to the first weight of the first unit. */
  nudge() {
    const [first, ...others] = this.parameters;
    const W = first.W.slice();
    W[0] += 1e-12;
    this.#set([{ ...first, W }, ...others]);
    this.nudges.push(this.iteration);
    if (this.iteration % this.every === 0) this.#remember();
  }

  /** The settings from which another page arrives at the present state. */
  case() {
    return { ...this.settings, iterations: this.iteration, nudges: this.nudges.join(".") };
  }

  /** All states that can be looked at. */
  states() {
    const { iteration, parameters, cost, path } = this;
    return path.at(-1).iteration === iteration ? path : [...path, { iteration, parameters, cost }];
  }

  /** The run as it was at an iteration: the last state kept until then, and the way to it. */
  view(until = Infinity) {
    const path = this.states().filter(({ iteration }) => iteration <= until), state = path.at(-1);
    const { settings, X, Y, m, entropy, dims, start } = this;
    const last = state.iteration === this.iteration, diverged = last && this.diverged;
    const answer = last ? { cache: this.cache } : this.#answer(state.parameters);
    return { settings, X, Y, m, entropy, dims, start, diverged, path, ...state, ...answer };
  }
}

/** Everything the page says about a view of a run. */
export function report({ settings, parameters, start, cache, Y, path, ...view }) {
  const layers = measure(parameters, cache.A, settings.activation);
  return {
    layers,
    iteration: view.iteration,
    cost: view.cost,
    accuracy: accuracy(cache.A.at(-1), Y),
    verdict: verdict({
      layers,
      started: view.iteration > 0,
      moved: moved(start, parameters),
      diverged: view.diverged,
      iteration: view.iteration + 1,
      costs: [path[0].cost, view.cost],
    }),
  };
}

function moved(start, parameters) {
  const changed = (part) => parameters.map((layer, l) =>
    layer[part].some((x, k) => x !== start[l][part][k]));
  const W = changed("W"), b = changed("b"), last = b.pop();
  if (W.some(Boolean) || b.some(Boolean)) return "weights";
  return last ? "last bias" : "none";
}

/** Train runs together until a time in milliseconds has passed, or some iterations are done. */
export function advanceFor(runs, milliseconds, iterations) {
  const end = performance.now() + milliseconds;
  for (let k = 0; k < iterations && performance.now() < end; k++) for (const run of runs) run.advance();
}
