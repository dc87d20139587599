"""brahe's RKF78 with J4 zonals and NRLMSISE-00, Earth rotation only: W1."""

from __future__ import annotations

import numpy as np
from problem import AP, AREA, CD, DAYS, FLUX, MASS, axes, end_height, report, start, timed


def main() -> None:
    import brahe as bh

    bh.set_global_eop_provider_from_static_provider(bh.StaticEOPProvider.from_zero())
    bh.set_global_space_weather_provider(bh.StaticSpaceWeatherProvider.from_values(3.0, AP, FLUX, FLUX, 100))
    epoch = bh.Epoch.from_datetime(2025, 1, 1, 0, 0, 0.0, 0.0, bh.TimeSystem.UTC)
    value = bh.ParameterSource.value
    forces = bh.ForceModelConfig(
        gravity=bh.GravityConfiguration.earth_zonal(bh.ZonalHarmonicsDegree.J4),
        drag=bh.DragConfiguration(model=bh.AtmosphericModel.NRLMSISE00, area=value(AREA), cd=value(CD)),
        mass=value(MASS),
        frame_transform=bh.FrameTransformationModel.EARTH_ROTATION_ONLY,
    )
    method = bh.NumericalPropagationConfig.with_method(bh.IntegrationMethod.RKF78)
    flown = bh.NumericalOrbitPropagator(epoch, start(), method.with_rel_tol(1e-9).with_abs_tol(1e-4), forces, None)
    flown.set_trajectory_mode(bh.TrajectoryMode.DISABLED)

    def work() -> np.ndarray:
        found = [start()]
        for day in range(DAYS):
            flown.propagate_to(epoch + 86_400.0 * (day + 1))
            found.append(np.array(flown.current_state()))
        return np.array(found)

    seconds, states = timed(work)
    report("W1", f"brahe {bh.__version__}, RKF78", seconds, end_km=end_height(axes(states)))


if __name__ == "__main__":
    main()
