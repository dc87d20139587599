"""Picking futures and ports by index, for what concerns few futures at a time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from cupola.simulation.calendar import NOBODY, Places
from cupola.simulation.state import Mask


def one_a_future(places: Places, futures: Places) -> tuple[Places, Places]:
    """The first place of each future, and the rest: of two ships of one future the first is done before the second."""
    if len(set(futures.tolist())) == len(places):
        return places, NOBODY
    _, first = np.unique(futures, return_index=True)
    now = np.zeros(len(places), dtype=bool)
    now[first] = True
    return places[now], places[~now]


def first_choice(choices: Places, there: Mask) -> Places:
    """The first of each row's ports that is there in its column, or -1."""
    # A choice of -1 looks into the row put below the ports, where nothing is.
    padded = np.concatenate([there, np.zeros((1, there.shape[1]), dtype=bool)])
    columns = np.arange(len(choices))
    best = padded[choices, columns[:, None]].argmax(axis=1)
    port = choices[columns, best]
    found: Places = np.where(padded[port, columns], port, -1)
    return found


def groups(numbers: Places) -> Iterator[tuple[int, slice]]:
    """The runs of equal numbers in a sorted array: each number with its slice."""
    if not numbers.size:
        return
    cuts = [0, *(np.flatnonzero(numbers[1:] != numbers[:-1]) + 1).tolist(), len(numbers)]
    for start, stop in itertools.pairwise(cuts):
        yield int(numbers[start]), slice(start, stop)
