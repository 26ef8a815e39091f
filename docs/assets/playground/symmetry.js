// Which hidden units are still the same unit, and what to say about it: symbreak.symmetry in words.

import { ACTIVATIONS } from "./network.js";

const RTOL = 1e-6; // as symbreak.symmetry.effective_width
const largest = (numbers) => numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** Row i of [W | b] of a layer, for all i. */
const incoming = ({ W, b, n, n_prev }) =>
  Array.from({ length: n }, (_, i) => [...W.subarray(i * n_prev, (i + 1) * n_prev), b[i]]);

/** Group the units of a hidden layer that compute the same function of their input.
 *
 * Units whose incoming weights are all zero, and ReLU units that answer 0 to every sample, ignore
 * the input and are in no group. `kind` says what ties the others: equal, sign or factor.
 */
export function groups(parameters, l, activation, output) {
  const { odd, homogeneous } = ACTIVATIONS[activation];
  const rows = incoming(parameters[l]), scale = largest(rows.flat());
  const m = output.length / rows.length;
  let kind = "equal";
  const living = rows.map((_, i) => i).filter((i) =>
    largest(rows[i].slice(0, -1)) > RTOL * scale &&
    !(homogeneous && output.subarray(i * m, (i + 1) * m).every((a) => a === 0)));
  const shape = (i) => {
    const size = homogeneous ? largest(rows[i]) : 1;
    return rows[i].map((x) => x / size);
  };
  const shapes = new Map(living.map((i) => [i, shape(i)]));
  const tolerance = RTOL * largest([...shapes.values()].flat());
  const near = (a, b, sign) => a.every((x, k) => Math.abs(x - sign * b[k]) <= tolerance);
  const equal = (i, j) => rows[i].every((x, k) => Math.abs(x - rows[j][k]) <= RTOL * scale);
  const tied = (i, j) => {
    const [a, b] = [shapes.get(i), shapes.get(j)];
    if (near(a, b, 1)) {
      if (homogeneous && !equal(i, j)) kind = "factor";
      return true;
    }
    if (odd && near(a, b, -1)) {
      kind = "sign";
      return true;
    }
    return false;
  };
  const found = [], left = new Set(living);
  while (left.size) {
    const group = [];
    const queue = [left.values().next().value];
    left.delete(queue[0]);
    while (queue.length) {
      const i = queue.pop();
      group.push(i);
      for (const j of [...left]) if (tied(i, j)) {
        left.delete(j);
        queue.push(j);
      }
    }
    found.push(group.sort((a, b) => a - b));
  }
  return { groups: found, kind, n: rows.length };
}

/** The cost of answering the share of ones to every sample. */
export function labelEntropy(Y) {
  const p = Y.reduce((sum, y) => sum + y, 0) / Y.length;
  return [p, 1 - p].reduce((sum, q) => (q > 0 ? sum - q * Math.log(q) : sum), 0);
}

/** What is true of every hidden layer, for the verdict; `A` are the outputs of all layers. */
export function measure(parameters, A, activation) {
  return parameters.slice(0, -1).map((_, l) => groups(parameters, l, activation, A[l + 1]));
}

const TIED = { equal: "", sign: ", up to sign", factor: ", up to a factor" };
const units = (n) => (n === 1 ? "1 unit" : `${n} units`);

function ofLayer({ groups, kind, n }) {
  const k = groups.length;
  if (k === 0) return `${units(n)}, none of which looks at its input`;
  if (k === n) return n === 1 ? "1 unit" : `${n} units, all different`;
  if (k === 1 && groups[0].length === n) return `${units(n)}, one rope${TIED[kind]}`;
  const ropes = groups.filter((group) => group.length > 1).map((group) => group.length);
  const parts = ropes.map((size) => `a rope of ${size}${TIED[kind]}`);
  if (k > ropes.length) parts.push(`${k - ropes.length} alone`);
  const idle = n - groups.flat().length;
  if (idle) parts.push(`${idle} that ${idle === 1 ? "ignores" : "ignore"} the input`);
  return `${units(n)}: ${parts.join(", ")}`;
}

/** One plain sentence about the state of a run. */
export function verdict({ layers, started, moved, diverged, iteration }) {
  if (diverged) return `Diverged at iteration ${iteration}: a number is no longer finite. Try a smaller learning rate.`;
  const what = layers.map((layer, l) =>
    (layers.length > 1 ? `layer ${l + 1}: ` : "") + ofLayer(layer)).join("; ");
  if (!layers.length) return "No hidden layer: one unit, nothing to be symmetric with.";
  if (!started) return `At the start: ${what}.`;
  if (moved === "none") return `Stuck: nothing has moved. ${what[0].toUpperCase()}${what.slice(1)}.`;
  if (moved === "last bias") return `Stuck: only the last bias has moved. It learns the share of ones.`;
  const acts = layers.map(({ groups }) => groups.length);
  let whole = "";
  if (acts.includes(0)) whole = ": the network answers the same to every sample";
  else if (acts.every((k) => k === 1))
    whole = ": the network acts as one unit" + (layers.length > 1 ? " per layer" : "");
  return `${what[0].toUpperCase()}${what.slice(1)}${whole}.`;
}
