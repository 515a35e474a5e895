# SPDX-License-Identifier: MIT
"""Shares that were printed of the real rounds, and what became of the same trusts."""

from __future__ import annotations

import pytest

from tests.oracles.test_golden_rounds import framework, intake, scores
from trigpoint.analysis.shares import analyse_shares, in_band, who_answered

AGREE = ("mostly_agree", "agree_completely")


def agreeing(version, question):
    return who_answered(intake(version).answers, framework(version), question, AGREE)


def test_high_readiness_rose_from_65_to_83_per_cent_of_trusts():
    found = analyse_shares(*(in_band(scores(version), "readiness", "high") for version in ("2015-16", "2017"))).numbers

    assert found.first.share == pytest.approx(0.65, abs=0.01)
    assert found.second.share == pytest.approx(0.83, abs=0.015)
    assert found.test.mid < 0.001
    assert found.counts.only_second > 4 * found.counts.only_first


def test_low_capability_fell_from_51_to_16_per_cent():
    found = analyse_shares(
        *(in_band(scores(version), "capabilities", "low") for version in ("2015-16", "2017"))
    ).numbers

    assert found.first.share == pytest.approx(0.51, abs=0.015)
    assert found.second.share == pytest.approx(0.16, abs=0.015)


def test_nearly_every_board_has_a_sponsor():
    found = analyse_shares(agreeing("2015-16", "board_sponsor"), agreeing("2017", "board_sponsor")).numbers

    assert found.first.share == pytest.approx(0.907, abs=0.01)
    assert found.second.share == pytest.approx(0.974, abs=0.01)
    assert found.counts.only_second > found.counts.only_first


def test_clinical_leadership_rose_from_74_to_89_per_cent():
    found = analyse_shares(agreeing("2015-16", "clinical_leadership"), agreeing("2017", "clinical_leadership")).numbers

    assert found.first.share == pytest.approx(0.743, abs=0.01)
    assert found.second.share == pytest.approx(0.892, abs=0.01)
    assert found.test.mid < 0.001
