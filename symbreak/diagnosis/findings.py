"""The findings: under which condition, in which words, and which of them is said first."""

import textwrap
from dataclasses import dataclass, field

WIDTH = 76


@dataclass(frozen=True)
class Kind:
    """A row of the table: when it is found, what it means, what to change, what it overrules."""

    when: str
    means: str
    change: str = ""
    over: tuple = ()


LEVELS = ("flat_above_label_entropy", "stuck_at_ln_2", "stuck_at_label_entropy", "flat")
ENDS = ("leveled_off", "still_falling")
UPS = ("rising", "oscillating", "jumped")
GUESSES = ("rate_too_small", "no_signal", "plateau", "not_tied", "bad_basin", "no_hidden_layer")

LOG_OF_ZERO = (
    "In float64 an output is exactly 1 once Z is above about 37. Then the cost takes the logarithm"
    " of 0: infinity if the label is 0, and 0 times infinity, which is NaN, if it is 1."
)
FROM_Z = (
    "Compute the cost from Z, as symbreak.network.compute_cost does: the mean of"
    " np.logaddexp(0, Z) - Y * Z."
)
SMALLER = (
    "Use smaller weights, and inputs of size about 1 (pixels divided by 255); or compute the cost"
    " from Z. Look for NaN in X first."
)
TIED = "Start from different rows: small random numbers in W{layer}."
SUSPECTS = (
    "Look for the usual mistakes, in this order: labels (m,) against outputs (m, 1), which numpy"
    " and PyTorch broadcast to (m, m); the sign of the step; labels in another order than the"
    " samples; a step whose result is not assigned, or an optimizer of another model."
)

# In the order in which they are said.
KINDS = {
    "labels": Kind(
        "Y has classes that the outputs cannot give: 0, 1, 2, ... or one-hot, for one output",
        "One sigmoid output answers between 0 and 1. With other labels the cross-entropy has no"
        " lowest value, and may fall below 0; with a one-hot Y each output is compared with a 0 and"
        " a 1, and answers one half.",
        "Use an output for each class with softmax, or labels 0 and 1 of the shape of the output.",
        ("negative", *LEVELS, *ENDS, "update", "parameters_do_not_match", *GUESSES),
    ),
    "negative": Kind(
        "a cost is below 0",
        "A cross-entropy is the mean of -ln of probabilities, and never below 0. So this is another"
        " cost, or one with a wrong sign, or the labels or outputs lie outside of 0 to 1.",
        "Check the minus sign in front of the sum; print the range of Y and of the output.",
    ),
    "log_of_zero": Kind(
        "a cost is not finite, and later ones or the parameters are",
        "{why}" + LOG_OF_ZERO + "{or_else}",
        "{change}",
    ),
    "not_finite_at_start": Kind(
        "the first cost is not finite",
        "The first cost is that of the start, before any update, if it was recorded at iteration 0:"
        " then the learning rate is not the reason. Either X or the start holds NaN, or the outputs"
        " are exactly 0 or 1. " + LOG_OF_ZERO,
        SMALLER,
    ),
    "diverged": Kind(
        "a cost is not finite, after a rise, or with parameters that are not finite",
        "The steps grew too long, until a number was too large to compute with.",
        "Divide the learning rate by 10, and train again from the start.",
    ),
    "not_finite": Kind(
        "a cost is not finite, and nothing says why",
        "The costs allow two readings. The steps were too long and the parameters diverged between"
        " two recorded costs. Or the parameters are fine, and an output came to exactly 0 or 1. "
        + LOG_OF_ZERO,
        "{change}",
    ),
    "labels_broadcast": Kind(
        "the cost or the gradient is the one of all pairs of an output and a label",
        "Labels of shape (m,) or (m, 1) and outputs of the other shape broadcast to (m, m): each"
        " answer is compared with every label, and the best answer is the share of ones for all.",
        "Give both the same shape: Y.reshape(A.shape), or outputs.squeeze(1) in PyTorch.",
        (*LEVELS, *ENDS, *UPS, "other_cost", "update", "parameters_do_not_match", *GUESSES),
    ),
    "one_output": Kind(
        "the cost is what clipping makes of an answer that is 1 for every sample",
        "A softmax over one output is 1, whatever the weights are: so is its answer for each"
        " sample. Frameworks clip it to 1 - 1e-7 before the logarithm.",
        "Use a sigmoid for one output, or two outputs with softmax.",
        (*LEVELS, *ENDS),
    ),
    "classes": Kind(
        "the cost stands at ln K for a whole number K of 3 or more",
        "That is the cost of giving each of {K} classes the same probability. As ln 2 for two"
        " classes, it is what a start with small weights has, and where one gets stuck.",
        "Look at the parameters: pass them, with X and the labels.",
        LEVELS,
    ),
    "parameters_do_not_match": Kind(
        "the parameters have another cost on X and Y than the last one, by any formula tried",
        "They are not of the same moment. Either training went on after the last recorded cost; or"
        " they are of another run, other data, another activation or another cost.",
        "Pass what belongs together, or record the cost once more at the end.",
        ("update", *GUESSES),
    ),
    "zero_weights": Kind(
        "all entries of a W are 0",
        "Behind a zero matrix every sample looks the same: there is one answer for all. {stay}",
        "Start from small random weights.",
        (*LEVELS, *ENDS, *GUESSES),
    ),
    "dead_layer": Kind(
        "all ReLU units of a layer are 0 on all samples",
        "A unit that is 0 on all samples has slope 0 there: it gets no gradient and stays dead"
        "{until}.",
        "Start from other weights, with biases 0; if units die while training, try a smaller"
        " learning rate.",
        (*LEVELS, *ENDS, "no_gradient", *GUESSES),
    ),
    "weights_did_not_move": Kind(
        "no weight differs from the start",
        "{means}",
        "{change}",
        (*LEVELS, *ENDS, *UPS, "update", *GUESSES),
    ),
    "update": Kind(
        "the gradient promises a fall that the costs do not show",
        "{promise} So your step is not along this gradient{or_rate}.",
        SUSPECTS,
        (*LEVELS, *ENDS, *UPS, *GUESSES),
    ),
    "rate_too_small": Kind(
        "the costs fall as the gradient promises at this rate, and at a larger one would fall more",
        "Your update is right, but its steps are tiny. {promise}",
        "Use a larger learning rate: multiply it by 10 until the cost falls visibly.",
        (*LEVELS, *ENDS, *GUESSES),
    ),
    "no_signal": Kind(
        "no function of X has a lower cost: equal samples have different labels",
        "Samples with equal features have different labels, in the same shares everywhere. What is"
        " left to learn from X is nothing, whatever the network.",
        "Compare X with the files or table it was made of; print two samples with different"
        " labels.",
        (*LEVELS, *ENDS, "no_gradient", "plateau", "not_tied", "no_hidden_layer"),
    ),
    "tied_equal": Kind(
        "units of a layer have equal rows, biases and outgoing weights",
        "Copies get equal gradients, so gradient descent keeps them equal at any learning rate"
        " (rounding aside, and the memory of an optimizer that trained other weights before).",
        TIED,
        (*ENDS, "flat", "bad_basin"),
    ),
    "tied_sign": Kind(
        "units of an odd activation are equal up to sign",
        "{needs}tanh is odd, so a unit and its mirror image get opposite gradients and stay mirror"
        " images: all weights may differ, and still they are copies.",
        TIED,
        ("bad_basin",),
    ),
    "tied_factor": Kind(
        "ReLU units are positive multiples of each other",
        "{needs}relu(k z) = k relu(z) for k > 0, so these units stay multiples of each other under"
        " gradient descent, and say the same up to that factor.",
        TIED,
        ("bad_basin",),
    ),
    "one_effective_unit": Kind(
        "all living units of a layer are one function",
        "The layer computes what a single unit can compute, whatever its width.",
        TIED,
        ("bad_basin",),
    ),
    "other_cost": Kind(
        "the last cost is another formula, for these answers or for one answer to all samples",
        "The costs are {formula}. The levels of this page, ln 2 and the label entropy, are those of"
        " the mean cross-entropy in natural logarithms.{further}",
        "{change}",
        (*LEVELS, *ENDS, "update", "parameters_do_not_match", *GUESSES),
    ),
    "saturated_layer": Kind(
        "all units of a layer are flat on 95% of the samples, and the cost is high",
        "Their Z is so large that the activation is flat: hardly any gradient gets through.",
        "Start from smaller weights and biases; bring the inputs to size about 1.",
        (*LEVELS, *ENDS, *GUESSES),
    ),
    "no_gradient": Kind(
        "all gradients of weights are 0, though no unit is stopped",
        "{tied}No weight has a gradient, so no step moves one.",
        "Start from other random weights.",
        (*LEVELS, *ENDS, "plateau", "not_tied", "bad_basin"),
    ),
    "no_hidden_layer": Kind(
        "one answer for all samples, and no hidden layer",
        "No hidden units, so no copies, and the cost is convex: a start at zero is fine. {why}",
        "{change}",
        (*LEVELS, *ENDS),
    ),
    "leaving_plateau": Kind(
        "at the level of one answer for all, and falling faster each time",
        "The cost is still that of one answer for all samples, but it falls faster each time: it is"
        " leaving.",
        "Train longer before you change anything.",
        (*LEVELS, "plateau", "not_tied"),
    ),
    "plateau": Kind(
        "at the level of one answer for all, with a gradient that is small and not 0",
        "{tied}The gradients are not zero, so a plateau fits: a product of small weights makes small"
        " gradients; the more layers, the smaller.{agrees}",
        "{change}",
        LEVELS,
    ),
    "not_tied": Kind(
        "at the level of one answer for all, with different units and no X to compute more",
        "This is not symmetry. A plateau fits, where small weights wait; so do dead or saturated"
        " units, and updates that do not arrive.",
        "Pass {missing}: the gradient can decide.",
        LEVELS,
    ),
    "bad_basin": Kind(
        "no copies, the cost stands too high: trained on it stays there, other starts do not",
        "The units differ and the gradient is small, so this is neither symmetry nor a plateau: the"
        " run has ended in a poor place, which other starts of this size do not reach.",
        "Try other seeds, and a few more units.",
        (*LEVELS, *ENDS),
    ),
    "flat_above_label_entropy": Kind(
        "the last third stands still above the label entropy",
        "If the cost has no L2 term, this is no resting point. For a given last hidden layer it is"
        " convex in the last weights and bias, and one choice of them has the label entropy. So"
        " where their gradient is zero, the cost is not above it.",
        "Check that the updates reach the parameters. Then try another learning rate: too small"
        " moves too little, too large can jump to and fro between two recorded costs.",
    ),
    "stuck_at_ln_2": Kind(
        "the last third stands at ln 2",
        "This is the cost of answering {answer} to every sample.{if_balanced} In the costs, copies,"
        " zero weights, dead units and a plateau look alike.",
        "The parameters tell these apart: see the findings below, or pass them.",
    ),
    "stuck_at_label_entropy": Kind(
        "the last third stands at the label entropy",
        "This is the cost of answering {answer} to every sample.{if_balanced} In the costs, copies,"
        " zero weights, dead units and a plateau look alike.",
        "The parameters tell these apart: see the findings below, or pass them.",
    ),
    "flat": Kind(
        "all costs are the same",
        "The cost stands still. By itself it does not say why.{guess}",
        "Look at the parameters: pass what you have.",
    ),
    "rising": Kind(
        "the cost ends higher than it was",
        "A step along the gradient that is short enough lowers the cost. These steps do not, if all"
        " costs are of the same samples.",
        "Divide the learning rate by 10. If the cost rises still, only slower, the sign of a"
        " gradient or of the update is wrong.",
    ),
    "oscillating": Kind(
        "two rises of at least 10%, and one of them in the last two thirds",
        "If all costs are of the same samples: the steps are so long that they jump across the"
        " valley, the learning rate is too large. Costs of mini-batches go up and down anyway.",
        "Divide the learning rate by 3 or by 10.",
    ),
    "jumped": Kind(
        "one rise of at least 10%, or several at the beginning, then down again",
        "If all costs are of the same samples, some steps were too long: the learning rate is near"
        " the largest that works here.",
        "If the end is not good enough, try a smaller learning rate.",
    ),
    "plateau_then_falling": Kind(
        "a flat stretch, then a fall at least five times as steep",
        "The cost waited on a plateau and left it. That is a wait, not a fault: near a saddle the"
        " gradients are small, and the weights need time to grow.",
        "If the wait is too long, try a start with larger weights.",
    ),
    "leveled_off": Kind(
        "the cost fell, and hardly falls any more",
        "The cost fell and has leveled off.{guess}",
    ),
    "still_falling": Kind(
        "the cost falls at the end of the record",
        "The cost had not stopped falling when the record ends.",
        "{change}",
    ),
    "too_few_costs": Kind(
        "one or two costs",
        "Too few to see a movement: it takes three.{first}",
        "Pass all costs that were recorded.",
    ),
    "dead_units": Kind(
        "some ReLU units of a layer are 0 on all samples",
        "A unit that is 0 on all samples has slope 0 there: it gets no gradient and stays dead"
        "{until}.",
        "Start from other weights, with biases 0; if units die while training, try a smaller"
        " learning rate.",
    ),
    "saturated_units": Kind(
        "some units of a layer are flat on 95% of the samples, and the cost is high",
        "Their Z is so large that the activation is flat: hardly any gradient gets through.",
        "Start from smaller weights and biases; bring the inputs to size about 1.",
    ),
}
ORDER = {name: place for place, name in enumerate(KINDS)}


@dataclass(frozen=True)
class Finding:
    """Hold one thing that was found.

    Parameters
    ----------
    name : str
        Stable name, such as "stuck_at_label_entropy".
    evidence : str
        The numbers it rests on.
    meaning : str
        What they mean.
    change : str, default ""
        What to change; empty if the finding is no reason to change anything.

    Examples
    --------
    >>> print(Finding("leveled_off", "last costs 0.22 to 0.22", "It is done."))
    leveled_off
      seen    last costs 0.22 to 0.22
      means   It is done.
    """

    name: str
    evidence: str
    meaning: str
    change: str = ""

    def __str__(self):
        parts = {"seen": self.evidence, "means": self.meaning, "change": self.change}
        lines = [_indented(f"  {label:<8}", text) for label, text in parts.items() if text]
        return "\n".join([self.name, *lines])


@dataclass(frozen=True, repr=False)
class Diagnosis:
    """Hold what was computed, all findings, and what was not looked at.

    Parameters
    ----------
    findings : tuple of Finding
        The findings, the one with the strongest evidence first.
    missing : tuple of str
        What to pass to know more.
    computed : dict
        What X, Y, the parameters and the activation say: label and text.

    Examples
    --------
    >>> found = Diagnosis((Finding("flat", "0.70 to 0.70", "It stands."),), ("Y (the labels)",))
    >>> found.names
    ('flat',)
    >>> print(found)
    flat
      seen    0.70 to 0.70
      means   It stands.
    <BLANKLINE>
    Not looked at, because not passed: Y (the labels).
    """

    findings: tuple
    missing: tuple = ()
    computed: dict = field(default_factory=dict)

    @property
    def names(self):
        """Return the names of the findings.

        Returns
        -------
        tuple of str
            One name per finding; a name can occur once per layer.
        """
        return tuple(finding.name for finding in self.findings)

    def __str__(self):
        parts = []
        if self.computed:
            lines = [_indented(f"  {label:<11}", text) for label, text in self.computed.items()]
            parts.append("\n".join(["computed from what you passed", *lines]))
        parts += [str(finding) for finding in self.findings]
        if self.missing:
            text = "Not looked at, because not passed: " + "; ".join(self.missing) + "."
            parts.append(_indented("", text))
        return "\n\n".join(parts)

    __repr__ = __str__  # the last line of a notebook cell shows the repr


def finding(name: str, evidence: str, **words: str) -> Finding:
    """Return a finding with the text of its kind."""
    kind = KINDS[name]
    return Finding(name, evidence, kind.means.format(**words), kind.change.format(**words))


def in_order(found: list[Finding]) -> tuple[Finding, ...]:
    """Return the findings in the order of the table, without those that another one overrules."""
    said, overruled = [], set()
    for one in sorted(found, key=lambda one: ORDER[one.name]):
        if one.name not in overruled:
            said.append(one)
            overruled |= {*KINDS[one.name].over}
    return tuple(said)


def digits(cost: float) -> str:
    """Write a finite cost with four decimals, or with two digits if it is very large."""
    return f"{cost:.4f}" if abs(cost) < 1e4 else f"{cost:.1e}"


def _indented(first, text):
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )
