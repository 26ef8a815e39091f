"""LoRA: one of two factors may be zero, if the rows of the other differ."""

import numpy as np

random = np.random.RandomState(0)
U, V = (np.linalg.qr(random.randn(n, 2))[0] for n in (5, 6))
D = U @ np.diag([3, 1]) @ V.T  # the change to learn, (5, 6), rank 2
A_random, B_random = random.randn(2, 6) / 10, random.randn(5, 2) / 10
A_zero, B_zero = np.zeros((2, 6)), np.zeros((5, 2))
starts = {
    "B zero, A random": (B_zero, A_random, 0),
    "B random, A zero": (B_random, A_zero, 0),
    "B zero, A zero": (B_zero, A_zero, (3**2 + 1**2) / 2),
    "B zero, A constant": (B_zero, np.full((2, 6), 0.1), 1**2 / 2),
}
print("| start | step 1: dB, dA | step 2 | cost | predicted | rank |")
print("|---|---|---|---|---|---|")
for name, (B, A, predicted) in starts.items():
    print("|", name, end=" | ")
    for step in range(200):
        G = B @ A - D  # (5, 6), the gradient with respect to BA
        dB, dA = G @ A.T, B.T @ G
        if step < 2:
            sizes = [np.linalg.norm(d) for d in (dB, dA)]
            print("{:.2f}, {:.2f}".format(*sizes), end=" | ")
        B, A = B - 0.1 * dB, A - 0.1 * dA
    cost = np.sum((B @ A - D) ** 2) / 2
    rank = np.linalg.matrix_rank(B @ A, tol=1e-4)
    print(f"{cost:.2f} | {predicted:.2f} | {rank} |")
