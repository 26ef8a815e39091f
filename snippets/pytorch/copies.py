"""Three of these four hidden units are identical."""

# needs: torch
import numpy as np
from torch import nn

model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
for layer in (model[0], model[2]):
    nn.init.constant_(layer.weight, 0.01)
    nn.init.zeros_(layer.bias)
nn.init.constant_(model[0].bias[3:], 0.5)  # the last unit is another one

# Paste from here on, below the lines that train.
first, second = model[0], model[2]  # the hidden layer, and the one after it
rows = [first.weight, first.bias[:, None], second.weight.T]
units = np.hstack([row.detach().numpy() for row in rows])  # (units, numbers)
same = np.isclose(units[:, None], units, rtol=1e-4, atol=1e-6).all(axis=2)
print("hidden unit: the first one identical to it")
print(dict(enumerate(same.argmax(axis=1).tolist())))
