"""Answers as messages: what a person reads, the buttons, and `custom` for programs.

Pure functions of records and queries; nothing here searches, remembers or sends.
"""

from actions.presenting.answers import present_answer
from actions.presenting.choices import Reading, present_choose, present_clarify
from actions.presenting.counts import present_count
from actions.presenting.describing import describe, ids_in, names_of
from actions.presenting.detail import present_detail
from actions.presenting.feedback import judged, present_feedback
from actions.presenting.lists import (
    present_agenda,
    present_alerts,
    present_contact_consent,
    present_contacts,
    present_saved,
)
from actions.presenting.matches import present_matches
from actions.presenting.message import Message
from actions.presenting.results import present_results
from actions.presenting.talk import (
    present_declined,
    present_fallback,
    present_goodbye,
    present_greeting,
    present_handoff,
    present_help,
    present_language,
    present_learning,
    present_privacy,
)

__all__ = [
    "Message",
    "Reading",
    "describe",
    "ids_in",
    "judged",
    "names_of",
    "present_agenda",
    "present_alerts",
    "present_answer",
    "present_choose",
    "present_clarify",
    "present_contact_consent",
    "present_contacts",
    "present_count",
    "present_declined",
    "present_detail",
    "present_fallback",
    "present_feedback",
    "present_goodbye",
    "present_greeting",
    "present_handoff",
    "present_help",
    "present_language",
    "present_learning",
    "present_matches",
    "present_privacy",
    "present_results",
    "present_saved",
]
