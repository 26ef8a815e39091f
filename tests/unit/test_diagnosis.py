import re

import numpy as np
import pytest
import unit_cases
from diagnosis_cases import DATA, DEAD, DEEP, FLOWER, LN_2, SMALL, TIED, ZEROS, mirror, train
from unit_cases import KINDS, UNITS, whole

from symbreak import diagnose, initializers
from symbreak.diagnosis import Diagnosis, Finding, reading
from symbreak.diagnosis.costs import share_with_entropy
from symbreak.theory import label_entropy


def test_costs_alone_cannot_tell_zero_weights_from_a_plateau_and_say_so():
    X, Y = DATA["flower"]
    (stuck, zero), (waiting, deep) = train("flower", ZEROS), train("flower", DEEP)
    np.testing.assert_allclose(stuck[2:], waiting[2:], atol=1e-4)
    for costs in (stuck, waiting):
        found = diagnose(costs, Y)
        assert found.names == ("stuck_at_ln_2",)
        assert "look alike" in found.findings[0].meaning
        assert any("parameters" in text for text in found.missing)
    assert "zero_weights" in diagnose(stuck, Y, zero).names
    assert diagnose(waiting, Y, deep).names == ("not_tied",)
    assert diagnose(waiting, Y, deep, X=X, activation="tanh").names == ("plateau",)


def test_on_a_plateau_the_update_and_the_rate_come_before_larger_weights():
    X, Y = DATA["flower"]
    for start, rate in ((SMALL, 0.0012), (DEEP, 1.2)):
        costs, parameters = train("flower", start, learning_rate=rate, num_iterations=500)
        (found,) = diagnose(costs, Y, parameters, X=X, activation="tanh").findings
        assert found.name == "plateau"
        assert "If your update and learning rate are right too, wait, or" in found.change


def test_without_data_units_that_are_not_tied_are_not_called_a_plateau():
    costs, parameters = train("flower", DEAD, activation="relu")
    found = diagnose(costs, FLOWER[1], parameters)
    assert found.names == ("not_tied",)
    assert "dead" in found.findings[0].meaning
    assert found.findings[0].change == "Pass X and activation: the gradient can decide."


def test_saturated_units_are_no_finding_while_the_cost_is_low():
    X = DATA["blobs"][0]
    _, parameters = train("blobs", SMALL)
    steep = parameters | {name: 50 * parameters[name] for name in ("W1", "b1")}
    for end, name in ((0.3, "still_falling"), (0.4, "saturated_layer")):
        costs = [0.69, 0.6, 0.55, 0.5, 0.45, end]
        assert diagnose(costs, None, steep, X=X, activation="tanh").names == (name,)


def test_a_bias_that_moved_shows_that_updates_arrive():
    for data, moved in (("unbalanced", "0.9163"), ("flower", "0.0000")):
        costs, parameters = train(data, ZEROS)
        zero, last = diagnose(costs, DATA[data][1], parameters, start=ZEROS).findings
        assert (zero.name, last.name) == ("zero_weights", "weights_did_not_move")
        assert last.evidence.endswith(f"of a bias is {moved}")
        assert "If a bias moved, updates do arrive" in last.meaning
    assert "weights_did_not_move" not in diagnose(costs, None, ZEROS, start=SMALL).names


def test_weights_without_a_gradient_are_not_called_a_plateau():
    X, Y = np.array([[1.0, -1, 1, -1], [1, -1, -1, 1]]), [[0, 0, 1, 1]]
    start = initializers.zeros((2, 3, 1)) | {"W1": np.array([[1.0, 0], [2, 0], [3, 0]])}
    a, b, c = np.tanh([1, 2, 3])
    start["W2"] = np.array([[1.0, 1, -(a + b) / c]])  # the output is 0 on all samples
    found = diagnose([LN_2] * 5, Y, start, X=X, activation="tanh")
    assert found.names == ("no_gradient", "saturated_units")


def test_equal_samples_with_all_labels_hold_no_signal():
    X, Y = np.ones((2, 4)), [[0, 1, 0, 1]]
    start = initializers.normal((2, 4, 1), seed=1)
    assert diagnose([LN_2] * 5, Y, start, X=X, activation="tanh").names == ("no_signal",)
    X[:, 0] = 2
    assert "no_signal" not in diagnose([LN_2] * 5, Y, start, X=X, activation="tanh").names


def test_findings_do_not_depend_on_the_order_of_the_units():
    X, Y = FLOWER
    costs, parameters = train("flower", mirror())
    order = [2, 0, 3, 1]
    shuffled = parameters | {
        "W1": parameters["W1"][order],
        "b1": parameters["b1"][order],
        "W2": parameters["W2"][:, order],
    }
    names = [diagnose(costs, Y, p, X=X, activation="tanh").names for p in (parameters, shuffled)]
    assert names[0] == names[1] == ("tied_sign", "leveled_off")


def test_without_an_activation_ties_up_to_sign_and_factor_are_conditional():
    costs, parameters = train("flower", mirror())
    (tie,) = [f for f in diagnose(costs, parameters=parameters).findings if "tied" in f.name]
    assert tie.name == "tied_sign"
    assert tie.meaning.startswith("If the activation is odd")
    assert diagnose(costs, None, parameters, activation="sigmoid").names == ("leveled_off",)


def test_the_ties_of_a_start_are_found_without_the_trained_parameters():
    found = diagnose([LN_2], start=TIED, activation="tanh")
    assert found.names == ("tied_equal", "too_few_costs")


def test_zero_weights_beside_others_may_have_gradients_and_alone_they_have_none():
    def meaning(parameters):
        found = diagnose([LN_2], parameters=parameters, activation="tanh").findings
        return next(f.meaning for f in found if f.name == "zero_weights")

    assert "gradients need not be zero" in meaning(SMALL | {"W1": np.zeros((4, 2))})
    assert "they stay zero for ever" in meaning(ZEROS)


def test_other_keys_beside_the_parameters_are_ignored():
    others = {"Walk": "x", "x1": "y", "costs": [1], 7: None}
    assert diagnose([LN_2], parameters=SMALL | others).names == (
        diagnose([LN_2], parameters=SMALL).names
    )


def test_nearly_tied_units_are_not_tied():
    near = {name: array.copy() for name, array in TIED.items()}
    near["W1"][0, 0] *= 1 + 1e-4
    assert diagnose([0.6, 0.6, 0.6], None, near).names == ("tied_equal",)  # the other three
    near["W1"] *= np.array([[1], [1.001], [1.002], [1.003]])
    assert diagnose([0.6, 0.6, 0.6], None, near).names == ("flat",)


@pytest.mark.parametrize("case", [name for name in UNITS if name != "all zero"])
def test_the_ties_of_the_shared_cases_are_found(case):  # zeros are a finding of their own
    units = UNITS[case]
    p, n = units.parameters(), len(units.rows)
    for kind, activation in KINDS.items():
        found = reading._ties(p, activation)
        said = re.search("units (.*) are", found[-1].evidence)[1] if found else ""
        groups = [[int(unit) - 1 for unit in re.findall(r"\d", group)] for group in said.split(";")]
        assert whole(groups, n) == units.tied(kind)
        assert bool(reading._width(reading.Network(p, unit_cases.X, activation, None))) == (
            units.width(kind) == 1
        )


@pytest.mark.parametrize("activation", [None, "tanh", "relu", "sigmoid"])
def test_small_units_beside_a_huge_one_are_not_tied(activation):
    start = initializers.normal((2, 4, 1), seed=1)
    start["W1"][0], start["W2"][0, 0] = 1e10, 1e10
    assert diagnose([0.6, 0.6, 0.6], None, start, activation=activation).names == ("flat",)


def test_a_hidden_layer_of_one_unit_is_no_alarm():
    start = initializers.normal((2, 1, 1), seed=1)
    assert diagnose([0.7, 0.6, 0.5], None, start, activation="tanh").names == ("still_falling",)


def test_parameters_of_another_run_are_noticed_and_not_read_as_a_plateau():
    X, Y = FLOWER
    costs, mine = train("flower", SMALL)
    found = diagnose([LN_2] * 5, Y, mine, X=X, activation="tanh")
    assert found.names == ("parameters_do_not_match", "stuck_at_ln_2")
    assert "parameters_do_not_match" in diagnose(costs, Y, SMALL, X=X, activation="tanh").names
    assert diagnose(costs, Y, mine, X=X, activation="tanh").names == diagnose(costs, Y).names


def test_course_dictionaries_lists_and_label_types_are_read():
    costs, parameters = train("flower", TIED)
    Y = FLOWER[1].astype(np.uint8)
    course = {name: array.tolist() for name, array in parameters.items()}
    course |= {"costs": [1, 2], "learning_rate": 0.1}
    listed = [np.array([[cost]]) for cost in costs]
    expected = diagnose(costs, FLOWER[1], parameters).names
    assert "tied_equal" in expected
    assert diagnose(listed, Y, course).names == expected
    assert diagnose(costs.tolist(), Y[0].tolist(), course).names == expected
    single = {name: array.astype(np.float32) for name, array in parameters.items()}
    assert diagnose(costs, Y, single).names == expected
    w, b = np.zeros((2, 1)), 0.0
    assert diagnose([LN_2] * 4, Y, {"w": w, "b": b}).names == ("no_hidden_layer",)


def test_the_missing_list_shrinks_with_what_is_passed():
    X, Y = FLOWER
    costs, parameters = train("flower", ZEROS)
    given = dict(Y=Y, parameters=parameters, X=X, activation="tanh", start=ZEROS)
    given |= {"learning_rate": 1.2}
    for n in range(1, len(given)):
        passed = dict(list(given.items())[:n])
        asked = " ".join(diagnose(costs, **passed).missing)
        assert not [name for name in passed if asked.startswith(f"{name},")], asked
    assert len(diagnose(costs).missing) == 5
    full = diagnose(costs, **given)
    assert full.missing == ()
    assert "Not looked at" not in str(full)


def test_share_with_entropy_inverts_the_label_entropy():
    for ones in (1, 72, 104):
        Y = np.array([[1] * ones + [0] * (209 - ones)])
        assert round(209 * share_with_entropy(label_entropy(Y)), 6) == ones
    found = diagnose([0.6931, 0.6477, 0.6442, 0.6440, 0.6440, 0.6440])
    assert found.names == ("leveled_off",)
    assert "0.345 or 0.655" in found.findings[0].meaning


def test_the_text_holds_every_part_and_is_what_a_notebook_shows():
    found = Diagnosis((Finding("flat", "0.7", "It stands.", "Move."),), ("Y",))
    assert repr(found) == str(found)
    text = str(found)
    assert all(part in text for part in ("flat", "0.7", "It stands.", "Move.", "passed: Y."))
    assert max(map(len, text.splitlines())) <= 76
    quiet = Diagnosis((Finding("leveled_off", "0.2", "Done."),))
    assert "change" not in str(quiet)


def test_weights_of_rounding_alone_are_zero():
    start = initializers.zeros((2, 4, 1))
    start["W1"][0, 0] = 1e-17
    (found,) = diagnose([0.6, 0.6, 0.6], None, start).findings
    assert found.evidence == "all entries of W1, W2 are 0"
