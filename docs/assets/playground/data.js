// The data sets and the starts of symbreak.datasets and symbreak.initializers.
// A set is {X: [x1, x2], Y, m}: two rows of coordinates, and labels 0 or 1.

import { RandomState } from "./random.js";

const linspace = (low, high, n) =>
  Float64Array.from({ length: n }, (_, i) =>
    n === 1 ? low : i === n - 1 ? high : i * ((high - low) / (n - 1)) + low);

function flower() {
  const random = new RandomState(1), half = 200, X = [[], []];
  for (const label of [0, 1]) {
    const noise = random.randn(half), jitter = random.randn(half);
    linspace(3.12 * label, 3.12 * (label + 1), half).forEach((even, i) => {
      const theta = even + 0.2 * noise[i];
      const r = 4 * Math.sin(4 * theta) + 0.2 * jitter[i];
      X[0].push(r * Math.sin(theta));
      X[1].push(r * Math.cos(theta));
    });
  }
  return { X, Y: [...Array(half).fill(0), ...Array(half).fill(1)] };
}

function circles() {
  const random = new RandomState(1), m = 300, outer = 150;
  const order = Array.from({ length: m }, (_, i) => i);
  random.shuffle(order);
  const noise = random.randn(2 * m); // drawn as (m, 2)
  const X = [[], []], Y = [];
  order.forEach((i, place) => {
    const label = i < outer ? 0 : 1;
    const angle = (i % outer) * ((2 * Math.PI) / outer), radius = label ? 0.8 : 1;
    X[0].push(radius * Math.cos(angle) + 0.05 * noise[2 * place]);
    X[1].push(radius * Math.sin(angle) + 0.05 * noise[2 * place + 1]);
    Y.push(label);
  });
  return { X, Y };
}

function xor() {
  const random = new RandomState(1), m = 200, noise = random.randn(2 * m); // drawn as (2, m)
  const corners = [[-1, -1, 0], [-1, 1, 1], [1, -1, 1], [1, 1, 0]];
  const turn = Array.from({ length: m }, (_, i) => corners[i % 4]);
  return {
    X: [0, 1].map((row) => turn.map((corner, i) => corner[row] + 0.2 * noise[row * m + i])),
    Y: turn.map((corner) => corner[2]),
  };
}

function moons() {
  const random = new RandomState(1), m = 200, noise = random.randn(2 * m); // drawn as (2, m)
  const X = [[], []], Y = [];
  for (let i = 0; i < m; i++) {
    const angle = (Math.PI * Math.floor(i / 2)) / Math.floor((m - 1) / 2), label = i % 2;
    const x = Math.cos(angle), y = Math.sin(angle);
    X[0].push((label ? 1 - x : x) + 0.1 * noise[i]);
    X[1].push((label ? 0.5 - y : y) + 0.1 * noise[m + i]);
    Y.push(label);
  }
  return { X, Y };
}

/** Half of class 0 is left out, from the front: twice as many labels 1 as labels 0. */
function unbalance({ X, Y }) {
  const drop = Math.floor(Y.filter((label) => label === 0).length / 2);
  let gone = 0;
  const keep = Y.map((label) => label === 1 || ++gone > drop);
  const rest = (row) => row.filter((_, i) => keep[i]);
  return { X: X.map(rest), Y: rest(Y) };
}

/** What the menu calls a set, the function that makes it, and the call of symbreak.datasets. */
export const DATASETS = {
  flower: { label: "flower", make: flower, python: "flower()" },
  circles: { label: "circles", make: circles, python: "circles()" },
  xor: { label: "XOR", make: xor, python: "xor(seed=1)" },
  moons: { label: "moons", make: moons, python: "moons(seed=1)" },
};

export function dataset(name, balanced = true) {
  const { X, Y } = balanced ? DATASETS[name].make() : unbalance(DATASETS[name].make());
  return { X: X.map((row) => Float64Array.from(row)), Y: Float64Array.from(Y), m: Y.length };
}

// A layer is {W, b, n, n_prev}: W row by row, (n, n_prev); b (n). Every start fills all layers.

const layers = (dims, W, b = () => 0) =>
  dims.slice(1).map((n, l) => {
    const n_prev = dims[l];
    return {
      n,
      n_prev,
      W: Float64Array.from({ length: n * n_prev }, (_, i) => W(l, n, n_prev, i)),
      b: Float64Array.from({ length: n }, () => b(l)),
    };
  });

/** Random numbers for the parts that `random` names, in the order W1, b1, W2, ...; others zero. */
const partlyRandom = (label, random, python) => ({
  label, uses: ["scale", "seed"],
  make(dims, { scale, seed }) {
    const draw = new RandomState(seed), start = layers(dims, () => 0);
    start.forEach((layer, l) => {
      for (const part of ["W", "b"])
        if (random(part, l)) layer[part] = layer[part].map(() => draw.normal() * scale);
    });
    return start;
  },
  python: ({ scale, seed }) => `${python}seed=${seed}, scale=${scale})`,
});

const scaled = (label, factor, python) => ({
  label, uses: ["seed"],
  make(dims, { seed }) {
    const draw = new RandomState(seed);
    return layers(dims, (l, n, n_prev) => factor(draw.normal(), n, n_prev));
  },
  python: ({ seed }) => `${python}(dims, seed=${seed})`,
});

/** What the menu calls a start, which settings it uses, how it is made, and how symbreak makes it. */
export const INITIALIZERS = {
  zeros: {
    label: "all zero", uses: [], make: (dims) => layers(dims, () => 0), python: () => "zeros(dims)",
  },
  constant: {
    label: "constant", uses: ["scale"],
    make: (dims, { scale }) => layers(dims, () => scale),
    python: ({ scale }) => `constant(dims, ${scale})`,
  },
  constant_times_layer: {
    label: "constant times layer", uses: ["scale"],
    make: (dims, { scale }) => layers(dims, (l) => (l + 1) * scale),
    python: ({ scale }) => `constant_times_layer(dims, ${scale})`,
  },
  linspace: {
    label: "W1 evenly spaced", uses: ["scale"],
    make: (dims, { scale }) => {
      const first = linspace(-scale, scale, dims[0] * dims[1]);
      return layers(dims, (l, n, n_prev, i) => (l ? scale : first[i]));
    },
    python: ({ scale }) => `linspace(dims, low=-${scale}, high=${scale}, value=${scale})`,
  },
  normal: partlyRandom("W random, b zero", (part) => part === "W", "normal(dims, "),
  random_biases: partlyRandom("W zero, b random", (part) => part === "b", "random_biases(dims, "),
  W1_random: partlyRandom(
    "only W1 random", (part, l) => part === "W" && l === 0, 'partly_random(dims, ["W1"], '),
  W2_random: partlyRandom( // none without a hidden layer
    "only W2 random", (part, l) => part === "W" && l === 1, 'partly_random(dims, ["W2"][: len(dims) - 2], '),
  sqrt_n: scaled("W random / √n", (x, n, n_prev) => x / Math.sqrt(n_prev), "sqrt_n"),
  he: scaled("He", (x, n, n_prev) => x * Math.sqrt(2 / n_prev), "he"),
  xavier: scaled("Xavier", (x, n, n_prev) => x * Math.sqrt(2 / (n_prev + n)), "xavier"),
};
