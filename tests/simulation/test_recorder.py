"""The recorder keeps what happened where, with its causes."""

import numpy as np

from cupola.simulation.recorder import Recorder


def test_an_event_is_kept_for_the_futures_it_happened_in() -> None:
    recorder = Recorder(4)
    recorder.day = 12
    mask = np.array([False, True, False, True])
    cause = recorder.code("statement/said")
    by_future = np.array([0, cause, 0, 0], dtype=np.int32)
    code = recorder.event("lost", "arm", mask, (by_future,), value=np.arange(4.0), unit="kg")
    (day, kind, subject, hit, value, unit, causes, _) = recorder.events[0]
    assert (day, kind, subject, unit) == (12, "lost", "arm", "kg")
    assert hit.tolist() == [1, 3]
    assert np.asarray(value).tolist() == [1.0, 3.0]
    assert [recorder.keys[number] for number in np.asarray(causes[0])] == ["statement/said", ""]
    assert recorder.keys[code] == "lost/arm"


def test_nothing_is_kept_where_nothing_happened() -> None:
    recorder = Recorder(2)
    recorder.event("lost", "arm", np.zeros(2, dtype=bool))
    assert recorder.events == []
