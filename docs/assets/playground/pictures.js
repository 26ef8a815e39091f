// The pictures: threads and ropes, the cost, the decision region. Colors come from the page's scheme.

import { forward } from "./network.js";

export const color = (element, name) => getComputedStyle(element).getPropertyValue(`--sb-${name}`).trim();

/** Make a canvas as sharp as the screen, and return its context with sizes in CSS pixels. */
export function open(canvas) {
  const width = canvas.clientWidth, height = canvas.clientHeight, ratio = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.font = "12px system-ui, sans-serif";
  pen.lineJoin = "round";
  return { pen, width, height };
}

export const short = (x) => {
  const size = Math.abs(x);
  if (size === 0) return "0";
  return size >= 0.01 && size < 1000 ? String(Number(x.toPrecision(3))) : x.toExponential(0);
};

/** Write over what is drawn, on a rim of paper. */
function write(canvas, pen, text, x, y) {
  pen.strokeStyle = color(canvas, "paper");
  pen.lineWidth = 4;
  pen.strokeText(text, x, y);
  pen.fillText(text, x, y);
}

/** Draw two axes with a few labels; the horizontal one is stretched at the start (square root). */
function axes(canvas, { pen, width, height }, last, [low, high]) {
  const box = { left: 56, right: width - 12, top: 20, bottom: height - 22 };
  const x = (t) => box.left + Math.sqrt(t / last) * (box.right - box.left);
  const y = (v) => box.bottom - ((v - low) / (high - low)) * (box.bottom - box.top);
  pen.strokeStyle = pen.fillStyle = color(canvas, "muted");
  pen.lineWidth = 0.7;
  pen.beginPath();
  pen.moveTo(box.left, box.top);
  pen.lineTo(box.left, box.bottom);
  pen.lineTo(box.right, box.bottom);
  pen.stroke();
  pen.textBaseline = "top";
  for (const part of [0, 0.25, 1]) {
    pen.textAlign = part ? (part === 1 ? "right" : "center") : "left";
    pen.fillText(Math.round(last * part), x(last * part), box.bottom + 5);
  }
  pen.textAlign = "right";
  for (const value of [low, high]) {
    pen.textBaseline = value === low ? "bottom" : "top";
    pen.fillText(short(value), box.left - 5, y(value));
  }
  return { box, x, y };
}

const widen = (low, high) => {
  const room = (high - low) * 0.06 || Math.abs(low) * 0.1 || 0.01;
  return [low - room, high + room];
};

/** Draw the incoming weights of each unit of a layer, for one input; tied units twist to a rope. */
export function drawThreads(canvas, run, l, input, labels) {
  const view = open(canvas), { pen } = view;
  const pixel = ({ iteration }) => Math.round(Math.sqrt(iteration / (run.iteration || 1)) * view.width);
  const path = run.path.filter((state, k, all) => k === all.length - 1 || pixel(state) < pixel(all[k + 1])); // one a pixel
  const { n, n_prev } = run.parameters[l];
  const at = (state, i) => state.parameters[l].W[i * n_prev + input];
  let low = Infinity, high = -Infinity;
  for (const state of path) for (let i = 0; i < n; i++) {
    low = Math.min(low, at(state, i));
    high = Math.max(high, at(state, i));
  }
  const { box, x, y } = axes(canvas, view, Math.max(10, run.iteration), widen(low, high));
  const near = (high - low) * 0.004 + 1e-15; // closer than this the eye sees one line
  const place = path.map((state) => {
    const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => at(state, a) - at(state, b) || a - b);
    const bundle = Array(n);
    for (let from = 0; from < n; ) {
      let to = from + 1;
      while (to < n && at(state, order[to]) - at(state, order[to - 1]) <= near) to++;
      const members = order.slice(from, to).sort((a, b) => a - b);
      members.forEach((i, rank) => (bundle[i] = { rank, size: members.length }));
      from = to;
    }
    return bundle;
  });
  for (let i = 0; i < n; i++) {
    pen.strokeStyle = color(canvas, `unit-${(i % 8) + 1}`);
    pen.lineWidth = 2;
    pen.beginPath();
    path.forEach((state, k) => {
      const { rank, size } = place[k][i], px = x(state.iteration);
      const twist = size > 1 ? 2.2 * Math.sin(px / 7 + (2 * Math.PI * rank) / size) : 0;
      const py = Math.min(box.bottom, Math.max(box.top, y(at(state, i)) + twist));
      k ? pen.lineTo(px, py) : pen.moveTo(px, py);
    });
    pen.stroke();
  }
  pen.fillStyle = color(canvas, "ink");
  pen.textAlign = "left";
  pen.textBaseline = "top";
  write(canvas, pen, labels, box.left - 4, 0);
  const counts = new Map();
  place.at(-1).forEach(({ rank, size }, i) => {
    if (rank === 0 && size > 1) counts.set(i, size);
  });
  pen.textAlign = "right";
  pen.textBaseline = "bottom";
  for (const [i, size] of counts)
    write(canvas, pen, `${size} units`, box.right, Math.max(box.top + 14, y(at(path.at(-1), i)) - 5));
}

/** Draw the cost, with ln 2 and the label entropy marked. */
export function drawCost(canvas, run) {
  const view = open(canvas), { pen } = view;
  const { path } = run, values = path.map((state) => state.cost);
  const marks = [[Math.LN2, "ln 2"]];
  if (Math.abs(run.entropy - Math.LN2) > 0.005) marks.push([run.entropy, "label entropy"]);
  const low = 0, high = Math.max(0.8, Math.min(3, Math.max(...values)));
  const { box, x, y } = axes(canvas, view, Math.max(10, run.iteration), [low, high]);
  pen.textAlign = "right";
  marks.forEach(([value, name], k) => {
    pen.strokeStyle = pen.fillStyle = color(canvas, "muted");
    pen.setLineDash([2, 3]);
    pen.beginPath();
    pen.moveTo(box.left, y(value));
    pen.lineTo(box.right, y(value));
    pen.stroke();
    pen.textBaseline = k ? "top" : "bottom";
    pen.fillText(name, box.right, y(value) + (k ? 3 : -3));
  });
  pen.setLineDash([]);
  pen.strokeStyle = color(canvas, "accent");
  pen.lineWidth = 2;
  pen.beginPath();
  path.forEach((state, k) => {
    const py = Math.max(box.top, y(state.cost));
    k ? pen.lineTo(x(state.iteration), py) : pen.moveTo(x(state.iteration), py);
  });
  pen.stroke();
  pen.fillStyle = color(canvas, "ink");
  pen.textAlign = "left";
  pen.textBaseline = "top";
  write(canvas, pen, "cost", box.left - 4, 0);
}

/** The centers of n by n pixels over the plane, as far as the samples reach: two rows. */
export function plane(X, n) {
  const reach = Math.max(...X.map((row) => row.reduce((r, v) => Math.max(r, Math.abs(v)), 0))) * 1.08;
  const grid = new Float64Array(2 * n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
    grid[i * n + j] = ((j + 0.5) / n * 2 - 1) * reach;
    grid[n * n + i * n + j] = (1 - (i + 0.5) / n * 2) * reach;
  }
  return { grid, reach };
}

const channels = (css) => [1, 3, 5].map((k) => parseInt(css.slice(k, k + 2), 16));

/** Paint one pixel for each answer: in the color of its class, the stronger the surer. */
function image(output, n, paint) {
  const small = new OffscreenCanvas(n, n), pen = small.getContext("2d"), pixels = pen.createImageData(n, n);
  const colors = paint.map(channels);
  output.forEach((a, k) => {
    pixels.data.set(colors[a > 0.5 ? 1 : 0], 4 * k);
    pixels.data[4 * k + 3] = 20 + 150 * Math.abs(a - 0.5);
  });
  pen.putImageData(pixels, 0, 0);
  return small;
}

/** Add to a path the line on which values on a grid of n by n pixel centers, over a square, are 0. */
function contour(pen, values, n, side) {
  const at = (k) => ((k + 0.5) / n) * side;
  for (let i = 0; i + 1 < n; i++) for (let j = 0; j + 1 < n; j++) {
    const corners = [[i, j], [i, j + 1], [i + 1, j + 1], [i + 1, j]], cuts = [];
    corners.forEach(([r, c], k) => {
      const [r2, c2] = corners[(k + 1) % 4], a = values[r * n + c], b = values[r2 * n + c2];
      if (a > 0 === b > 0) return;
      const part = a / (a - b);
      cuts.push([at(c + (c2 - c) * part), at(r + (r2 - r) * part)]);
    });
    for (let k = 0; k + 1 < cuts.length; k += 2) {
      pen.moveTo(...cuts[k]);
      pen.lineTo(...cuts[k + 1]);
    }
  }
}

/** Draw what the network answers, the line between its two answers, and the samples. */
export function drawRegion(canvas, run) {
  const { pen, width: side } = open(canvas), n = 36, { grid, reach } = plane(run.X, n);
  const { A, Z } = forward(run.parameters, grid, n * n, run.settings.activation);
  const paint = [0, 1].map((label) => color(canvas, `class-${label}`));
  pen.drawImage(image(A.at(-1), n, paint), 0, 0, side, side);
  const dot = Math.max(1.5, side / 130);
  for (const label of [0, 1]) {
    pen.fillStyle = paint[label];
    pen.beginPath();
    for (let s = 0; s < run.m; s++) if (run.Y[s] === label) {
      const px = ((run.X[0][s] / reach + 1) / 2) * side;
      const py = ((1 - run.X[1][s] / reach) / 2) * side;
      pen.moveTo(px + (label ? 0 : dot), py - (label ? 1.3 * dot : 0));
      if (label) {
        pen.lineTo(px + 1.3 * dot, py + dot);
        pen.lineTo(px - 1.3 * dot, py + dot);
        pen.closePath();
      } else pen.arc(px, py, dot, 0, 2 * Math.PI);
    }
    pen.fill();
  }
  pen.strokeStyle = color(canvas, "ink");
  pen.lineWidth = 2;
  pen.beginPath();
  contour(pen, Z.at(-1), n, side);
  pen.stroke();
}
