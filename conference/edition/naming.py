"""What an edition adds to the vocabulary: the names of its zones."""

from __future__ import annotations

from dataclasses import replace

from conference.edition.model import Edition
from conference.vocabulary import Term, Vocabulary
from conference.vocabulary.terms import LANGUAGES


def with_zones(vocabulary: Vocabulary, edition: Edition) -> Vocabulary:
    """The vocabulary with the edition's zones in place of the usual ones, if it names any.

    A zone of a usual code is still understood by its usual names.
    """
    if not edition.zones:
        return vocabulary
    usual = vocabulary.codes["zone"]
    zones = {}
    for zone in edition.zones:
        known = usual.get(zone.code)
        either = next(iter(zone.name.values()))
        zones[zone.code] = Term(
            zone.code,
            labels={each: zone.name.get(each, either) for each in LANGUAGES},
            aliases={each: known.names(each) if known else () for each in LANGUAGES},
        )
    return replace(vocabulary, codes={**vocabulary.codes, "zone": zones})
