"""In PyTorch, zeros are stuck, a constant makes copies, the default learns."""

# needs: torch
import torch
from sklearn.datasets import make_moons
from torch import nn

X, y = make_moons(200, noise=0.2, random_state=1)
X, y = torch.tensor(X).float(), torch.tensor(y).float().reshape(-1, 1)
losses = {}
for start in ("zeros", "constant", "default"):
    torch.manual_seed(4)
    model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
    for layer in (model[0], model[2]):
        if start != "default":
            nn.init.constant_(layer.weight, 0.01 * (start == "constant"))
            nn.init.zeros_(layer.bias)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    for _ in range(1000):
        loss = nn.functional.binary_cross_entropy_with_logits(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    losses[start] = loss.item()
    print(f"{start}: loss {losses[start]:.2f}, weight of the hidden layer")
    print(model[0].weight.detach().numpy().round(2) + 0.0)
