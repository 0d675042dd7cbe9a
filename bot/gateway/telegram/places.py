"""The conference's city that is nearest to a point of the earth."""

from __future__ import annotations

from functools import cache
from importlib import resources
from math import asin, cos, radians, sin, sqrt

import yaml

FARTHEST = 300.0
"""Kilometres beyond which a city is not "near you"."""

_EARTH = 6371.0


def nearest(latitude: float, longitude: float, *, farthest: float = FARTHEST) -> str | None:
    """The nearest city's code, None when none is near."""
    distance, city = min((_kilometres(latitude, longitude, *at), city) for city, at in _points())
    return city if distance <= farthest else None


@cache
def _points() -> tuple[tuple[str, tuple[float, float]], ...]:
    text = resources.files(__package__).joinpath("places.yml").read_text(encoding="utf-8")
    return tuple((city, (at[0], at[1])) for city, at in yaml.safe_load(text).items())


def _kilometres(
    latitude: float, longitude: float, to_latitude: float, to_longitude: float
) -> float:
    """Along the great circle (haversine)."""
    a, b = radians(latitude), radians(to_latitude)
    step = sin((b - a) / 2) ** 2
    step += cos(a) * cos(b) * sin(radians(to_longitude - longitude) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(min(1.0, step)))
