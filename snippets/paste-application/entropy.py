"""Before any pixel counts: what the labels alone decide."""

import numpy as np

train, test = 72 / 209, 33 / 50  # the shares of cats
entropy = -train * np.log(train) - (1 - train) * np.log(1 - train)
cut = int(1000 * entropy) / 1000  # as the tables have it
print(f"every prediction 1/2: cost {np.log(2):.4f}")
print(f"every prediction the share of cats: cost {entropy:.4f}")
print(f'"no cat" is right for {1 - train:.1%} of the training images', end="")
print(f" and {1 - test:.0%} of the test images")
