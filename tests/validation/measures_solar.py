"""Comparisons of the sampler of the Sun's futures with how far archived forecasts were off."""

from __future__ import annotations

import numpy as np
from scoreboard import Row, measure
from solar_falls import shares
from solar_found import (
    LEADS,
    NAMES,
    ap_held,
    ap_shares,
    averaged,
    chosen,
    half_years,
    held,
    over,
    past,
    persistence,
    reach,
    sampled_standings,
)

from cupola.physics.solar_sampler import width

SOURCE = "MSFC issues 1999-03 to 2026-03 against smoothed flux and Ap (CSSI)"


@measure
def solar_futures() -> list[Row]:
    """How often the truth lay within 90 % of the futures of the flux, by the time since the issue."""
    issues = past()
    parts = [chosen(issues, part) for part in (0, 1)]
    found = [held(parts[one].standing(), reach(parts[1 - one].standing())) for one in (0, 1)]
    naive = [persistence(parts[one], parts[1 - one]) for one in (0, 1)]
    size = [[int(np.isfinite(part.came[:, a:b]).sum()) for a, b in LEADS] for part in parts]
    both, last = (np.average(rows, axis=0, weights=size) for rows in (found, [one[0] for one in naive]))
    shipped = np.array([width(30.4375 * 0.5 * (begin + end)) for begin, end in LEADS])
    everywhere, published, old = (
        held(issues.standing(), factors) for factors in (shipped, np.ones(6), np.full(6, 1.2))
    )
    own = held(past(own=True).standing(), shipped)
    rows = []
    for place, (begin, end) in enumerate(LEADS):
        span = issues.levels[:, :, begin:end]
        apart = float(np.mean(span[:, 2] - span[:, 0])) * shipped[place]
        wide = float(np.mean([one[1][place] for one in naive]))
        rows.append(
            Row(
                f"futures of the Sun: flux {NAMES[place]} after the issue, truth within the sampler's 5 to 95 %",
                f"{SOURCE}; of two parts in blocks of three years each measured with widths of the other",
                f"{100.0 * both[place]:.0f} % ({100.0 * found[0][place]:.0f} and {100.0 * found[1][place]:.0f} %); as "
                f"shipped, calibrated on both, {100.0 * everywhere[place]:.0f} %, a band of {apart:.0f} sfu; forecasts "
                f"from past cycles as of 1960 to 1998 {100.0 * own[place]:.0f} %",
                f"90 %; 1.2 times the published band {100.0 * old[place]:.0f} %; last value known with the other "
                f"part's errors {100.0 * last[place]:.0f} %, {wide:.0f} sfu",
                float(abs(both[place] - 0.9)),
                0.05,
                "%",
                float(abs(published[place] - 0.9)),
                f"the published band, {100.0 * published[place]:.0f} %",
            )
        )
    return rows


@measure
def solar_memory() -> list[Row]:
    """How fast a future's standing wanders: what is left of its spread in the mean of five years."""
    real, cycles = (averaged(past(own=own).standing(), 0, 60) for own in (False, True))
    futures = averaged(sampled_standings().T, 0, 60)
    return [
        Row(
            "futures of the Sun: spread of the standing in the mean of five years, as a share of one month's",
            f"{SOURCE}; forecasts from past cycles as of 1960 to 1998",
            f"{futures:.2f}",
            f"{real:.2f}; from past cycles {cycles:.2f}",
            abs(futures - real),
            0.1,
            "",
            1.0 - real,
            "the same standing for ever",
        )
    ]


@measure
def solar_half_years() -> list[Row]:
    """The flux of the six months after an issue, which is not the smoothed one."""
    found = half_years()
    return [
        Row(
            "futures of the Sun: effective flux of the six months after an issue, in the mean, within 5 to 95 %",
            f"{SOURCE}; swing about the smoothed flux measured on 1958 to 2025",
            f"{100.0 * found['sampler']:.0f} %",
            f"90 %; without the months' swing {100.0 * found['no swings']:.0f} %",
            abs(found["sampler"] - 0.9),
            0.05,
            "%",
            abs(found["published"] - 0.9),
            f"the published band, {100.0 * found['published']:.0f} %",
        )
    ]


@measure
def solar_ap() -> list[Row]:
    """Levels of Ap."""
    issues = past("ap")
    rows = []
    for place, (begin, end) in enumerate(LEADS):
        parts = [chosen(issues, part) for part in (0, 1)]
        found = [ap_held(parts[one], ap_shares(parts[1 - one], begin, end), begin, end) for one in (0, 1)]
        size = [int(np.isfinite(part.came[:, begin:end]).sum()) for part in parts]
        share, above = np.average(found, axis=0, weights=size)
        before, over_middle = ap_held(issues, None, begin, end)
        rows.append(
            Row(
                f"futures of the Sun: Ap {NAMES[place]} after the issue, truth within the sampler's 5 to 95 %",
                f"{SOURCE}; of two parts in blocks of three years each measured with shares of the other",
                f"{100.0 * share:.0f} %, above the middle {100.0 * above:.0f} %",
                f"90 %, 50 %; published {100.0 * before:.0f} %, above the middle {100.0 * over_middle:.0f} %",
                float(abs(share - 0.9)),
                0.1,
                "%",
                abs(before - 0.9),
                "the published band",
            )
        )
    return rows


@measure
def solar_days() -> list[Row]:
    """Density in the mean of half a year, by daily indices and by smoothed ones."""
    year, plain, acted = over(184.0)
    odd = year % 2 == 1
    return [
        Row(
            "density at 400 km, mean of half a year: smoothed flux, 0.84 of the smoothed Ap, against daily indices",
            "NRLMSISE-00, indices of odd years 1959 to 2025 (CSSI); the share was found with even and odd years alike",
            f"off by {100.0 * (1.0 / float(acted[odd].mean()) - 1.0):+.2f} % in the mean, half years scatter by "
            f"{100.0 * float(np.log(acted[odd]).std()):.0f} %",
            "0",
            float(abs(acted[odd].mean() - 1.0)),
            0.01,
            "%",
            float(abs(plain[odd].mean() - 1.0)),
            "the smoothed Ap as it is",
        )
    ]


@measure
def solar_falls() -> list[Row]:
    """The end of a craft whose drag and air are known, by the futures of the Sun alone."""
    share, wide, off, count = shares("sampler")
    before, apart, missed, _ = shares("ever")
    return [
        Row(
            f"futures of the Sun: {count} falls from 410 and 460 km, forecast each July 1999 to 2018, within 5 to 95 %",
            "the same fall with the indices observed until 2026-07 (CSSI); Cd A/m and air model alike on both sides",
            f"{100.0 * share:.0f} %; time to 95 % {np.exp(wide):.1f} times that to 5 %; the middle off by "
            f"{100.0 * off:.0f} % (RMS)",
            f"90 %; at 1.2 times the published band for ever {100.0 * before:.0f} %, {np.exp(apart):.1f} times, "
            f"{100.0 * missed:.0f} %",
            abs(share - 0.9),
            0.08,
            "%",
        )
    ]
