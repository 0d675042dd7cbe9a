"""What can go wrong in the data, as one tree:

ConferenceError
├── DatabaseError      the store cannot be reached, read or brought up to date
└── EditionError       the edition's conference.yml or facts.yml cannot be used

Each message is one line: what was given, what is wrong with it and how to mend it.
"""

from __future__ import annotations


class ConferenceError(Exception):
    """Any error of this package that a person can mend."""


class DatabaseError(ConferenceError):
    """The database cannot be used; the message says which and what to do about it."""


class EditionError(ConferenceError):
    """The edition cannot be used; the message says which file and key, and what to do about it."""
