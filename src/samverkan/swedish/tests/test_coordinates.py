from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from samverkan.swedish.coordinates import to_latitude_longitude, to_sweref99tm

LATITUDES = st.floats(55, 69.1)
LONGITUDES = st.floats(10.5, 24.2)
TRANSFORMER = Transformer.from_crs("EPSG:4326", "EPSG:3006")


@given(LATITUDES, LONGITUDES)
def test_the_plane_coordinates_agree_with_proj_to_a_millimetre(
    latitude: float, longitude: float
) -> None:
    north, east = TRANSFORMER.transform(latitude, longitude)
    assert to_sweref99tm(latitude, longitude) == pytest.approx((east, north), abs=1e-3)


@given(LATITUDES, LONGITUDES)
def test_there_and_back_is_the_same_point(latitude: float, longitude: float) -> None:
    east, north = to_sweref99tm(latitude, longitude)
    assert to_latitude_longitude(east, north) == pytest.approx((latitude, longitude), abs=1e-8)


@pytest.mark.parametrize(("latitude", "longitude"), [(0, 0), (59, 60), (-59, 15)])
def test_a_point_far_from_sweden_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="Sweden"):
        to_sweref99tm(latitude, longitude)
