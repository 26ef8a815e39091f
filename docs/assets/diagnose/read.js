// What the costs alone say: symbreak/diagnosis/costs.py for the browser. `table` is its constants
// and its part of findings.toml; a test compares names and texts with the package's.

const least = (costs) => costs.reduce((low, cost) => Math.min(low, cost));
const most = (costs) => costs.reduce((high, cost) => Math.max(high, cost));
const range = (costs) => most(costs) - least(costs);
const within = (costs, level, room) => costs.every((cost) => Math.abs(cost - level) <= room);
const differences = (costs) => costs.slice(1).map((cost, i) => cost - costs[i]);
const log = Math.log;

/** Write x as Python does: a tie goes to the even digit, and JavaScript would round it up. */
export function fixed(x, places) {
  const text = x.toFixed(places), tie = Math.abs(x * 2 ** (places + 1)) % 2 === 1;
  if (tie && text.at(-1) % 2) return x.toFixed(places + 1).slice(0, -1);
  return Object.is(x, -0) ? `-${text}` : text;
}

export function digits(cost) {
  if (Math.abs(cost) < 1e4) return fixed(cost, 4);
  const tie = Number.isInteger(cost) && /^-?\d[02468]50*$/.test(BigInt(cost));
  const text = tie ? cost.toExponential(2).replace("5e", "e") : cost.toExponential(1);
  return text.replace(/e\+(\d)$/, "e+0$1");
}

const entropyOf = (p) => -p * log(p) - (1 - p) * log(1 - p);

/** Return the share of ones in the text as a number, null if there is none. */
export function readShare(text) {
  if (!text.trim()) return null;
  const share = Number(text);
  if (!(share > 0 && share < 1)) throw new RangeError(
    `The share of ones must be a number between 0 and 1, got ${text.trim().slice(0, 40)}; ` +
    "if 72 of 209 labels are 1, write 0.344, or leave it empty.");
  return share;
}

const number = (text) =>
  /nan/i.test(text) ? NaN : /inf/i.test(text) ? (text[0] === "-" ? -Infinity : Infinity) : Number(text);

/** Return the costs of a pasted log, and the iteration of each or null. */
export function readCosts(text, table) {
  const LOGGED = new RegExp(table.LOGGED, "i"), AFTER = new RegExp(table.AFTER, "i");
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/).filter((line) => line.trim());
  const found = lines.map((line) => [AFTER.exec(line), LOGGED.exec(line)]).filter(([, cost]) => cost);
  if (found.length && found.every(([after]) => after)) {
    const pairs = new Map(found.map(([after, cost]) => [Number(after[1]), number(cost[1])]));
    const iterations = [...pairs.keys()], rising = differences(iterations).every((d) => d > 0);
    if (rising && (pairs.size > 1 || found.length === 1)) return { costs: [...pairs.values()], iterations };
  }
  if (found.length) return { costs: found.map(([, cost]) => number(cost[1])), iterations: null };
  const NUMBER = new RegExp(`^${table.NUMBER}$`, "i"), words = text.split(/[\s,;[\]]+/).filter(Boolean);
  if (!words.length) throw new RangeError("There must be at least one cost, got none; paste numbers or a log.");
  if (!words.every((word) => NUMBER.test(word))) throw new RangeError(
    "A log must have lines with \u201closs\u201d or \u201ccost\u201d and a number, or numbers alone, got " +
    `\u201c${text.trim().slice(0, 40)}\u201d; paste the lines that your training printed.`);
  return { costs: words.map(number), iterations: null };
}

/** Return the findings about a pasted text, the strongest first; `share` of ones may be null. */
export function read(text, share, table) {
  const { costs, iterations } = readCosts(text, table), { findings } = table;
  const labels = share === null ? null : { ones: share, entropy: entropyOf(share) };
  const where = (i) => (iterations ? `iteration ${iterations[i]}` : `cost ${i + 1} of ${costs.length}`);
  const found = reader(table).read(costs, labels, where), names = Object.keys(findings);
  found.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
  const said = [], overruled = new Set();
  for (const one of found) if (!overruled.has(one.name)) {
    said.push(one);
    for (const name of findings[one.name].over) overruled.add(name);
  }
  return { costs, iterations, findings: said };
}

function reader({ LN_2, AT, JUMP, JUMP_FLOOR, ROUNDING, CLIPPED, findings }) {
  function finding(name, seen, words = {}) {
    const fill = (text) => text.replace(/\{(\w+)\}/g, (_, word) => words[word]);
    return { name, seen, means: fill(findings[name].means), change: fill(findings[name].change) };
  }

  const counts = (low, high) => high - low >= Math.max(JUMP * Math.abs(low), JUMP_FLOOR);

  /** Rises that count: index of low, of high, and whether a fall that counts followed. */
  function rises(costs) {
    const found = [];
    let low = 0, high = null;
    costs.forEach((cost, i) => {
      if (high === null) {
        if (cost < costs[low]) low = i;
        if (counts(costs[low], cost)) high = i;
      } else if (cost > costs[high]) high = i;
      else if (counts(cost, costs[high])) {
        found.push([low, high, true]);
        [low, high] = [i, null];
      }
    });
    return high === null ? found : [...found, [low, high, false]];
  }

  const tail = (costs) => costs.slice(-Math.max(2, Math.ceil(costs.length / 3)));

  function readCurve(costs, labels, where) {
    if (least(costs) < -ROUNDING) {
      const low = costs.indexOf(least(costs));
      return [finding("negative", `the lowest cost is ${digits(costs[low])}, at ${where(low)}`)];
    }
    if (costs.length < 3) return [finding("too_few_costs", `cost ${costs.map(digits).join(" and ")}`)];
    const level = levels(costs, labels), moves = moving(costs, where);
    if (moves.some(({ name }) => name === "rising" || name === "oscillating")) return [...moves, ...level];
    return [...moves, ...plateau(costs, labels, where), ...(level.length ? level : ending(costs, labels))];
  }

  function levels(costs, labels) {
    const end = tail(costs), low = least(end), entropy = labels?.entropy;
    const seen = `the last ${end.length} costs lie between ${digits(low)} and ${digits(most(end))}`;
    const level = entropy ?? LN_2;
    if (near(end, level, costs)) return [at(costs, level, seen, labels)];
    if (range(end) > Math.min(AT, 0.01 * low)) return [];
    const other = otherLevel(costs, end, labels);
    if (other) return [other];
    if (labels && low > entropy + AT)
      return [finding("flat_above_label_entropy", `${seen}; the label entropy is ${fixed(entropy, 4)}`)];
    if (range(costs) > Math.min(AT, 0.01 * low)) return [];
    return [finding("flat", seen, { guess: labels ? "" : guess(end) })];
  }

  function near(some, level, costs) {
    const places = [2, 3].find((n) => most(costs) < 1e9 && costs.every((cost) => Math.round(cost * 10 ** n) / 10 ** n === cost));
    const unit = places ? 10 ** -places : 0, above = Math.max(AT, unit / 2), below = Math.max(AT, unit);
    return some.every((cost) => cost <= level + above && cost >= level - below);
  }

  function at(costs, level, seen, labels) {
    const n = costs.length, step = Math.max(1, Math.floor(n / 6)), half = [];
    for (let i = Math.max(0, n - 1 - 3 * step); i < n; i += step) half.push(costs[i]);
    const falls = differences(half).map((difference) => -difference);
    seen += `; ${labels ? "the label entropy" : "ln 2"} is ${fixed(level, 4)}`;
    if (falls.length === 3 && falls[2] > 2e-6 && falls[1] > 1.2 * falls[0] && falls[2] > 1.2 * falls[1])
      return finding("leaving_plateau", `${seen}; over the last half it falls by ${falls.map((x) => fixed(x, 6)).join(", ")}`);
    return finding(Math.abs(level - LN_2) <= AT ? "stuck_at_ln_2" : "stuck_at_label_entropy", seen);
  }

  function otherLevel(costs, end, labels) {
    const cost = end.at(-1), seen = `the last costs are ${digits(cost)}`;
    const p = labels ? labels.ones : 0.5, entropy = labels ? labels.entropy : LN_2;
    if (!labels) {
      const K = Math.round(Math.exp(Math.min(cost, 9)));
      if (2 < K && K < 5000 && near([cost], log(K), costs) && Math.abs(cost - log(K)) <= 0.2 / K)
        return finding("classes", `${seen}; ln ${K} is ${fixed(log(K), 4)}`, { K });
    } else if (Math.abs(cost - CLIPPED * (1 - p)) <= 0.005 * cost) {
      return finding("one_output",
        `${seen}, ${fixed(1 - p, 3)} (the share of zeros) times -ln(1e-7) = ${fixed(CLIPPED, 3)}`);
    }
    if (range(costs) > 0.2 * cost) return null;
    const others = {
      "the squared error": p * (1 - p),
      "half the squared error": (p * (1 - p)) / 2,
      "a cross-entropy in base 2 (np.log2)": entropy / LN_2,
    };
    for (const [formula, level] of Object.entries(others)) if (within(end, level, Math.min(AT, 0.02 * level)))
      return finding("other_cost",
        `${seen}; ${formula} of the answer ${labels ? "the share of ones" : "one half"} is ${fixed(level, 4)}`, { formula });
    return null;
  }

  function guess(end) {
    const cost = end.at(-1);
    if (!(0 < cost && cost < LN_2) || range(end) > AT) return "";
    let low = 0, high = 0.5;
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2;
      if (entropyOf(middle) < cost) low = middle;
      else high = middle;
    }
    return ` It would be the label entropy if a share of ${fixed(high, 3)} or ${fixed(1 - high, 3)} of the labels is one.`;
  }

  function moving(costs, where) {
    const found = rises(costs), n = costs.length, end = costs[n - 1];
    const fromTo = ([low, high], to) =>
      `from ${digits(costs[low])} at ${where(low)} ${to} ${digits(costs[high])} at ${where(high)}`;
    const largest = (size) => found.reduce((best, rise) => (size(rise) > size(best) ? rise : best));
    if (found.length && found.at(-1)[2] && (found.at(-1)[1] < n / 3 || found.length === 1)) {
      const many = found.length > 1 ? `${found.length} rises, the largest` : "one rise,";
      const rise = largest(([, high]) => costs[high]);
      return [finding("jumped", `${many} ${fromTo(rise, "to")}, then down to ${digits(end)}`)];
    }
    const endsHigh = found.length === 1, climbs = differences(costs).every((d) => d > 0) && end - costs[0] > 1e-4;
    if (endsHigh || climbs || (!found.length && end - costs[0] > AT))
      return [finding("rising", `${fromTo(endsHigh ? found[0] : [0, n - 1], "up to")}, and not down again`)];
    if (found.length < 2) return [];
    const rise = largest(([low, high]) => costs[high] - costs[low]);
    return [finding("oscillating", `${found.length} rises of at least 10%; the largest ${fromTo(rise, "to")}`)];
  }

  function plateau(costs, labels, where) {
    const whole = range(costs);
    if (whole <= AT) return [];
    const [first, last] = flattest(costs, 0.02 * whole);
    const flat = costs.slice(first, last + 1), rest = costs.slice(last), end = rest.at(-1);
    if (flat.length < Math.max(3, costs.length / 10) || rest[0] - end < 0.2 * whole) return [];
    const steepest = (part) => -least(differences(part));
    if (steepest(rest) < 5 * Math.max(steepest(flat), 0)) return [];
    const sorted = flat.toSorted((a, b) => a - b), k = flat.length >> 1;
    const median = flat.length % 2 ? sorted[k] : (sorted[k - 1] + sorted[k]) / 2;
    const level = labels ? labels.entropy : LN_2, called = labels ? "the label entropy" : "ln 2";
    let seen = `about ${digits(median)} from ${where(first)} to ${where(last)}`;
    if (within(flat, level, Math.max(AT, 0.02 * whole))) seen += ` (${called} is ${fixed(level, 4)})`;
    return [finding("plateau_then_falling", `${seen}, then down to ${digits(end)}`)];
  }

  function flattest(costs, tolerance) {
    let best = [0, 0], first = 0, low = costs[0], high = costs[0];
    costs.forEach((cost, i) => {
      [low, high] = [Math.min(low, cost), Math.max(high, cost)];
      if (high - low > tolerance) [first, low, high] = [i, cost, cost];
      if (i - first > best[1] - best[0]) best = [first, i];
    });
    return best;
  }

  function ending(costs, labels) {
    const end = tail(costs), last = end.at(-1), fall = end[0] - last, whole = costs[0] - last;
    const seen = `from ${digits(costs[0])} to ${digits(last)}; in the last third from ${digits(end[0])}`;
    if (fall < 0.05 * end[0] && fall < 0.1 * whole)
      return [finding("leveled_off", seen, { guess: labels ? "" : guess(end) })];
    const change = whole < 0.05 * costs[0]
      ? "Try a larger learning rate first: less than 5% was gained in all."
      : "Train longer, if you want a lower cost.";
    return [finding("still_falling", seen, { change })];
  }

  function readNotFinite(costs, where) {
    const first = costs.findIndex((cost) => !Number.isFinite(cost));
    const before = costs.slice(0, first), up = rises(before).at(-1);
    const seen = `${String(costs[first]).toLowerCase().replace("inity", "")} at ${where(first)}`;
    const recovered = costs.slice(first).filter((cost) => Number.isFinite(cost) && cost > 0);
    if (recovered.length) return finding("log_of_zero", `${seen}, but ${digits(recovered.at(-1))} later`);
    if (first === 0) return finding("not_finite_at_start", seen);
    if (up) return finding("diverged", `${seen}; before that a rise from ${digits(costs[up[0]])} to ${digits(costs[up[1]])}`);
    return finding("not_finite", `${seen}; before that no rise that counts, ${digits(before[0])} to ${digits(before.at(-1))}`);
  }

  return {
    read: (costs, labels, where) =>
      costs.every(Number.isFinite) ? readCurve(costs, labels, where) : [readNotFinite(costs, where)],
  };
}
