# SPDX-License-Identifier: MIT
"""Correlated normals and the thresholds that cut them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.core.synthetic.made import generator
from trigpoint.synthetic.latent import FAR_OUT, correlate, cut, draw_normals, lower_root, mix, threshold


@st.composite
def correlation_matrices(draw: st.DrawFn) -> NDArray[np.float64]:
    """Correlations of some sums of independent variables: so they are possible ones."""
    size = draw(st.integers(1, 6))
    loadings = generator(draw(st.integers(0, 10_000))).standard_normal((size, size + 3))
    loadings /= np.sqrt((loadings**2).sum(axis=1))[:, None]
    matrix = loadings @ loadings.T
    np.fill_diagonal(matrix, 1.0)
    return np.asarray((matrix + matrix.T) / 2)


def test_the_root_of_two_correlated_variables_is_cosine_and_sine() -> None:
    # cos = 0.6, sin = sqrt(1 - 0.36) = 0.8
    assert lower_root([[1.0, 0.6], [0.6, 1.0]]) == ((1.0,), (0.6, 0.8))


@given(correlation_matrices())
def test_the_root_times_itself_is_the_matrix(matrix: NDArray[np.float64]) -> None:
    root = np.zeros(matrix.shape)
    for i, row in enumerate(lower_root(matrix.tolist())):
        root[i, : len(row)] = row

    assert root @ root.T == pytest.approx(matrix, abs=1e-12)
    assert root == pytest.approx(np.linalg.cholesky(matrix), abs=1e-9)


@pytest.mark.parametrize("matrix", [[[1.0, 1.0], [1.0, 1.0]], [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]])
def test_correlations_that_cannot_be_are_refused(matrix: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="not positive definite"):
        lower_root(matrix)


def test_correlated_normals_correlate_as_asked() -> None:
    wanted = [[1.0, 0.7, -0.2], [0.7, 1.0, 0.1], [-0.2, 0.1, 1.0]]

    made = correlate(draw_normals(generator(1), 20_000, 3), lower_root(wanted))

    assert np.corrcoef(made, rowvar=False) == pytest.approx(np.array(wanted), abs=0.02)
    assert made.std(axis=0) == pytest.approx(np.ones(3), abs=0.02)


def test_correlating_is_a_matrix_product_rounded_to_six_digits() -> None:
    normals = draw_normals(generator(2), 50, 2)

    made = correlate(normals, ((1.0,), (0.6, 0.8)))

    assert np.array_equal(made, np.round(made, 6))
    assert made == pytest.approx(normals @ np.array([[1, 0], [0.6, 0.8]]).T, abs=1e-6)


def test_normals_are_rounded_so_that_the_last_bit_of_a_logarithm_does_not_count() -> None:
    drawn = draw_normals(generator(3), 4, 5)

    assert drawn.shape == (4, 5)
    assert np.array_equal(drawn, np.round(drawn, 6))


@pytest.mark.parametrize(
    ("share", "expected"),
    # the percentage points of the normal table
    [(0.5, 0.0), (0.975, 1.959964), (0.025, -1.959964), (0.8413447460685429, 1.0)],
)
def test_thresholds_are_those_of_the_normal_table(share: float, expected: float) -> None:
    assert threshold(share) == expected


@pytest.mark.parametrize(("share", "expected"), [(0, -FAR_OUT), (-1e-9, -FAR_OUT), (1, FAR_OUT), (1.0000001, FAR_OUT)])
def test_a_share_of_nobody_or_everybody_lies_beyond_every_draw(share: float, expected: float) -> None:
    assert threshold(share) == expected


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_never_has_a_lower_threshold(one: float, other: float) -> None:
    low, high = sorted([one, other])

    assert threshold(low) <= threshold(high)


def test_classes_get_their_shares_lowest_first() -> None:
    normals = draw_normals(generator(4), 40_000)

    positions = cut(normals, [0.1, 0.0, 0.6, 0.3])

    assert np.bincount(positions, minlength=4) / 40_000 == pytest.approx(np.array([0.1, 0.0, 0.6, 0.3]), abs=0.01)
    assert normals[positions == 0].max() < normals[positions == 2].min()


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=6), st.floats(0.5, 20))
def test_only_the_proportions_of_shares_count(shares: list[float], scale: float) -> None:
    # a draw on the very limit may fall either way by the rounding of the limit, so the draws stand off it
    normals = np.linspace(-3, 3, 61)
    away = np.array([abs(normals - threshold(sum(shares[: at + 1]) / sum(shares))) for at in range(len(shares))])
    kept = normals[(away > 1e-4).all(axis=0)]

    assert np.array_equal(cut(kept, shares), cut(kept, [share * scale for share in shares]))


def test_no_class_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="come to 0"):
        cut(np.zeros(3), [0.0, 0.0])


def test_a_loading_of_0_is_all_own_and_of_1_all_factor() -> None:
    factor, own = draw_normals(generator(5), 2, 10)

    assert np.array_equal(mix(factor, own, 0.0), own)
    assert np.array_equal(mix(factor, own, 1.0), factor)


@given(st.floats(0, 1))
def test_mixing_keeps_the_spread_and_gives_the_loading_as_correlation(loading: float) -> None:
    factor, own = draw_normals(generator(6), 2, 20_000)

    mixed = mix(factor, own, loading)

    assert mixed.std() == pytest.approx(1, abs=0.02)
    assert float(np.corrcoef(factor, mixed)[0, 1]) == pytest.approx(loading, abs=0.02)
    assert math.isfinite(float(mixed.max()))
