"""Bring costs, labels, data and parameters together: compute, compare, and say what fits."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from symbreak import checks, initializers, network, optimizers
from symbreak.activations import ACTIVATIONS
from symbreak.algebra import cross_entropy
from symbreak.descent import step
from symbreak.diagnosis.costs import AT, LN_2, plain, read_costs, read_curve, read_not_finite, tail
from symbreak.diagnosis.findings import Diagnosis, digits, finding, in_order
from symbreak.frameworks import parameters_from
from symbreak.symmetry import ATOL, effective_width, tied_groups

STUCK = {"stuck_at_ln_2", "stuck_at_label_entropy", "leaving_plateau"}
STOPS = {"zero_weights", "dead_layer", "saturated_layer"}  # by themselves they stop the weights
RATES = (1.0, 0.1, 0.01, 0.001)  # tried where none is passed
LARGE_FALL = 0.01  # of the cost, by one step: no plateau
# A slope below 1 % of g'(0) on 95 % of the samples hardly passes a gradient. Trained units often
# get there, and that is no fault while the cost is low; so saturation is reported only where the
# cost is above half the label entropy.
FLAT_SLOPE, SATURATED = 0.01, 0.95
WORK = 3e8  # multiplications that the steps of a diagnosis may take
OTHER_STARTS, OTHER_STEPS = 10, 1000
ALL_PAIRS = "the cost over all pairs of an output and a label"
OTHERS = {"elu", "gelu", "selu", "silu", "swish", "softplus", "softsign", "mish"} - {*ACTIVATIONS}
ALIASES = {"logistic": "sigmoid", "linear": "identity"}  # of scikit-learn, of Keras


def diagnose(
    costs,
    Y=None,
    parameters=None,
    *,
    X=None,
    activation=None,
    start=None,
    every=None,
    learning_rate=None,
):
    r"""Say what the costs of a training run mean, and what to change.

    Parameters
    ----------
    costs : list of float, dict or str
        The costs in the order they were recorded, at least one; NaN and infinity are allowed. Also
        (iteration, cost) pairs, ``history.history`` of Keras, or a pasted log. They are taken to be
        of all samples, not of mini-batches, and recorded at equal intervals.
    Y : array_like of shape (m,), (1, m) or (n_y, m), optional
        Labels 0 and 1, -1 and 1, or 0 to K - 1; or one-hot. Samples may also be in rows.
    parameters : dict or object, optional
        After training: W1, b1, ..., WL, bL, or w, b of logistic regression, or whatever
        `symbreak.parameters_from` reads, such as a PyTorch module or a Keras model; where it asks
        for the layout, pass what it returns.
    X : array_like of shape (n_x, m) or (m, n_x), optional
        The data the costs belong to; where both shapes fit, columns are samples.
    activation : str, optional
        Of the hidden layers, a key in `symbreak.activations.ACTIVATIONS`.
    start : dict or object, optional
        The parameters before training.
    every : int, optional
        Iterations between two costs, to name iterations in the text.
    learning_rate : float, optional
        Of gradient descent, to compare the fall that the gradient promises with the costs.

    Returns
    -------
    Diagnosis
        Its findings, the strongest first; printed, a text.

    Raises
    ------
    ValueError
        If there is no cost, or what is passed does not fit together.

    Notes
    -----
    A finding says no more than what was passed can show. The table of all findings with their
    conditions is `symbreak.diagnosis.findings.KINDS`. The label entropy is
    $H(p) = -p \ln p - (1 - p) \ln(1 - p)$ with p the share of ones.

    Examples
    --------
    >>> labels = [[1] * 72 + [0] * 137]
    >>> found = diagnose([0.6931, 0.6477, 0.6442, 0.6440, 0.6440, 0.6440], labels)
    >>> found.names
    ('stuck_at_label_entropy',)
    >>> print(found.findings[0].evidence)
    the last 2 costs lie between 0.6440 and 0.6440; the label entropy is 0.6440
    """
    costs, iterations = read_costs(costs)
    where = _namer(len(costs), every, iterations)
    if iterations is not None and every is None and len(set(np.diff(iterations))) == 1:
        every = int(iterations[1] - iterations[0])
    if learning_rate is not None and not checks.number("learning_rate", learning_rate) > 0:
        raise ValueError(f"learning_rate must be greater than 0, got {learning_rate:g}; pass 0.1")
    g = _activation(activation)
    if start is not None and start is parameters:
        raise ValueError("start and parameters must be two dictionaries, got one; copy the start")
    parameters, start = (None if p is None else parameters_from(p) for p in (parameters, start))
    X = _samples(X, parameters)
    labels = None if Y is None else read_labels(Y, X.shape[1] if X is not None else None)
    wrong_labels = []
    if labels is not None and parameters is not None:
        labels, wrong_labels = _fit(labels, len(parameters[f"b{len(parameters) // 2}"]))

    if np.isfinite(costs).all():
        found = read_curve(costs, labels, where)
    else:
        found = [read_not_finite(costs, where, parameters)]
    computed = {}
    if parameters is not None and _finite(parameters):
        net = Network(parameters, X, g, labels)
        found += _read_network(net, found, costs, every or 1, learning_rate, labels)
        computed = net.computed(learning_rate)
    if parameters is None and start is not None and _finite(start):
        found += _ties(start, g)
    if parameters is not None and start is not None:
        found += _movement(start, parameters)
    missing = _missing(Y, parameters, X, g, start, learning_rate)
    return Diagnosis(in_order(found + wrong_labels), missing, computed)


# What is passed, in the forms it comes in.


def _namer(n, every, iterations):
    if every is not None:
        checks.integer("every", every, 1)
        return lambda i: f"iteration {i * every}"
    if iterations is not None:
        return lambda i: f"iteration {iterations[i]}"
    return lambda i: f"cost {i + 1} of {n}"


def _activation(name):
    if name is None:
        return None
    name = ALIASES.get(name, name) if isinstance(name, str) else name
    if isinstance(name, str) and name in OTHERS:
        raise ValueError(
            f"activation must be one of {', '.join(ACTIVATIONS)}, got {name!r}; without it, what"
            " needs no activation is read: diagnose(costs, Y, parameters)"
        )
    checks.known("activation", name, ACTIVATIONS)
    return name


def _samples(X, parameters):
    """Return X (n_x, m); samples in rows are turned where the parameters tell."""
    if X is None:
        return None
    X = checks.real_array("X", plain(X))
    if parameters is None:
        return checks.data(X)
    n_x = parameters["W1"].shape[1]
    return checks.data(X.T if X.ndim == 2 and n_x == X.shape[1] != X.shape[0] else X, n_x)


@dataclass(frozen=True)
class Labels:
    """Labels or targets Y (n_y, m); those of K classes have shares and an entropy."""

    Y: np.ndarray
    K: int  # 0 if these are no labels
    one_hot: bool = False

    @property
    def m(self):
        return self.Y.shape[1]

    @property
    def ones(self):
        """Return the share of label 1 of two classes."""
        return float(self.Y[-1].mean()) if self.K == 2 else np.nan

    @property
    def entropy(self):
        """Return the least cost of one answer for all samples; NaN if these are no labels."""
        if not self.K:
            return np.nan
        shares = self.Y.mean(axis=1)
        shares = np.append(shares, 1 - shares) if len(shares) == 1 else shares
        return float(-sum(p * np.log(p) for p in shares if p > 0))


def read_labels(Y, m=None):
    """Return the Labels in Y; m is the number of samples, if it is known."""
    Y = checks.real_array("Y", plain(Y))
    if Y.size == max(Y.shape, default=1):
        Y = Y.reshape(1, -1)
    elif Y.ndim != 2:
        raise ValueError(
            f"Y must have shape (1, m), (m,) or (n_y, m), got {Y.shape}; Y.reshape(len(Y), -1) has"
        )
    elif Y.shape[1] != m and (Y.shape[0] == m or (_is_one_hot(Y.T) and not _is_one_hot(Y))):
        Y = Y.T  # samples in rows
    if m not in (None, Y.shape[1]):
        raise ValueError(
            f"Y must have a label for each of the m = {m} samples of X, got shape {Y.shape}; pass"
            f" both of the same samples, such as Y[:, :{m}]"
        )
    values = np.unique(Y)
    if len(Y) > 1:
        return Labels(Y, len(Y), one_hot=True) if _is_one_hot(Y) else Labels(Y, 0)
    if set(values) <= {0, 1}:
        return Labels(Y, 2)
    if set(values) == {-1, 1}:
        return Labels((Y + 1) / 2, 2)
    if values[0] == 0 and (values % 1 == 0).all() and values[-1] < 1e4:
        return Labels(_one_hot(Y, int(values[-1]) + 1), int(values[-1]) + 1)
    return Labels(Y, 0)


def _one_hot(Y, K):
    return (np.arange(K)[:, None] == Y) * 1.0


def _is_one_hot(Y):
    return set(np.unique(Y)) <= {0, 1} and bool((Y.sum(axis=0) == 1).all())


def _fit(labels, n_y):
    """Return the labels as the outputs need them, and a finding if they cannot give them."""
    if n_y == 1 and len(labels.Y) > 1 and labels.K:
        shape = f"Y is one-hot, {labels.Y.shape}" if labels.one_hot else f"Y has {labels.K} labels"
        seen = f"{shape}, and the network has one output"
        usable = Labels(labels.Y[-1:], 2) if labels.K == 2 else Labels(labels.Y, 0)
        return usable, [finding("labels", seen)]
    if labels.K and len(labels.Y) < n_y:  # labels 0 and 1 of two outputs, or a class never seen
        classes = labels.Y[:1] if labels.K == 2 and len(labels.Y) == 1 else labels.Y.argmax(axis=0)
        return Labels(_one_hot(classes, n_y), n_y), []
    if len(labels.Y) != n_y:
        raise ValueError(
            f"Y must have n_y = {n_y} rows or labels 0 to {n_y - 1}, got {labels.Y.shape}; pass the"
            " Y of this network, or its model"
        )
    return labels, []


def _finite(parameters):
    return all(bool(np.isfinite(array).all()) for array in parameters.values())


# What can be computed.


def _size(number):
    """Write a number with one digit."""
    return f"{number:.0e}" if number else "0"


class Network:
    """Compute what the parameters answer, cost and promise, as far as X, Y and g are known."""

    def __init__(self, parameters, X, g, labels):
        self.parameters, self.X, self.g = parameters, X, g
        self.L = len(parameters) // 2
        self.runs = X is not None and (g is not None or self.L == 1)
        self.Y = None
        if self.runs and labels is not None:
            fits = labels.Y.shape == (len(parameters[f"b{self.L}"]), X.shape[1])
            if fits and labels.Y.min() >= 0 and labels.Y.max() <= 1:
                self.Y = labels.Y
        self.soft = self.Y is not None and len(self.Y) > 1 and labels.K > 1
        self.promised = self.seen = None  # fall of the cost in each step
        if self.runs:
            self.cache = self._forward(parameters)
        if self.Y is not None:
            self.answers, self.cost, self.grads = self._gradients(parameters, self.cache)

    def look(self, parameters):
        """Return answers, cost and gradients; run axes allowed."""
        return self._gradients(parameters, self._forward(parameters))

    def _forward(self, parameters):
        return network.forward(self.X, parameters, activation=self.g or "tanh")[1]

    def _gradients(self, parameters, cache):
        A, Z = (cache[f"{letter}{self.L}"] for letter in "AZ")
        cost = cross_entropy(Z, self.Y)
        if self.soft:
            Z = Z - Z.max(axis=-2, keepdims=True)
            total = np.exp(Z).sum(axis=-2, keepdims=True)
            A = np.exp(Z) / total
            cost = ((np.log(total) - Z) * self.Y).sum(axis=-2).mean(axis=-1)
        cache = cache | {f"A{self.L}": A - self.Y}  # dZL, where the labels are 0
        zeros, g = np.zeros(self.Y.shape), self.g or "tanh"
        return A, cost, network.backward(parameters, cache, self.X, zeros, activation=g)

    def after(self, rate, steps):
        """Return the cost after so many steps along the gradient."""
        p, grads = self.parameters, self.grads
        for _ in range(steps):
            p = step(p, grads, dict.fromkeys(p, rate))
            if not _finite(p):
                return np.inf
            _, cost, grads = self.look(p)
        return float(cost)

    def promised_before(self, rate, every):
        """Return the fall in each of the steps before; it was smaller if the gradient grows."""
        short = step(self.parameters, self.grads, dict.fromkeys(self.parameters, 0.01 * rate))
        square, later = (
            sum((grads[f"d{name}"] ** 2).sum() for name in short)
            for grads in (self.grads, self.look(short)[2])
        )
        growth = 100 * every * np.log(later / square) if square and later > square else 1e-9
        return rate * square * -np.expm1(-growth) / growth

    def steps(self, wanted, runs=1):
        """Return how many of the steps wanted are cheap enough, at least one."""
        weights = sum(array.size for array in self.parameters.values())
        return int(max(1, min(wanted, WORK / (3 * weights * self.X.shape[1] * runs))))

    def best(self):
        """Return the rate of RATES whose one step lowers the cost most, and that cost."""
        cost, rate = min((self.after(rate, 1), rate) for rate in RATES)
        return rate, cost

    def largest(self):
        """Return the largest gradient of the weights of each layer."""
        return {f"W{l}": np.abs(self.grads[f"dW{l}"]).max() for l in range(1, self.L + 1)}

    def computed(self, rate):
        """Return the lines that a diagnosis always prints."""
        if self.Y is None:
            return {}
        right = self.answers.argmax(axis=0) == self.Y.argmax(axis=0)
        if len(self.Y) == 1:
            right = (self.answers > 0.5) == (self.Y > 0.5)
        gradients = ", ".join(f"{name} {_size(size)}" for name, size in self.largest().items())
        lines = {
            "answers": f"{self.answers.min():.4f} to {self.answers.max():.4f},"
            f" {right.mean():.0%} right",
            "cost": f"{digits(self.cost)}, the mean cross-entropy",
            "gradients": f"largest of {gradients}",
        }
        if self.promised is not None:
            lines["each step"] = (
                f"at rate {rate:g} should lower the cost by {_size(self.promised)}; the costs fall"
                f" by {_size(self.seen)}"
            )
        return lines

    def formulas(self):
        """Return other costs of these answers."""
        A, Y, cost = self.answers, self.Y, self.cost
        squares = ((A - Y) ** 2).mean()
        found = {
            "the sum over the samples, not their mean": cost * Y.shape[1],
            "those in base 2 (np.log2)": cost / np.log(2),
            "the squared error": squares,
            "half the squared error": squares / 2,
        }
        if len(Y) > 1:
            return found | {"the mean over the outputs too": cost / len(Y)}
        a, Z = np.clip(A, 1e-7, 1 - 1e-7), self.cache[f"Z{self.L}"]
        ones, zeros = (-Y * np.log(a)).mean(), ((Y - 1) * np.log(1 - a)).mean()
        return found | {
            "those of a sigmoid applied twice": cross_entropy(A, Y),
            "the term of the ones alone": ones,
            "the term of the zeros alone": zeros,
            "those with a wrong sign in front of one term": abs(ones - zeros),
            "those of answers clipped at 1e-7, as frameworks do": ones + zeros,
            ALL_PAIRS: np.logaddexp(0, Z).mean() - Y.mean() * Z.mean(),
        }


# What it says.


def _read_network(net, found, costs, every, rate, labels):
    """Return what the parameters say: alone, with the data, and with the costs."""
    p, names = net.parameters, {one.name for one in found}
    stuck = bool(names & STUCK)
    zeros, tied = _zeros(p), _ties(p, net.g)
    causes = zeros + _responses(net, costs[-1], labels) + tied + _width(net)
    if net.Y is not None and len(costs) > 2 and np.isfinite(costs).all():
        causes += _no_signal(net, labels)
        causes += _other_cost(net, costs) or _promise(net, costs, every, rate)
    if stuck and not any(one.name in STOPS for one in causes):
        causes += _stuck(net, bool(tied))
    standing = names & {"leveled_off", "flat", "flat_above_label_entropy"}
    if standing and net.L > 1 and net.Y is not None and not causes:
        causes += _basin(net)
    return causes


def _hidden_layers(parameters):
    """Return the numbers of the hidden layers that have at least two units."""
    return [l for l in range(1, len(parameters) // 2) if len(parameters[f"b{l}"]) > 1]


def _all_zero(*arrays):
    return all(bool(np.abs(array).max() <= ATOL) for array in arrays)


def _zeros(parameters):
    L = len(parameters) // 2
    zero = [f"W{l}" for l in range(1, L + 1) if _all_zero(parameters[f"W{l}"])]
    if L < 2 or not zero:
        return []
    stay = "With tanh or ReLU they stay zero for ever; sigmoid units may move, as copies."
    if len(zero) < L or not _all_zero(*(parameters[f"b{l}"] for l in range(1, L))):
        stay = "Other parameters are not zero, so gradients need not be zero."
    return [finding("zero_weights", f"all entries of {', '.join(zero)} are 0", stay=stay)]


def _responses(net, cost, labels):
    """Return findings for each layer with units that are dead or saturated on X."""
    if not net.runs or net.g is None:
        return []
    found, g = [], ACTIVATIONS[net.g]
    entropy = LN_2 if labels is None else labels.entropy
    for l in range(1, net.L):
        A = net.cache[f"A{l}"]
        if _all_zero(net.parameters[f"W{l}"], net.parameters[f"b{l}"]):
            continue  # zero weights are a finding of their own
        if g.dies and (dead := (A == 0).all(axis=1)).any():
            seen = f"layer {l}: {dead.sum()} of {dead.size} units are 0 on all samples"
            found.append(finding("dead_layer" if dead.all() else "dead_units", seen))
        if g.saturates and not cost <= entropy / 2:  # a cost that is NaN too
            zero = np.zeros(1)
            slope = g.derivative(net.cache[f"Z{l}"], A) / g.derivative(zero, g.function(zero))
            flat = (slope < FLAT_SLOPE).mean(axis=1) >= SATURATED
            if flat.any():
                seen = f"layer {l}: {flat.sum()} of {flat.size} units have a slope below 1% of the"
                name = "saturated_layer" if flat.all() else "saturated_units"
                found.append(finding(name, f"{seen} largest on 95% of the samples"))
    return found


def _ties(parameters, g):
    """Return findings for each layer: units that are equal, or tied further by sign or factor."""
    found, known = [], ACTIVATIONS.get(g)
    kinds = {
        "equal": ("equal", "", True),
        "sign": ("equal up to sign", "odd", known is None or known.odd),
        "factor": ("positive multiples of each other", "ReLU", known is None or known.homogeneous),
    }
    for l in _hidden_layers(parameters):
        if _all_zero(*(parameters[k] for k in (f"W{l}", f"b{l}", f"W{l + 1}"))):
            continue  # zero weights are a finding of their own
        n = most = len(parameters[f"b{l}"])
        for kind, (how, needed, possible) in kinds.items():
            groups = tied_groups(parameters, l, kind=kind)
            if possible and len(groups) < most:
                several = [group for group in groups if len(group) > 1]
                units = "; ".join(", ".join(str(k + 1) for k in group) for group in several[:3])
                more = " and so on" * (len(several) > 3)
                seen = f"layer {l}, in and out: units {units}{more} are {how}"
                seen += f" ({len(groups)} different of {n})"
                needs = f"If the activation is {needed}: " * (known is None)
                found.append(finding(f"tied_{kind}", seen, needs=needs, layer=l))
            if kind == "equal":
                most = len(groups)
    return found


def _width(net):
    """Return a finding for each layer whose units, apart from dead ones, are one function."""
    found, X = [], net.X if net.g else None
    for l in _hidden_layers(net.parameters):
        # With sigmoid, only equal units count as one function.
        if effective_width(net.parameters, l, activation=net.g or "sigmoid", X=X) == 1:
            seen = f"layer {l}: 1 different function, {len(net.parameters[f'b{l}'])} units"
            found.append(finding("one_effective_unit", seen, layer=l))
    return found


def _other_cost(net, costs):
    """Return at most one finding, if the parameters have another cost than the last one."""
    last, end = float(costs[-1]), tail(costs)
    trained_on = 0 < last - net.cost <= end[-2] - last
    if trained_on or abs(net.cost - last) <= max(2e-4, 0.01 * abs(last)):
        return []
    seen = f"the parameters have the cost {digits(net.cost)} on X and Y, the last cost is"
    seen += f" {digits(last)}"
    for formula, cost in net.formulas().items():
        if abs(cost - last) <= min(max(6e-5, 5e-4 * cost), 0.1 * abs(net.cost - last)):
            name = "labels_broadcast" if formula == ALL_PAIRS else "other_cost"
            return [finding(name, f"{seen}; {digits(float(cost))} as {formula}", formula=formula)]
    lower_later = net.cost < last and np.ptp(end) > AT  # a falling cost may fall on
    near = abs(net.cost - last) <= max(0.01, 0.1 * last)
    if lower_later or near or np.ptp(end) > 0.01:
        return []
    return [finding("parameters_do_not_match", seen)]


def _no_signal(net, labels):
    """Return a finding if samples with equal features have all labels in the same shares."""
    if not labels.K or net.X.size > 1e6:
        return []
    groups = np.unique(net.X, axis=1, return_inverse=True)[1].reshape(-1)
    sizes = np.bincount(groups)
    Y = net.Y if len(net.Y) > 1 else np.concatenate([1 - net.Y, net.Y])
    shares = np.array([np.bincount(groups, weights=row) for row in Y]) / sizes
    least = -(sizes * np.where(shares > 0, shares * np.log(shares.clip(1e-300)), 0)).sum()
    if not 0 < labels.entropy <= least / net.X.shape[1] + AT:
        return []
    many = f"{len(sizes)} different samples of {net.X.shape[1]}"
    return [finding("no_signal", f"{many}; the least cost of any network is the label entropy")]


def _promise(net, costs, every, rate):
    """Compare the fall that the gradient promises with the one in the costs."""
    end = np.append(tail(costs), net.cost)  # the parameters may be of a later step
    falls = -np.diff(end)
    trial, lowest = net.best()
    large = net.cost - lowest > LARGE_FALL
    seen = f"along the gradient the cost goes from {digits(net.cost)} to {{:.4f}} by {{}}"
    by_one = f"one step at rate {trial:g}"
    if rate is None:
        standing = np.ptp(end) <= max(AT, 0.006 * abs(end[-1]))
        return _update(net, seen.format(lowest, by_one), end, True) if standing and large else []
    steps = net.steps(every)
    after = net.after(rate, steps)
    net.promised = min((net.cost - after) / steps, net.promised_before(rate, every))
    net.seen = max(*falls[-2:], falls[:-1].mean()) / every
    swing = min(falls.max(), -falls.min())  # of mini-batches, or of a large rate
    visible = net.promised * every > 5 * max(AT / (len(end) - 2), swing)
    if visible and net.seen < 0.02 * net.promised:
        return _update(
            net, seen.format(after, f"{steps} step{'s' * (steps > 1)} at rate {rate:g}"), end, False
        )
    if large and costs[0] - costs[-1] < 0.02 * costs[0] and trial >= 10 * rate:
        seen = f"{seen.format(lowest, by_one)}; at rate {rate:g} it fell from {digits(costs[0])}"
        return [finding("rate_too_small", f"{seen} to {digits(costs[-1])}")]
    return []


def _update(net, seen, end, or_rate):
    """Return that the step is not along the gradient; say if all pairs would not move here."""
    seen += f"; the last {len(end)} costs go from {digits(end[0])} to {digits(end[-1])}"
    if len(net.Y) == 1:
        mean = Labels(np.full_like(net.Y, net.Y.mean()), 0)
        pairs = max(Network(net.parameters, net.X, net.g, mean).largest().values())
        if pairs < 0.02 * max(net.largest().values()):
            seen += "; over all pairs of an output and a label, the gradient is nearly 0 here"
    or_rate = ", or the learning rate is far too small or too large" * or_rate
    return [finding("update", seen, or_rate=or_rate)]


def _stuck(net, tied):
    """Return what fits a network at the label entropy though none of its units is stopped."""
    if net.L == 1 and net.Y is None:
        return [finding("no_hidden_layer", "there is one layer, W1 and b1")]
    units = "units of a hidden layer are equal" if tied else "no two units are equal"
    if net.Y is None:
        if tied:
            return []
        weights = {k: W for k, W in net.parameters.items() if k[0] == "W"}
        sizes = ", ".join(f"{np.abs(W).max():.4f} in {k}" for k, W in weights.items())
        given = {"X": net.X is not None, "activation": net.g is not None}
        missing = " and ".join(name for name, passed in given.items() if not passed) or "Y"
        return [finding("not_tied", f"{units}; largest weights {sizes}", missing=missing)]
    largest = max(net.largest().values())
    seen = f"the answers lie between {net.answers.min():.4f} and {net.answers.max():.4f}; the"
    seen += f" largest gradient of a weight is {_size(largest)}"
    if net.L == 1:
        return [finding("no_line_does_better", seen)]
    return [finding("no_gradient" if largest <= ATOL else "plateau", f"{units}; {seen}")]


def _basin(net):
    """Train on from here, and from other starts, and say if only this one stays high."""
    steps, p = net.steps(OTHER_STEPS, OTHER_STARTS + 1), net.parameters
    if net.cost < 0.05 or steps < OTHER_STEPS:
        return []
    dims = (net.X.shape[0], *(len(p[f"b{l}"]) for l in range(1, net.L + 1)))
    starts = [initializers.sqrt_n(dims, seed=seed) for seed in range(OTHER_STARTS)]
    runs, state = initializers.stack([p, *starts]), {}
    adam = partial(optimizers.adam, learning_rate=0.03)
    course = []
    for _ in range(steps):
        _, (cost, *others), grads = net.look(runs)
        course.append(cost)
        runs, state = adam(runs, grads, state)
    mine, moved = cost, np.ptp(course[steps // 2 :])
    lower = sum(cost < 0.7 * mine for cost in others)
    if mine < 0.05 or moved > 0.02 * mine or not lower:
        return []
    seen = (
        f"{steps} steps of Adam further the cost is {digits(mine)}; {lower} of {OTHER_STARTS} other"
        f" starts come below {digits(0.7 * mine)} in as many"
    )
    return [finding("bad_basin", seen)]


def _movement(start, parameters):
    """Return a finding if no weight moved between the start and the parameters."""
    shapes = [{name: array.shape for name, array in p.items()} for p in (start, parameters)]
    if shapes[0] != shapes[1]:
        raise ValueError(
            f"start and parameters must have the same shapes, got {shapes[0]} and {shapes[1]}; pass"
            " both of the same model, or leave start out"
        )
    if not (_finite(start) and _finite(parameters)):
        return []
    W, b = (
        max(np.abs(parameters[name] - start[name]).max() for name in start if name[0] == letter)
        for letter in "Wb"
    )
    if W > ATOL:
        return []
    seen = f"from start to end no weight changed; the largest change of a bias is {b:.4f}"
    return [finding("weights_did_not_move", seen)]


def _missing(Y, parameters, X, g, start, rate):
    hidden = parameters is None or len(parameters) > 2
    needs = {
        "Y, for the label entropy": Y is None,
        "parameters, for copies and zeros": parameters is None,
        "X with activation, for the answers and the gradient": X is None or (hidden and g is None),
        "start, for what moved": start is None,
        "learning_rate, for what a step promises": rate is None,
    }
    return tuple(text for text, absent in needs.items() if absent)
