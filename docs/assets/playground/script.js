// The same run in Python, with symbreak: a script that prints what the page shows.

const DATA = { flower: "flower()", circles: "circles()", xor: "xor(seed=1)", moons: "moons(seed=1)" };

/** How symbreak makes a start; `at` is the scale, `seed` the seed. */
const START = {
  zeros: () => "zeros(dims)",
  constant: ({ at }) => `constant(dims, ${at})`,
  constant_times_layer: ({ at }) => `constant_times_layer(dims, ${at})`,
  linspace: ({ at }) => `linspace(dims, low=-${at}, high=${at}, value=${at})`,
  normal: ({ seed, at }) => `normal(dims, seed=${seed}, scale=${at})`,
  random_biases: ({ seed, at }) => `random_biases(dims, seed=${seed}, scale=${at})`,
  W1_random: ({ seed, at }) => `partly_random(dims, ["W1"], seed=${seed}, scale=${at})`,
  W2_random: ({ seed, at, layers }) =>
    layers > 1 ? `partly_random(dims, ["W2"], seed=${seed}, scale=${at})` : "zeros(dims)",
  sqrt_n: ({ seed }) => `sqrt_n(dims, seed=${seed})`,
  he: ({ seed }) => `he(dims, seed=${seed})`,
  xavier: ({ seed }) => `xavier(dims, seed=${seed})`,
};

export function script({ data, balanced, layers, n_h, activation, start, scale, seed, rate, iterations, nudges }) {
  const dims = [2, ...Array(layers - 1).fill(n_h), 1];
  const lines = [
    '"""A run of the playground: the same start, steps and nudges, by the package."""',
    "",
    "from symbreak import datasets, initializers, network, symmetry",
    "",
    `X, Y = datasets.${DATA[data]}`,
  ];
  if (balanced === "no") lines.push("X, Y = datasets.unbalance(X, Y, label=0, drop=int((Y == 0).sum()) // 2)");
  lines.push(
    `dims, setting = (${dims.join(", ")}), {"activation": "${activation}", "learning_rate": ${rate}}`,
    `parameters = initializers.${START[start]({ at: scale, seed, layers })}`,
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
