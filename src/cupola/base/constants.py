"""Physical constants, SI, each with its source."""

MU_EARTH = 3.986004418e14
"""Geocentric gravitational constant [m3/s2]. Source: IERS Conventions (2010), table 1.1."""
EARTH_RADIUS = 6_378_137.0
"""Equatorial radius [m]; mean altitudes are counted from it. Source: WGS 84."""
EARTH_FLATTENING = 1.0 / 298.257223563
"""Source: WGS 84."""
EARTH_ROTATION = 7.2921150e-5
"""Rotation rate [rad/s]. Source: IERS Conventions (2010), table 1.1."""
J2 = 1.0826359e-3
"""Second zonal harmonic, zero-tide. Source: IERS Conventions (2010), table 1.1 (EGM2008)."""
J3 = -2.5324105e-6
"""Third zonal harmonic: -sqrt(7) times the normalised C30 of EGM2008.

Source: Pavlis et al., J. Geophys. Res. 117 (2012), B04406."""
J4 = -1.6198976e-6
"""Fourth zonal harmonic: -3 times the normalised C40 of EGM2008, tide-free. Source: as for J3."""
J6_TO_J14 = (5.4066658e-7, -2.0399313e-7, -2.4439077e-7, -1.8218096e-7, 1.2207154e-7)
"""Even zonal harmonics from the sixth to the fourteenth: -sqrt(2n + 1) times the normalised C of EGM2008.

Source: as for J3; worked out from a library's gravity of that model, which gives J3 and J4 to all digits above."""
STANDARD_GRAVITY = 9.80665
"""[m/s2], for specific impulse in seconds. Source: 3rd CGPM (1901)."""
