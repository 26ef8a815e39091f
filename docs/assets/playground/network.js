// The network of symbreak.network: forward, cost, backward, update. Columns are samples.
// A matrix of n rows is a Float64Array of n * m numbers, row by row.

const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** What the menu calls g, the function, g'(z) from z and a = g(z), and as in symbreak.activations. */
export const ACTIVATIONS = {
  tanh: { label: "tanh", g: Math.tanh, slope: (z, a) => 1 - a * a, odd: true },
  sigmoid: { label: "sigmoid", g: sigmoid, slope: (z, a) => a * (1 - a) },
  relu: {
    label: "ReLU", g: (z) => (z > 0 ? z : 0), slope: (z) => (z > 0 ? 1 : 0),
    homogeneous: true, dies: true,
  },
};

/** Return A0, A1, ..., AL and Z1, ..., ZL; entry 0 of Z is empty. */
export function forward(parameters, rows, m, activation) {
  const { g } = ACTIVATIONS[activation];
  const A = [rows], Z = [null];
  parameters.forEach(({ W, b, n, n_prev }, l) => {
    const Zl = new Float64Array(n * m);
    for (let i = 0; i < n; i++) {
      const z = Zl.subarray(i * m, (i + 1) * m).fill(b[i]);
      for (let j = 0; j < n_prev; j++) {
        const w = W[i * n_prev + j], a = A[l], from = j * m;
        for (let s = 0; s < m; s++) z[s] += w * a[from + s];
      }
    }
    Z.push(Zl);
    A.push(Zl.map(l < parameters.length - 1 ? g : sigmoid));
  });
  return { A, Z };
}

/** The mean over the samples of the cross-entropy, from the logits: it does not overflow. */
export function cost({ Z }, Y) {
  const ZL = Z.at(-1);
  let sum = 0;
  for (let s = 0; s < Y.length; s++)
    sum += Math.max(ZL[s], 0) + Math.log1p(Math.exp(-Math.abs(ZL[s]))) - Y[s] * ZL[s];
  return sum / Y.length;
}

/** Return the gradients {W, b} of every layer. */
export function backward(parameters, { A, Z }, Y, activation) {
  const m = Y.length, L = parameters.length, grads = Array(L);
  const { slope } = ACTIVATIONS[activation];
  let dZ = A[L].map((a, s) => a - Y[s]);
  for (let l = L - 1; l >= 0; l--) {
    const { W, n, n_prev } = parameters[l], below = A[l];
    const dW = new Float64Array(n * n_prev), db = new Float64Array(n);
    const dA = l ? new Float64Array(n_prev * m) : null;
    for (let i = 0; i < n; i++) {
      const d = dZ.subarray(i * m, (i + 1) * m);
      let sum = 0;
      for (let s = 0; s < m; s++) sum += d[s];
      db[i] = sum / m;
      for (let j = 0; j < n_prev; j++) {
        const w = W[i * n_prev + j], from = j * m;
        let dot = 0;
        for (let s = 0; s < m; s++) dot += d[s] * below[from + s];
        dW[i * n_prev + j] = dot / m;
        if (dA) for (let s = 0; s < m; s++) dA[from + s] += w * d[s];
      }
    }
    grads[l] = { W: dW, b: db };
    if (dA) dZ = dA.map((value, k) => value * slope(Z[l][k], below[k]));
  }
  return grads;
}

/** One step of gradient descent from parameters and the cache that `forward` returned for them. */
export function step(parameters, cache, Y, { activation, learning_rate }) {
  const grads = backward(parameters, cache, Y, activation);
  return parameters.map((layer, l) => ({
    ...layer,
    W: layer.W.map((w, k) => w - learning_rate * grads[l].W[k]),
    b: layer.b.map((b, k) => b - learning_rate * grads[l].b[k]),
  }));
}

/** Stack the two rows of coordinates into one matrix, as `forward` takes them. */
export function stackRows(X) {
  const rows = new Float64Array(X.length * X[0].length);
  X.forEach((row, j) => rows.set(row, j * row.length));
  return rows;
}

export const accuracy = (output, Y) =>
  output.reduce((right, a, s) => right + ((a > 0.5 ? 1 : 0) === Y[s]), 0) / Y.length;

export const allFinite = (parameters) =>
  parameters.every(({ W, b }) => W.every(Number.isFinite) && b.every(Number.isFinite));
