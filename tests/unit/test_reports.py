from functools import cache

import numpy as np
import pytest
import reports
from reports import CAUSES, KINDS, REPORTS, Report

CASES = {case.name: case for case in REPORTS + KINDS}
# What `diagnose` does not say first: this run is leaving its plateau, and that is what it says.
NOT_RIGHT = {"MLPClassifier on XOR"}


@pytest.mark.parametrize("name", CASES)
def test_the_first_finding_is_the_cause(name):
    seen = reports.read(CASES[name])
    assert seen.right == (name not in NOT_RIGHT), seen
    assert not seen.misleading, seen


def test_every_case_is_complete_and_every_thread_cited():
    assert len(CASES) == len(REPORTS) + len(KINDS) >= 54
    assert set(CASES) >= NOT_RIGHT
    assert {case.cause for case in CASES.values()} <= set(CAUSES)
    threads = [case.source for case in REPORTS if case.title]
    assert len(set(threads)) == 20
    assert all(source.startswith("https://") for source in threads)
    assert all(case.source.startswith("rebuilt") for case in CASES.values() if not case.title)
    frameworks = {case.framework for case in REPORTS}
    assert frameworks == {"numpy", "PyTorch", "Keras", "TensorFlow", "scikit-learn"}
    assert sum(not case.cause.startswith("symmetry") for case in REPORTS) >= 18
    numbers = [int(case.name.split(".")[0]) for case in KINDS]
    assert numbers == [n for n in (1, 2, 3, 4, 5, 6, 9, 10) for _ in range(3)]


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_the_same_each_time(name):
    np.testing.assert_equal(_numbers(_given(name)), _numbers(CASES[name].build()))


def _numbers(given):
    if isinstance(given, dict):
        return {name: _numbers(value) for name, value in given.items()}
    return [_numbers(value) for value in given] if isinstance(given, tuple) else _array(given)


def _array(given):
    ragged = isinstance(given, list) and isinstance(given[0], np.ndarray)
    return given if ragged or isinstance(given, str) else np.asarray(given)


@cache
def _given(name):
    return CASES[name].build()


def _network(name):
    """Return what was passed in one notation: W (n, n_prev), b (n, 1), Y (1, m), and more."""
    given = _given(name)
    passed, Y = given["parameters"], np.asarray(given["Y"], float)
    if isinstance(passed, tuple):
        passed = [array for pair in zip(*passed) for array in pair]
    named = isinstance(passed, dict)
    arrays = list(passed.values()) if named else passed
    kernels = not named or "w" in passed or ("W1" in passed and np.ndim(arrays[1]) == 1)
    p = {}
    for layer, (W, b) in enumerate(zip(arrays[::2], arrays[1::2]), start=1):
        p[f"W{layer}"] = np.asarray(W, float).T if kernels else np.asarray(W, float)
        p[f"b{layer}"] = np.asarray(b, float).reshape(-1, 1)
    m = max(Y.shape)
    X = given["X"] if given["X"].shape[1] == m else given["X"].T
    Y = Y.reshape(1, -1) if Y.size == m else Y.argmax(axis=1)[None]  # one-hot rows
    g = {"logistic": "sigmoid", None: "tanh"}.get(given.get("activation"), given.get("activation"))
    Z, A = reports.forward(X, p, g)
    grads = reports.gradients(p, Z, A, reports.error(Z[-1], Y), reports.FUNCTIONS[g][1])
    return p, Z, Y, grads, lambda p: reports.entropy(reports.forward(X, p, g)[0][-1], Y)


def _with(*causes, without=()):
    names = [name for name, case in CASES.items() if case.cause in causes]
    return [name for name in names if name not in without and "parameters" in _given(name)]


MOVABLE = ("wrong-update", "labels-broadcast", "weights-not-updated", "rate-too-small")


@pytest.mark.parametrize("name", _with(*MOVABLE, without=["6. start passed, nothing moved"]))
def test_a_correct_step_of_a_fitting_size_would_lower_the_cost(name):
    p, _, _, grads, cost = _network(name)
    steps = ({k: p[k] - rate * grads[k] for k in p} for rate in (0.01, 0.03, 0.1, 0.3, 1.0))
    assert cost(p) - min(map(cost, steps)) > 0.02


@pytest.mark.parametrize("name", _with("plateau"))
def test_on_a_plateau_the_gradient_is_small_and_not_zero(name):
    _, _, _, grads, _ = _network(name)
    assert 1e-9 < max(np.abs(grad).max() for grad in grads.values()) < 2e-3


@pytest.mark.parametrize("name", _with("no-signal", "symmetry-zero", "bad-basin"))
def test_where_nothing_is_to_be_learned_any_more_the_gradient_is_nearly_zero(name):
    _, _, _, grads, _ = _network(name)
    assert max(np.abs(grad).max() for grad in grads.values()) < 5e-4


def test_another_seed_does_not_end_in_the_bad_basin():
    p, Z, _, _, cost = _network("XOR, ReLU, few units")
    assert cost(p) > 0.3 and (Z[0] > 0).any(axis=1).all()
    costs, _ = reports.run(*reports.XOR, reports.normal((2, 2, 1), 1, 1.0), "relu", 0.3, 4000)
    assert costs[-1] < 0.01


@pytest.mark.parametrize("name", _with("dead-relu", without=["all ReLU units negative"]))
def test_dead_units_are_zero_on_all_samples(name):
    _, Z, _, _, _ = _network(name)
    assert (Z[-2] <= 0).all()


@pytest.mark.parametrize("name", _with("symmetry-equal", without=["all ones, two outputs"]))
def test_copies_have_equal_rows(name):
    p, _, _, _, cost = _network(name)
    assert np.ptp(p["W1"], axis=0).max() < 1e-6 and cost(p) > 0.4


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("squared error recorded", reports.squared),
        ("sigmoid twice", lambda Z, Y: reports.entropy(reports.sigmoid(Z), Y)),
        ("2. log2", lambda Z, Y: reports.entropy(Z, Y) / np.log(2)),
        ("2. sum, not mean", lambda Z, Y: reports.entropy(Z, Y) * Y.size),
        ("2. half squared error", lambda Z, Y: reports.squared(Z, Y) / 2),
    ],
)
def test_the_last_cost_is_the_other_cost_of_these_parameters(name, other):
    p, Z, Y, _, cost = _network(name)
    last = _given(name)["costs"][-1]
    assert other(Z[-1], Y) == pytest.approx(last, rel=1e-5)
    assert abs(cost(p) - last) > 0.2 * cost(p)


def _case(costs=(0.5, 0.4, 0.3), **rest):
    return Report("a", "learning", "", lambda: dict(costs=costs, learning_rate=1, Q=0), **rest)


def test_a_reading_compares_the_first_finding_and_leaves_out_what_is_not_known():
    assert reports.read(_case()) == reports.Reading("still_falling", True, False, "")
    assert reports.read(_case(says="as it was")).right is False
    later = reports.read(_case([0.5, 0.9, 0.6, 0.45, 0.3, 0.2, 0.1], right=("still_falling",)))
    assert (later.first, later.right, later.later) == ("jumped", False, True)
    assert reports.read(_case(misleading="Train longer")).misleading == "Train longer"


def test_a_refusal_is_not_right_and_can_mislead():
    seen = reports.read(_case([], misleading="at least"))
    assert seen.first.startswith("ValueError: costs must hold")
    assert not seen.right and seen.misleading == "at least"


def test_what_blames_symmetry_or_the_update_without_reason_is_misleading():
    given = dict(costs=[0.6931] * 5, parameters=reports.constant((2, 3, 1), 0.0))
    for cause, name in (("symmetry-zero", ""), ("plateau", "zero_weights")):
        assert reports.read(Report("a", cause, "", lambda: given)).misleading == name
    same = given | {"parameters": reports.normal((2, 3, 1)), "start": reports.normal((2, 3, 1))}
    for cause, name in (("wrong-update", ""), ("plateau", "weights_did_not_move")):
        assert reports.read(Report("a", cause, "", lambda: same)).misleading == name


def test_the_table_has_a_row_for_each_case_and_the_score():
    lines = reports.table([_case(), _case(says="as it was")])
    assert lines[0].split()[0] == "case" and [line[-6:].split()[0] for line in lines[2:4]]
    assert lines[2].split()[2:] == ["still_falling", "yes", "-"]
    assert lines[-1] == "right first: 1 of 2; right later: 0; misleading: 0 of 2"


def test_the_stand_ins_are_like_the_real_ones():
    torch = pytest.importorskip("torch", reason="`make oracles` installs it")
    linear, tanh = torch.nn.Linear, torch.nn.Tanh()
    real = torch.nn.Sequential(linear(2, 6), tanh, linear(6, 1)).state_dict()
    ours = reports.state_dict(reports.normal((2, 6, 1)))
    assert list(ours) == list(real) and isinstance(real, type(ours))
    for name, tensor in real.items():
        mine = ours[name]
        assert tuple(mine.shape) == tuple(tensor.shape) and mine.ndim == tensor.ndim
        assert mine.requires_grad == tensor.requires_grad and mine.dtype == str(tensor.dtype)
        assert len(mine) == len(tensor) and type(mine.tolist()) is type(tensor.tolist())
        for as_array in (np.asarray, lambda t: t.detach().cpu().numpy()):
            assert as_array(mine).dtype == as_array(tensor).dtype
            assert as_array(mine).shape == as_array(tensor).shape
