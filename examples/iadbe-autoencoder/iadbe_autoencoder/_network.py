"""The network and its training, as anyone would write them in PyTorch; knows nothing of IADBE."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional


class Autoencoder(nn.Module):
    """Halves the image four times, and back; takes any image size."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        a, b, c = channels, 2 * channels, 4 * channels
        self.encoder = nn.Sequential(*_halve(3, a), *_halve(a, b), *_halve(b, c), *_halve(c, c))
        self.decoder = nn.Sequential(*_double(c, c), *_double(c, b), *_double(b, a), *_double(a, a))
        self.colour = nn.Conv2d(a, 3, kernel_size=3, padding=1)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Reconstruct images of shape (n, 3, height, width) in [0, 1]."""
        decoded = self.decoder(self.encoder(images))
        decoded = functional.interpolate(decoded, size=images.shape[2:])
        return torch.sigmoid(self.colour(decoded))


def _halve(inputs: int, outputs: int) -> list[nn.Module]:
    return [nn.Conv2d(inputs, outputs, kernel_size=3, stride=2, padding=1), nn.ReLU()]


def _double(inputs: int, outputs: int) -> list[nn.Module]:
    upsample = nn.Upsample(scale_factor=2)
    return [upsample, nn.Conv2d(inputs, outputs, kernel_size=3, padding=1), nn.ReLU()]


def train(
    network: Autoencoder, images: np.ndarray, epochs: int, lr: float, batch_size: int
) -> list[float]:
    """Train in place on images of shape (n, height, width, 3); gives the loss of every step."""
    losses = []
    optimizer = torch.optim.Adam(network.parameters(), lr=lr)
    pixels = _as_batch(images, network)
    for _ in range(epochs):
        for batch in pixels[torch.randperm(len(pixels))].split(batch_size):
            optimizer.zero_grad()
            loss = functional.mse_loss(network(batch), batch)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    network.eval()
    return losses


@torch.inference_mode()
def squared_errors(network: Autoencoder, images: np.ndarray) -> np.ndarray:
    """The squared error of each pixel, mean of its colours, shape (n, height, width)."""
    pixels = _as_batch(images, network)
    return (network(pixels) - pixels).square().mean(dim=1).cpu().numpy()


def _as_batch(images: np.ndarray, network: Autoencoder) -> torch.Tensor:
    """A tensor of shape (n, 3, height, width) where the network is."""
    return (
        torch.from_numpy(images).permute(0, 3, 1, 2).contiguous().to(network.colour.weight.device)
    )
