// Answer questions about the playground's modules: JSON in, JSON out.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(process.argv[2] + "/");
const [network, data, symmetry, run, script] = await Promise.all(
  ["network.js", "data.js", "symmetry.js", "run.js", "script.js"].map((name) => import(new URL(name, folder))));

const typed = (layers) =>
  layers.map(({ W, b, n, n_prev }) =>
    ({ n, n_prev, W: Float64Array.from(W), b: Float64Array.from(b) }));
const plain = (layers) => layers.map(({ W, b }) => ({ W: [...W], b: [...b] }));
const sets = {};
const set = (name, balanced) => (sets[name + balanced] ??= data.dataset(name, balanced));

const answers = {
  menus: () => Object.fromEntries(
    Object.entries(run.CHOICES).map(([name, [, choices]]) => [name, Object.keys(choices)])),
  symmetries: () => Object.entries(network.ACTIVATIONS).map(
    ([name, { odd, homogeneous, dies }]) => [name, Boolean(odd), Boolean(homogeneous), Boolean(dies)]),
  run({ text }) {
    const settings = run.readSettings(text), one = new run.Run(settings);
    one.advance();
    return { settings, iteration: one.iteration };
  },
  // What the page says after a run with nudges, and the script that it gives away.
  script({ text, iterations, nudges }) {
    const one = new run.Run(run.readSettings(text));
    for (let k = 0; k <= iterations; k++) {
      if (k) one.advance();
      for (const at of nudges) if (at === k) one.nudge();
    }
    const { cost, accuracy, layers } = run.report(one.view());
    return {
      script: script.script(one.case()),
      said: [
        `cost ${cost.toFixed(4)}`,
        `accuracy ${(100 * accuracy).toFixed(1)}%`,
        ...layers.map((layer, l) =>
          `different units in layer ${l + 1}: ${symmetry.different(layer)} of ${layer.n}`),
      ],
      parameters: plain(one.parameters),
      again: run.readSettings(run.writeSettings(one.case())),
    };
  },
  // Costs on the way, then where a view and a rewound run stand.
  time({ text, iterations, back }) {
    const one = new run.Run(run.readSettings(text)), costs = [one.cost];
    for (let k = 0; k < iterations; k++) {
      one.advance();
      costs.push(one.cost);
    }
    const { iteration, cost, path } = one.view(back), end = plain(one.parameters);
    const view = { iteration, cost, last: path.at(-1).iteration, kept: one.states().length };
    one.rewind(back);
    while (one.iteration < iterations) one.advance();
    return { costs, view, end, again: plain(one.parameters) };
  },
  dataset({ name, balanced }) {
    const { X, Y } = set(name, balanced);
    return { X: X.map((row) => [...row]), Y: [...Y] };
  },
  start: ({ name, dims, options }) => plain(data.INITIALIZERS[name].make(dims, options)),
  train({ name, balanced, layers, activation, learning_rate, steps }) {
    const { X, Y } = set(name, balanced), rows = network.stackRows(X);
    let at = typed(layers), costs = [];
    const forward = () => network.forward(at, rows, Y.length, activation);
    let cache = forward();
    for (let k = 0; k < steps; k++) {
      costs.push(network.cost(cache, Y));
      at = network.step(at, cache, Y, { activation, learning_rate });
      cache = forward();
    }
    const measured = symmetry.measure(at, cache.A, activation);
    return { layers: plain(at), costs, widths: measured.map(({ groups }) => groups.length) };
  },
  groups({ blocks, symmetry: kind, layers, activation, output }) {
    const units = blocks[0].map((_, i) => i);
    const looking = symmetry.groups(typed(layers), 0, activation, Float64Array.from(output));
    return {
      groups: symmetry.grouped(blocks, units, kind),
      width: looking.groups.length,
      different: symmetry.different(looking),
    };
  },
  bound: ({ layers, symmetry: kind }) => {
    const [layer] = typed(layers), units = Array.from({ length: layer.n }, (_, i) => i);
    return units.map((i) => units.map((j) => symmetry.distance(layer, i, j, kind) <= 1e-6));
  },
  verdict: (state) => symmetry.verdict(state),
  entropy: ({ name, balanced }) => symmetry.labelEntropy(set(name, balanced).Y),
};

const questions = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(questions.map(({ ask, ...rest }) => answers[ask](rest))));
