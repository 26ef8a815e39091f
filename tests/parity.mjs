// Answer questions about the playground's modules: JSON in, JSON out.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(process.argv[2] + "/");
const [network, data, symmetry, run] = await Promise.all(
  ["network.js", "data.js", "symmetry.js", "run.js"].map((name) => import(new URL(name, folder))));

const typed = (layers) =>
  layers.map(({ W, b, n, n_prev }) =>
    ({ n, n_prev, W: Float64Array.from(W), b: Float64Array.from(b) }));
const plain = (layers) => layers.map(({ W, b }) => ({ W: [...W], b: [...b] }));
const sets = {};
const set = (name, balanced) => (sets[name + balanced] ??= data.dataset(name, balanced));

const answers = {
  menus: () => Object.fromEntries(
    Object.entries(run.CHOICES).map(([name, [, choices]]) => [name, Object.keys(choices)])),
  run({ text }) {
    const settings = run.readSettings(text), one = new run.Run(settings);
    one.advance();
    return { settings, iteration: one.iteration };
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
  verdict: (state) => symmetry.verdict(state),
  entropy: ({ name, balanced }) => symmetry.labelEntropy(set(name, balanced).Y),
};

const questions = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(questions.map(({ ask, ...rest }) => answers[ask](rest))));
