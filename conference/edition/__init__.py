"""An edition of the conference: what is said of it in one folder, `conference.yml` and `facts.yml`.

Whoever starts a process opens it once and hands it on; nothing here remembers which one is in use.
"""

from conference.edition.facts import TOPICS, Fact, Source
from conference.edition.model import Contact, Edition, Figure, Hours, Zone
from conference.edition.naming import with_zones
from conference.edition.opening import SHIPPED, open_edition, read_edition, shipped_edition

__all__ = [
    "SHIPPED",
    "TOPICS",
    "Contact",
    "Edition",
    "Fact",
    "Figure",
    "Hours",
    "Source",
    "Zone",
    "open_edition",
    "read_edition",
    "shipped_edition",
    "with_zones",
]
