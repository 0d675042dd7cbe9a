"""Moments as text."""

from __future__ import annotations

from datetime import datetime

from conference.moments import iso_utc, utc_now


def test_a_moment_is_kept_in_utc_and_in_order() -> None:
    moments = [
        "2020-09-08T07:59:59.500000+08:00",
        "2020-09-08T00:00+00:00",
        "2020-09-08T08:00:00.100000+08:00",
    ]
    kept = [iso_utc(datetime.fromisoformat(each)) for each in moments]
    assert kept == [
        "2020-09-07T23:59:59.500000+00:00",
        "2020-09-08T00:00:00.000000+00:00",
        "2020-09-08T00:00:00.100000+00:00",
    ]
    assert kept == sorted(kept)


def test_now_has_its_zone() -> None:
    assert iso_utc(utc_now()).endswith("+00:00")
