"""A small lab: with an answer, links, a figure and a prediction."""

LAB = """\
# For the machine.

# %% [markdown]
# # Sums
#
# <div class="answer">
#
# Two and two.
#
# </div>
#
# Here $a_1 + b_1$ and [the page](../index.md#four), `[code](../index.md)`.

# %% first
import numpy as np

from symbreak import plots, show

show(total=2 + 2)
fig = plots.costs({"cost": ([0, 1, 2], [3.0, 2.0, 1.0])})

# %% [markdown]
# ## Your turn

# %% predict
guess = ...  # your prediction

# %% check
print("Not filled in yet" if guess is ... else f"{guess}: {guess == 2 * 21}")

# %% [markdown]
# <details><summary>Answer</summary>
#
# ```python
# guess = 42
# ```
#
# It is 42, because
#
# $$
# 2 \\cdot 21 = 42
# $$
#
# </details>
"""
