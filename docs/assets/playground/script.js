// The same run in Python, with symbreak: a script that prints what the page shows.

import { DATASETS, INITIALIZERS } from "./data.js";

export function script(settings) {
  const { data, balanced, layers, n_h, activation, start, rate, iterations, nudges } = settings;
  const dims = [2, ...Array(layers - 1).fill(n_h), 1];
  const lines = [
    '"""A run of the playground: the same start, steps and nudges, by the package."""',
    "",
    "from symbreak import datasets, initializers, network, symmetry",
    "",
    `X, Y = datasets.${DATASETS[data].python}`,
  ];
  if (balanced === "no") lines.push("X, Y = datasets.unbalance(X, Y, label=0, drop=int((Y == 0).sum()) // 2)");
  lines.push(
    `dims, setting = (${dims.join(", ")}), {"activation": "${activation}", "learning_rate": ${rate}}`,
    `parameters = initializers.${INITIALIZERS[start].python(settings)}`,
    "",
  );
  let done = 0;
  const train = (until) => {
    if (until > done)
      lines.push(`parameters, _ = network.train(X, Y, parameters, num_iterations=${until - done}, **setting)`);
    done = until;
  };
  for (const at of nudges.split(".").filter(Boolean).map(Number)) {
    train(at);
    lines.push(`parameters["W1"][0, 0] += 1e-12  # the nudge, at iteration ${at}`);
  }
  train(iterations);
  lines.push(
    "",
    "for name, values in parameters.items():",
    '    print(f"{name} =\\n{values.round(6)}")',
    `_, cache = network.forward(X, parameters, activation="${activation}")`,
    `print(f"cost {network.compute_cost(cache['Z${layers}'], Y):.4f}")`,
    `print(f"accuracy {100 * network.accuracy(parameters, X, Y, activation='${activation}'):.1f}%")`,
  );
  for (let l = 1; l < layers; l++) lines.push(
    `width = symmetry.effective_width(parameters, ${l}, activation="${activation}", X=X)`,
    `print(f"different units in layer ${l}: {max(1, width)} of ${n_h}")`,
  );
  return `${lines.join("\n")}\n`;
}
