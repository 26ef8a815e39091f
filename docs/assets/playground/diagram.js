// The network, drawn: inputs, a tile for each hidden unit with what it answers over the plane, and
// the output. Edges have the color of the sign of their weight; identical units hang on one rope.

import { ACTIVATIONS, backward, forward } from "./network.js";
import { color, drawRegion, open, plane, short } from "./pictures.js";
import { different, distance, TIED } from "./symmetry.js";

const PIXELS = 24; // a side of a tile
const NEGATIVE = [79, 143, 208], POSITIVE = [224, 102, 63]; // mid-tones: both let light and dark paper shine through
const FULL = 0.8; // the largest output still lets the page shine through
const css = (sign) => `rgb(${(sign < 0 ? NEGATIVE : POSITIVE).join(" ")})`;
const list = (units) => units.map((i) => i + 1).join(", ").replace(/, (\d+)$/, " and $1");

/** Paint outputs, from `low` to `high`; around 0 if `odd`. */
function paint(tile, output, low, high, odd) {
  const pen = tile.getContext("2d"), image = pen.createImageData(PIXELS, PIXELS);
  const reach = Math.max(-low, high, 1e-300);
  output.forEach((a, k) => {
    const part = odd ? a / reach : high > low ? (a - low) / (high - low) : Number(a > 0);
    image.data.set(part < 0 ? NEGATIVE : POSITIVE, 4 * k);
    image.data[4 * k + 3] = 255 * FULL * Math.abs(part);
  });
  pen.putImageData(image, 0, 0);
}

export class Diagram {
  constructor(look) {
    this.look = look; // called with {l, i} when a unit is pointed at, without when no longer
    this.root = document.createElement("div");
    this.root.className = "pg-net";
    this.edges = document.createElement("canvas");
    this.edges.setAttribute("aria-hidden", "true"); // the tiles and the table say it
    this.output = document.createElement("canvas");
    this.output.setAttribute("role", "img");
    this.output.className = "pg-output";
  }

  /** Make the tiles for a network of these sizes. */
  shape(dims) {
    if (String(dims) === String(this.dims)) return;
    this.dims = dims;
    this.tiles = dims.slice(0, -1).map((n, l) => Array.from({ length: n }, (_, i) => {
      const picture = document.createElement("canvas");
      picture.width = picture.height = PIXELS;
      const tile = document.createElement(l ? "button" : "span");
      tile.className = "pg-tile";
      tile.append(picture);
      if (l) {
        tile.type = "button";
        tile.style.borderColor = `var(--sb-unit-${(i % 8) + 1})`;
        for (const type of ["mouseenter", "focus"]) tile.addEventListener(type, () => this.look({ l, i }));
        for (const type of ["mouseleave", "blur"]) tile.addEventListener(type, () => this.look());
      } else tile.setAttribute("aria-hidden", "true");
      return tile;
    }));
    this.root.replaceChildren(this.edges, ...this.tiles.flat(), this.output);
    this.arrange();
  }

  /** Put everything in its place: the output large, the tiles as large as their column allows. */
  arrange() {
    const width = this.root.clientWidth, height = this.root.clientHeight, head = 22;
    if (!width || !this.dims) return;
    const side = Math.min(height - head, width * (this.dims.length > 3 ? 0.36 : 0.42));
    const columns = this.dims.length - 1, pitch = (width - side) / columns;
    const middle = head + (height - head) / 2;
    this.boxes = this.tiles.map((units, l) => {
      const n = units.length, step = Math.min((height - head) / n, 84);
      const size = Math.round(Math.min(step - 6, pitch * (l ? 0.56 : 0.5), l ? 72 : 40));
      return units.map((tile, i) => {
        const x = l ? Math.round(l * pitch + (pitch - size) * 0.45) : 18;
        const y = Math.round(middle + (i - (n - 1) / 2) * (l ? step : 64) - size / 2);
        Object.assign(tile.style, { left: `${x}px`, top: `${y}px`, width: `${size}px`, height: `${size}px` });
        return { x, y, size };
      });
    });
    const box = { x: width - side, y: middle - side / 2, size: side };
    Object.assign(this.output.style, { left: `${box.x}px`, top: `${box.y}px`, width: `${side}px`, height: `${side}px` });
    this.boxes.push([box]);
  }

  /** Paint what each unit answers over the plane. All tiles of a layer share one scale. */
  drawTiles({ X, parameters, settings: { activation } }) {
    const { odd } = ACTIVATIONS[activation];
    const { A } = forward(parameters, plane(X, PIXELS).grid, PIXELS ** 2, activation);
    this.tiles.forEach((tiles, l) => {
      const low = A[l].reduce((a, b) => Math.min(a, b)), high = A[l].reduce((a, b) => Math.max(a, b));
      tiles.forEach((tile, i) => {
        const output = A[l].subarray(i * PIXELS ** 2, (i + 1) * PIXELS ** 2);
        paint(tile.firstChild, output, low, high, odd || !l);
      });
    });
  }

  drawOutput(view) {
    drawRegion(this.output, view);
  }

  drawEdges({ parameters, settings: { activation } }, { layers }) {
    const { pen } = open(this.edges);
    pen.lineCap = "round";
    parameters.forEach(({ W, n, n_prev }, l) => {
      const thick = 2.2 / (1 + (n * n_prev) / 32); // many edges are thinner
      for (let i = 0; i < n; i++) for (let j = 0; j < n_prev; j++) {
        const w = W[i * n_prev + j], from = this.boxes[l][j], to = this.boxes[l + 1][i];
        const last = l === parameters.length - 1;
        const x0 = from.x + from.size, y0 = from.y + from.size / 2, x1 = to.x;
        const y1 = to.y + to.size * (last ? 0.5 + 0.12 * (j - (n_prev - 1) / 2) / Math.max(1, n_prev / 4) : 0.5);
        pen.strokeStyle = w ? css(Math.sign(w)) : color(this.edges, "muted");
        pen.globalAlpha = w ? 0.85 : 0.5;
        pen.lineWidth = w ? Math.min(8, 0.6 + thick * Math.sqrt(Math.abs(w))) : 0.8;
        pen.setLineDash(w ? [] : [1, 4]); // a weight of zero carries nothing
        pen.beginPath();
        pen.moveTo(x0, y0);
        pen.bezierCurveTo((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, x1, y1);
        pen.stroke();
      }
    });
    pen.setLineDash([]);
    pen.globalAlpha = 1;
    pen.fillStyle = color(this.edges, "muted");
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    this.boxes[0].forEach(({ y, size }, j) => pen.fillText(`x${"₁₂"[j]}`, 2, y + size / 2));
    pen.textBaseline = "top";
    pen.textAlign = "center";
    layers.forEach((layer, l) => {
      const [{ x, size }] = this.boxes[l + 1], count = `${different(layer)} of ${layer.n}`;
      const room = this.boxes[2][0].x - this.boxes[1][0].x;
      pen.fillText(room > 110 ? `${count} different` : count, x + size / 2, 2);
      this.#drawRope(pen, parameters[l], this.boxes[l + 1], ACTIVATIONS[activation]);
    });
  }

  /** Bind units that are alike by a rope down their left edge; it loosens as they part. */
  #drawRope(pen, layer, boxes, symmetry) {
    const n = boxes.length, alone = new Set(boxes.keys()), ropes = [];
    for (const first of boxes.keys()) {
      if (!alone.delete(first)) continue;
      const rope = [first], tight = [];
      for (const j of [...alone]) {
        // 1 for units within the tolerance, 0 for units that differ by a tenth
        const off = distance(layer, rope.at(-1), j, symmetry);
        const hold = off <= 1e-6 ? 1 : Math.max(0, (-1 - Math.log10(off)) / 5);
        if (!hold) continue;
        alone.delete(j);
        rope.push(j);
        tight.push(hold);
      }
      ropes.push({ rope, tight });
    }
    const strand = (i) => color(this.edges, `unit-${(i % 8) + 1}`);
    ropes.forEach(({ rope, tight }, lane) => {
      const x = boxes[0].x - 8 - (n > 1 && rope.length > 1 ? 7 * Math.min(lane, 2) : 0);
      pen.lineWidth = 2.8;
      rope.forEach((unit, rank) => {
        pen.strokeStyle = strand(unit);
        pen.beginPath();
        if (rope.length === 1) { // a loose end
          if (n === 1) return;
          const { y, size } = boxes[unit];
          pen.moveTo(boxes[unit].x, y + size * 0.5);
          pen.bezierCurveTo(x - 4, y + size * 0.4, x + 8, y + size * 0.72, x - 3, y + size * 0.8);
        } else for (let k = 0; k < tight.length; k++) {
          const [a, b] = [rope[k], rope[k + 1]].map((i) => boxes[i].y + boxes[i].size / 2);
          const from = k ? a : a - boxes[0].size * 0.42;
          const to = k === tight.length - 1 ? b + boxes[0].size * 0.42 : b;
          for (let y = from; y <= to; y += 1.5) {
            const bulge = Math.sin(Math.PI * (y - from) / (to - from)) * (1 - tight[k]);
            const turn = 3.2 * Math.sin(y / 6 + (2 * Math.PI * rank) / rope.length);
            const spread = bulge * 14 * (rank / (rope.length - 1) - 0.5);
            y === from && !k ? pen.moveTo(x + turn + spread, y) : pen.lineTo(x + turn + spread, y);
          }
        }
        pen.stroke();
      });
      if (rope.length > 1) for (const unit of rope) { // a knot at each tile
        const { y, size } = boxes[unit];
        pen.strokeStyle = strand(unit);
        pen.lineWidth = 4;
        pen.beginPath();
        pen.moveTo(x - 4, y + size / 2);
        pen.lineTo(boxes[unit].x, y + size / 2);
        pen.stroke();
        pen.lineWidth = 2.8;
      }
    });
  }

  /** Name every tile, and return the words about one unit. */
  name({ parameters, cache, Y, settings }, { layers }) {
    const grads = backward(parameters, cache, Y, settings.activation);
    const row = (from, { n_prev }, i) => [...from.W.subarray(i * n_prev, (i + 1) * n_prev)].map(short).join(", ");
    this.words = layers.map(({ groups, kind, n }, l) => Array.from({ length: n }, (_, i) => {
      const group = groups.find((units) => units.includes(i)), L = l + 1;
      const others = (group ?? []).filter((other) => other !== i);
      const next = parameters[L], out = Array.from({ length: next.n }, (_, k) => short(next.W[k * n + i]));
      let who = `Unit ${i + 1}${layers.length > 1 ? ` of layer ${L}` : ""}`;
      if (!group) who += " does not look at the input";
      else if (others.length) who += `, a copy of unit${others.length > 1 ? "s" : ""} ${list(others)}${TIED[kind]}`;
      return `${who}. Row of W${L}: ${row(parameters[l], parameters[l], i)}; b${L}: ${short(parameters[l].b[i])}; ` +
        `column of W${L + 1}: ${out.join(", ")}. Gradient now: dW${L} ${row(grads[l], parameters[l], i)}; ` +
        `db${L} ${short(grads[l].b[i])}.`;
    }));
    this.words.forEach((units, l) => units.forEach((words, i) =>
      this.tiles[l + 1][i].setAttribute("aria-label", words)));
  }
}
