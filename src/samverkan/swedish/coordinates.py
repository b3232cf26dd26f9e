"""Latitude and longitude to SWEREF 99 TM and back.

Question answered: where on Sweden's plane grid, in metres, does a point given in WGS 84 lie?
Guarantee: within a millimetre of Lantmäteriet's own transformation inside Sweden (SWEREF 99 and
WGS 84 are taken as the same, which they are to within half a metre).
Not for: points more than ten degrees from the central meridian 15 E; they are refused.
Source: Lantmäteriet, "Gauss Conformal Projection (Transverse Mercator)", Krüger's formulas.
"""

from __future__ import annotations

import math

CENTRAL_MERIDIAN = math.radians(15.0)
SCALE = 0.9996
FALSE_EASTING = 500_000.0
_AXIS = 6_378_137.0
_FLATTENING = 1 / 298.257222101
_SQUARED_ECCENTRICITY = _FLATTENING * (2 - _FLATTENING)
_THIRD = _FLATTENING / (2 - _FLATTENING)
_RADIUS = _AXIS / (1 + _THIRD) * (1 + _THIRD**2 / 4 + _THIRD**4 / 64)

_FORWARD = (
    _THIRD / 2 - 2 * _THIRD**2 / 3 + 5 * _THIRD**3 / 16 + 41 * _THIRD**4 / 180,
    13 * _THIRD**2 / 48 - 3 * _THIRD**3 / 5 + 557 * _THIRD**4 / 1440,
    61 * _THIRD**3 / 240 - 103 * _THIRD**4 / 140,
    49561 * _THIRD**4 / 161280,
)
_INVERSE = (
    _THIRD / 2 - 2 * _THIRD**2 / 3 + 37 * _THIRD**3 / 96 - _THIRD**4 / 360,
    _THIRD**2 / 48 + _THIRD**3 / 15 - 437 * _THIRD**4 / 1440,
    17 * _THIRD**3 / 480 - 37 * _THIRD**4 / 840,
    4397 * _THIRD**4 / 161280,
)


def to_sweref99tm(latitude: float, longitude: float) -> tuple[float, float]:
    """(east, north) in metres of a point in degrees; ValueError far from Sweden."""
    if not (45 <= latitude <= 80 and 5 <= longitude <= 30):
        raise ValueError("the point lies too far from Sweden for SWEREF 99 TM")
    phi = math.radians(latitude)
    eccentricity = math.sqrt(_SQUARED_ECCENTRICITY)
    sine = math.sin(phi)
    conformal = math.atan(
        math.sinh(math.atanh(sine) - eccentricity * math.atanh(eccentricity * sine))
    )
    difference = math.radians(longitude) - CENTRAL_MERIDIAN
    xi = math.atan2(math.tan(conformal), math.cos(difference))
    eta = math.atanh(math.cos(conformal) * math.sin(difference))
    north = xi
    east = eta
    for order, weight in enumerate(_FORWARD, start=1):
        north += weight * math.sin(2 * order * xi) * math.cosh(2 * order * eta)
        east += weight * math.cos(2 * order * xi) * math.sinh(2 * order * eta)
    return SCALE * _RADIUS * east + FALSE_EASTING, SCALE * _RADIUS * north


def to_latitude_longitude(east: float, north: float) -> tuple[float, float]:
    """(latitude, longitude) in degrees of a point in SWEREF 99 TM metres."""
    xi = north / (SCALE * _RADIUS)
    eta = (east - FALSE_EASTING) / (SCALE * _RADIUS)
    xi_prime, eta_prime = xi, eta
    for order, weight in enumerate(_INVERSE, start=1):
        xi_prime -= weight * math.sin(2 * order * xi) * math.cosh(2 * order * eta)
        eta_prime -= weight * math.cos(2 * order * xi) * math.sinh(2 * order * eta)
    conformal = math.asin(math.sin(xi_prime) / math.cosh(eta_prime))
    longitude = CENTRAL_MERIDIAN + math.atan2(math.sinh(eta_prime), math.cos(xi_prime))
    return math.degrees(_geodetic(conformal)), math.degrees(longitude)


def _geodetic(conformal: float) -> float:
    """The geodetic latitude whose conformal latitude is given: a contraction, five rounds do."""
    eccentricity = math.sqrt(_SQUARED_ECCENTRICITY)
    target = math.asinh(math.tan(conformal))
    phi = conformal
    for _round in range(8):
        sine = math.sin(phi)
        phi = math.asin(math.tanh(target + eccentricity * math.atanh(eccentricity * sine)))
    return phi
