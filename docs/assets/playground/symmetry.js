// Which hidden units are still the same unit, and what to say about it: symbreak.symmetry in words.

import { ACTIVATIONS } from "./network.js";

const RTOL = 1e-6, ATOL = 1e-15; // as in symbreak.symmetry
const largest = (numbers) => numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
const room = (...sizes) => Math.max(RTOL * Math.min(...sizes), ATOL);

/** Row i of [W | b] of a layer, for all i. */
const incoming = ({ W, b, n, n_prev }) =>
  Array.from({ length: n }, (_, i) => [...W.subarray(i * n_prev, (i + 1) * n_prev), b[i]]);

/** Whether units i and j agree, each measured by its own size: symbreak.symmetry.agreement. */
function agree(blocks, i, j, { odd, homogeneous }) {
  const [a, b] = [i, j].map((unit) => {
    const rows = blocks.map((block) => block[unit]);
    const size = largest(rows.flat()), scale = homogeneous && size > ATOL ? size : 1;
    return rows.map((row) => row.map((x) => x / scale));
  });
  const same = (sign) => a.every((row, k) =>
    largest(row.map((x, c) => x - sign * b[k][c])) <= room(largest(row), largest(b[k])));
  return same(1) || (Boolean(odd) && same(-1));
}

/** How far units i and j differ, relative to the smaller; up to sign or factor where that ties them. */
export function distance(layer, i, j, { odd, homogeneous }) {
  const [a, b] = [i, j].map((unit) => {
    const row = incoming(layer)[unit], size = largest(row);
    return homogeneous && size > ATOL ? row.map((x) => x / size) : row;
  });
  const off = (sign) => largest(a.map((x, c) => x - sign * b[c]));
  const least = odd ? Math.min(off(1), off(-1)) : off(1);
  return least <= ATOL ? 0 : least / Math.min(largest(a), largest(b));
}

/** Group those of the units that a chain of agreements connects. */
export function grouped(blocks, units, symmetry) {
  const found = [], left = new Set(units);
  for (const first of units) {
    if (!left.delete(first)) continue;
    const group = [first]; // grows while it is walked through
    for (const i of group) for (const j of left) if (agree(blocks, i, j, symmetry)) {
      left.delete(j);
      group.push(j);
    }
    found.push(group.sort((i, j) => i - j));
  }
  return found;
}

/** Group the units of a hidden layer that compute the same function of their input.
 *
 * Units whose incoming weights are all zero, and units dead on every sample, do not
 * look at the input and are in no group. `kind` says what ties the others: equal, sign or factor.
 */
export function groups(parameters, l, activation, output) {
  const symmetry = ACTIVATIONS[activation], { odd, dies } = symmetry;
  const rows = incoming(parameters[l]), m = output.length / rows.length;
  const looking = rows.map((_, i) => i).filter((i) =>
    largest(rows[i].slice(0, -1)) > room(largest(rows[i])) &&
    !(dies && output.subarray(i * m, (i + 1) * m).every((a) => a === 0)));
  const found = grouped([rows], looking, symmetry);
  const equal = grouped([rows], looking, {}).length === found.length;
  return { groups: found, kind: equal ? "equal" : odd ? "sign" : "factor", n: rows.length };
}

/** The number of different units of a layer: if none looks at the input, they are one. */
export const different = ({ groups }) => Math.max(1, groups.length);

/** The cost of answering the share of ones to every sample. */
export function labelEntropy(Y) {
  const p = Y.reduce((sum, y) => sum + y, 0) / Y.length;
  return [p, 1 - p].reduce((sum, q) => (q > 0 ? sum - q * Math.log(q) : sum), 0);
}

/** What is true of every hidden layer, for the verdict; `A` are the outputs of all layers. */
export function measure(parameters, A, activation) {
  return parameters.slice(0, -1).map((_, l) => groups(parameters, l, activation, A[l + 1]));
}

export const TIED = { equal: "", sign: ", up to sign", factor: ", up to a factor" };
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
  if (idle) parts.push(`${idle} that ${idle === 1 ? "does" : "do"} not look at the input`);
  return `${units(n)}: ${parts.join(", ")}`;
}

/** One plain sentence about the state of a run; `costs` are those of its start and of now. */
export function verdict({ layers, started, moved, diverged, iteration, costs }) {
  if (diverged) return `Diverged at iteration ${iteration}: a number is no longer finite. Try a smaller learning rate.`;
  const each = layers.map(ofLayer), same = each.every((words) => words === each[0]);
  const what = layers.length === 1 ? each[0] : same ? `each layer: ${each[0]}`
    : each.map((words, l) => `layer ${l + 1}: ${words}`).join("; ");
  if (!layers.length) {
    if (!started) return "At the start: logistic regression, one unit without copies.";
    if (moved !== "weights") return `Stuck: ${moved === "none" ? "nothing" : "only the bias"} has moved.`;
    const [before, now] = costs, went = now < before ? "fell" : "rose";
    const shown = before.toFixed(4) === now.toFixed(4) ? `is still ${now.toFixed(4)}`
      : `${went} from ${before.toFixed(4)} to ${now.toFixed(4)}`;
    return `Logistic regression: one unit without copies; its weights have moved, and the cost ${shown}.`;
  }
  if (!started) return `At the start: ${what}.`;
  if (moved === "none") return `Stuck: nothing has moved; ${what}.`;
  if (moved === "last bias") return `Stuck: only the last bias has moved; it learns the share of ones.`;
  const acts = layers.map(({ groups }) => groups.length);
  let whole = "";
  if (acts.includes(0)) whole = ": the network answers the same to every sample";
  else if (acts.every((k) => k === 1))
    whole = ": the network acts as one unit" + (layers.length > 1 ? " per layer" : "");
  return `${what[0].toUpperCase()}${what.slice(1)}${whole}.`;
}
