"""A random subset of bounded size out of more features than fit in memory."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


class Thinned:
    """Keeps at most `most` rows of all that are added, each with the same chance.

    Every row draws a number, and the rows with the smallest numbers stay. At most twice as many
    rows as asked for are held.

    Args:
        most: Rows to keep.
        seed: Of the draw.
    """

    def __init__(self, most: int, seed: int) -> None:
        self._most = most
        self._rng = np.random.default_rng(seed)
        self._rows: list[npt.NDArray[np.float32]] = []
        self._keys: list[npt.NDArray[np.float64]] = []
        self._held = 0

    def add(self, rows: npt.NDArray[np.float32]) -> None:
        """Take rows of shape (n, features)."""
        self._rows.append(rows)
        self._keys.append(self._rng.random(len(rows)))
        self._held += len(rows)
        if self._held > 2 * self._most:
            self._thin()

    def rows(self) -> npt.NDArray[np.float32]:
        """What is kept, in the order it was added, shape (at most `most`, features)."""
        self._thin()
        return self._rows[0]

    def _thin(self) -> None:
        rows, keys = np.concatenate(self._rows), np.concatenate(self._keys)
        if len(rows) > self._most:
            kept = np.sort(np.argpartition(keys, self._most - 1)[: self._most])
            rows, keys = rows[kept], keys[kept]
        self._rows, self._keys, self._held = [rows], [keys], len(rows)
