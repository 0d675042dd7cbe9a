"""Taking everything out again: CSV, JSON, JSON Lines, linked data and iCalendar.

Each format holds all that the importer reads, so that an export imported elsewhere gives the same
catalogue: `flat` says a record in our field names, the writers put that into their format.
"""

from conference.exporting.writers import FORMATS, Exported, export

__all__ = ["FORMATS", "Exported", "export"]
