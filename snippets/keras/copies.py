"""Three of these four hidden units are identical."""

# needs: keras torch
# limit: 120 s
import os

os.environ.setdefault("KERAS_BACKEND", "torch")
import keras
import numpy as np

model = keras.Sequential([keras.layers.Dense(4), keras.layers.Dense(1)])
model.build((None, 2))
weights = [np.full(w.shape, 0.01) for w in model.get_weights()]
weights[1][3] = 0.5  # the last unit is another one
model.set_weights(weights)

# Paste from here on, below the lines that train.
# The first two Dense layers: the hidden one, and the kernel of the next.
kernel, bias, after = model.get_weights()[:3]
units = np.hstack([kernel.T, bias[:, None], after])  # (units, numbers)
same = np.isclose(units[:, None], units, rtol=1e-4, atol=1e-6).all(axis=2)
print("hidden unit: the first one identical to it")
print(dict(enumerate(same.argmax(axis=1).tolist())))
