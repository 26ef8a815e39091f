"""Costs alone: shapes that must be told apart, what is not finite, and what is refused."""

import numpy as np
import pytest

from symbreak import datasets, diagnose, initializers, network
from symbreak.diagnosis.costs import rises

LN_2 = np.log(2)
CATS = [[1] * 72 + [0] * 137]
FALLING = 0.2 + 0.49 * np.exp(-np.arange(30) / 6)


def test_costs_typed_with_four_decimals_are_recognized():
    assert diagnose([0.6931, 0.6931, 0.6931]).names == ("stuck_at_ln_2",)
    found = diagnose([0.6931, 0.6477, 0.6442, 0.6440, 0.6440, 0.6440], CATS)
    assert found.names == ("stuck_at_label_entropy",)


@pytest.mark.parametrize(
    ("costs", "Y", "name"),
    [
        ([0.69] * 5, None, "stuck_at_ln_2"),  # rounded, or cut
        ([0.70] * 5, None, "flat"),
        ([0.693, 0.678, 0.645, 0.643, 0.643], CATS, "stuck_at_label_entropy"),  # cut
        ([0.69, 0.65, 0.64, 0.64, 0.64], CATS, "stuck_at_label_entropy"),
        ([0.65] * 5, CATS, "flat_above_label_entropy"),
        ([0.645] * 5, CATS, "flat_above_label_entropy"),
        ([0.69, 0.6931, 0.6431, 0.6431, 0.6431], CATS, "leveled_off"),  # other costs have more
        ([2.30] * 5, None, "classes"),
        ([2.31] * 5, None, "flat"),
    ],
)
def test_costs_printed_with_few_digits_are_at_what_these_digits_leave(costs, Y, name):
    assert diagnose(costs, Y).findings[0].name == name


def test_a_cost_near_the_label_entropy_is_not_at_it():
    costs = [0.6931, 0.6480, 0.6469, 0.6467, 0.6467, 0.6467]  # tied ReLU units on the cats
    assert diagnose(costs, CATS).names == ("flat_above_label_entropy",)
    below = [0.6931, 0.6400, 0.6390, 0.6390, 0.6390, 0.6390]
    assert diagnose(below, CATS).names == ("leveled_off",)


def test_ln_2_with_unbalanced_labels_is_no_resting_point():
    assert diagnose([LN_2] * 10, CATS).names == ("flat_above_label_entropy",)
    assert diagnose([LN_2] * 10, [[0, 1, 1, 0]]).names == ("stuck_at_ln_2",)


def test_a_smooth_fall_is_no_plateau_at_any_spacing():
    for steps in (10, 30, 100, 1000):
        t = np.linspace(0, 1, steps)
        for curve in (np.exp(-5 * t), 1 / (1 + 20 * t), 1 - t, 1 / np.sqrt(1 + 99 * t)):
            names = diagnose(0.05 + 0.64 * curve).names
            assert "plateau_then_falling" not in names
            assert len(names) == 1


def test_a_slow_end_after_a_fast_start_is_no_plateau():
    costs = np.array([0.69, *(0.30 - 0.0048 * np.arange(24))])
    assert diagnose(costs).names == ("still_falling",)
    assert diagnose([*costs[:5], *costs[5:] - 0.1]).names[0] == "plateau_then_falling"


def test_a_small_cost_that_still_shrinks_is_still_falling():
    costs = [0.69, 0.3, 0.1, 0.08, 0.07, 0.06, 0.058, 0.055, 0.052]
    assert diagnose(costs).names == ("still_falling",)
    assert diagnose([*costs[:6], 0.06, 0.059, 0.059]).names == ("leveled_off",)


@pytest.mark.parametrize(
    ("growth", "name"), [(1.5, "leaving_plateau"), (1.1, "stuck_at_ln_2"), (0.5, "stuck_at_ln_2")]
)
def test_a_cost_is_leaving_a_level_if_its_falls_grow(growth, name):
    falls = growth ** np.arange(9)
    assert diagnose(LN_2 - 3e-4 * np.cumsum(falls) / falls.sum()).names == (name,)


def test_a_plateau_needs_three_costs_and_a_later_fall():
    assert diagnose([0.69, 0.69, 0.4, 0.3, 0.25, 0.25]).names == ("leveled_off",)
    assert diagnose([0.69, 0.69, 0.69, 0.4, 0.25, 0.25]).names[0] == "plateau_then_falling"
    assert diagnose([0.69, 0.4, 0.25, 0.25, 0.25, 0.25]).names == ("leveled_off",)
    assert diagnose([0.69, 0.6, 0.6, 0.6, 0.6, 0.3, 0.2]).names[0] == "plateau_then_falling"


def test_a_plateau_lasts_a_tenth_of_the_curve():
    def names(n):
        fall, flat = np.linspace(1, 0.6, n - 8), np.full(4, 0.59)
        return diagnose([*fall, *flat, 0.3, 0.25, 0.2, 0.15]).names

    assert names(40) == ("plateau_then_falling", "still_falling")
    assert names(44) == ("still_falling",)


def test_a_plateau_is_called_that_of_ln_2_only_if_all_of_it_is_there():
    def evidence(last):
        plateau = [*[LN_2 - 0.0105] * 3, LN_2 - last]
        return diagnose([*plateau, 0.4, 0.2, 0.0931]).findings[0].evidence

    assert "(ln 2 is 0.6931)" in evidence(0.0105)
    assert "ln 2" not in evidence(0.0125)


def test_a_fall_of_more_than_5_percent_in_the_last_third_is_no_level():
    assert diagnose([10, 5, 2, 1.5, 1.2, 1.1, 1.07, 1.03, 1.0]).names == ("still_falling",)
    assert diagnose([10, 5, 2, 1.5, 1.2, 1.1, 1.05, 1.03, 1.0]).names == ("leveled_off",)


def test_the_last_of_the_growing_falls_must_be_more_than_six_decimals_can_fake():
    def names(last):
        return diagnose(LN_2 - np.array([0, 0, 0, 0, 1e-7, 3e-7, 3e-7 + last])).names

    assert names(2.5e-6) == ("leaving_plateau",)
    assert names(1.5e-6) == ("stuck_at_ln_2",)


def test_without_labels_ln_2_is_said_to_mean_balanced_labels():
    assert "balanced labels" in diagnose([LN_2] * 5).findings[0].meaning
    assert "ln 2 is" in diagnose([LN_2] * 5).findings[0].evidence
    assert "the label entropy is" in diagnose([LN_2] * 5, [[0, 1]]).findings[0].evidence


def test_a_rise_counts_from_ten_percent_on():
    for factor, names in ((1.09, ()), (1.11, ("jumped",))):
        costs = FALLING.copy()
        costs[12] = costs[11] * factor
        assert diagnose(costs).names[:-1] == names


def test_a_rise_of_a_tiny_cost_does_not_count():
    costs = np.array([0.7, 0.1, 0.004, 0.008, 0.004, 0.007, 0.003, 0.002])
    assert diagnose(costs).names == ("still_falling",)


def test_two_rises_oscillate_and_one_at_the_end_is_rising():
    up = FALLING.copy()
    up[[10, 20]] *= 1.5
    assert diagnose(up).names == ("oscillating",)
    assert rises(up) == [(9, 10, True), (19, 20, True)]
    end = FALLING.copy()
    end[-3:] = 0.4
    assert diagnose(end).names == ("rising",)
    assert diagnose([0.6931, 0.6934, 0.6950, 0.7012]).names == ("rising",)
    assert diagnose([0.69, 0.70, 0.695, 0.72]).names == ("rising",)
    assert diagnose([0.690, 0.680, 0.685, 0.695]).names == ("rising",)  # only the last is higher
    high = [0.69, 0.8, 0.9, 0.9, 0.9, 0.9]
    assert diagnose(high, [[0, 1]]).names == ("flat_above_label_entropy", "rising")


def test_the_end_of_the_thread_in_short_jumps_once():
    assert diagnose([0.69, 0.45, 0.30, 0.197, 0.285, 0.180]).names[0] == "jumped"


def test_one_or_two_costs_are_too_few():
    for costs in ([0.693], [0.693, 0.693], np.array([0.3])):
        assert diagnose(costs).names == ("too_few_costs",)
    assert "no sign of a fault" in diagnose([0.693]).findings[0].meaning


def test_every_names_the_iterations():
    up = [0.69, 0.30, 0.60, 0.30, 0.60, 0.30]
    assert "iteration 1000 to" in diagnose(up, every=1000).findings[0].evidence
    assert "cost 2 of 6 to" in diagnose(up).findings[0].evidence


def test_the_evidence_holds_the_numbers_of_the_case():
    evidence = diagnose([0.7012, 0.5, 0.4, 0.35, 0.34, 0.34]).findings[0].evidence
    assert "0.7012" in evidence and "0.3400" in evidence


@pytest.mark.parametrize(
    ("costs", "finite", "name"),
    [
        ([np.inf, 2.1, 0.9, 0.3], None, "log_of_zero"),
        ([np.nan] * 5, None, "not_finite_at_start"),
        ([0.7, 0.9, 4.1, np.nan, np.nan], None, "diverged"),
        ([0.7, 0.5, 0.4, np.nan, np.nan], None, "not_finite"),
        ([0.7, 0.5, 0.4, np.nan, np.nan], True, "log_of_zero"),
        ([0.7, 0.5, 0.4, np.nan, np.nan], False, "diverged"),
        ([np.inf, 0.0, 0.0], None, "not_finite_at_start"),  # nansum of NaN is 0
    ],
)
def test_costs_that_are_not_finite(costs, finite, name):
    parameters = None if finite is None else initializers.normal((2, 4, 1), seed=1)
    if finite is False:
        parameters["W2"][0, 0] = np.nan
    found = diagnose(costs, None, parameters)
    assert found.names == (name,)
    assert str(costs[np.flatnonzero(~np.isfinite(costs))[0]]) in found.findings[0].evidence


def test_the_costs_before_one_that_is_not_finite_are_described():
    calm, rose = (diagnose([0.7, 0.5, last, np.nan]).findings[0].evidence for last in (0.4, 4.1))
    assert calm.endswith("; before that no rise that counts, 0.7000 to 0.4000")
    assert rose.endswith("; before that a rise from 0.5000 to 4.1000")


def test_the_cost_of_the_course_is_not_finite_from_z_of_37_on():
    with np.errstate(all="ignore"):
        for z, finite in ((36, True), (37, False)):
            A = 1 / (1 + np.exp(-np.array([float(z)])))
            assert np.isfinite(np.log(1 - A)).all() == finite
        assert np.isnan(1 * np.log(1.0) + 0 * np.log(0.0))
        assert np.isinf(0 * np.log(1.0) + 1 * np.log(0.0))


def test_a_run_that_diverges_is_told_from_its_recorded_costs():
    X, Y = datasets.flower()
    start = initializers.normal((2, 4, 1), seed=1)
    with pytest.raises(ArithmeticError) as error:
        network.train(1e3 * X, Y, start, activation="relu", learning_rate=1e3, num_iterations=500)
    costs = [*error.value.history.costs, np.nan]
    assert diagnose(costs, Y).names == ("diverged",)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([],), ValueError, "costs must hold at least 1 cost, got none"),
        ((0.7,), TypeError, "costs must be a collection, got 0.7"),
        ((["0.7"],), TypeError, "costs must hold numbers, got '0.7' as cost 1"),
        (([0.7, None],), TypeError, "costs must hold numbers, got None as cost 2"),
        ((np.ones((3, 2)),), ValueError, "costs must be those of one run"),
        (([[0.7, [1, 2]]],), ValueError, "cost 1 must be a rectangular array, got rows of"),
        (([0.7], None, {"w": [1.0], "b": 0.0}), ValueError, r"w.reshape\(-1, 1\), .b.: b"),
        (([0.7], np.ones((2, 3, 1))), ValueError, r"Y must have shape \(1, m\), .*got \(2, 3, 1\)"),
        (([0.7], None, [1]), ValueError, r"a list must hold weights \(2-d\)"),
        (([0.7], None, 1), TypeError, "model must be a PyTorch module"),
        (
            ([0.7], [[0, 1, 4]], initializers.zeros((2, 3))),
            ValueError,
            r"n_y = 3 rows or labels 0 to 2, got \(5, 3\); pass the Y",
        ),
        (
            ([0.7], None, initializers.stack([initializers.zeros((2, 1))])),
            ValueError,
            r"pass the linear layers alone: .*array\[r\]",
        ),
    ],
)
def test_errors_state_the_rule_and_what_was_received(arguments, error, message):
    with pytest.raises(error, match=message):
        diagnose(*arguments)


def test_errors_of_the_keywords():
    start = initializers.zeros((2, 4, 1))
    with pytest.raises(ValueError, match="two dictionaries, got one; copy the start"):
        diagnose([0.7], None, start, start=start)
    with pytest.raises(ValueError, match="must have the same shapes"):
        diagnose([0.7], None, start, start=initializers.zeros((2, 3, 1)))
    with pytest.raises(ValueError, match="activation must be one of"):
        diagnose([0.7], activation="tahn")
    with pytest.raises(ValueError, match="every must be at least 1"):
        diagnose([0.7], every=0)
    with pytest.raises(ValueError, match="learning_rate must be greater than 0, got 0"):
        diagnose([0.7], learning_rate=0)
    with pytest.raises(TypeError, match=r"learning_rate must be a number, got '0\.1'"):
        diagnose([0.7], learning_rate="0.1")
    with pytest.raises(ValueError, match=r"X must have shape \(n_x = 2, m\), got \(3, 7\)"):
        diagnose([0.7], None, start, X=np.ones((3, 7)))
    with pytest.raises(
        ValueError,
        match=r"Y must have a label for each of the m = 7 samples of X, got shape \(1, 3\)",
    ):
        diagnose([0.7], [[0, 1, 1]], X=np.ones((2, 7)))
    with pytest.raises(TypeError, match="X must hold real numbers, got dtype <U7"):
        diagnose([0.7], X="garbage")


def test_a_cost_below_0_is_no_cross_entropy_and_nothing_else_is_read_from_it():
    found = diagnose([-0.6931] * 10)
    assert found.names == ("negative",)
    assert "minus sign" in str(found) and "-0.6931, at cost 1 of 10" in str(found)
    assert diagnose([0.7, 0.1, -0.2], every=100).findings[0].evidence.endswith("at iteration 200")
    assert "negative" not in diagnose([1e-3, 1e-9, -1e-17]).names  # rounding


def test_finite_parameters_do_not_hide_a_divergence():
    large = {"W1": np.full((2, 2), 5e14), "b1": np.zeros((2, 1))}
    large |= {"W2": np.full((1, 2), 2e15), "b2": np.zeros((1, 1))}
    found = diagnose([0.693, 0.690, 1.446, np.nan], parameters=large).findings[0]
    assert found.name == "not_finite"
    assert "2e+15" in str(found) and "learning rate" in str(found)
    calm = diagnose([0.693, 0.690, 0.4, np.nan], parameters=large).findings[0]
    assert calm.name == "log_of_zero" and "learning rate" in str(calm)


def test_a_cost_too_large_for_four_decimals_has_two_digits():
    assert diagnose([1.7056e302] * 3).findings[0].evidence.endswith("1.7e+302 and 1.7e+302")
