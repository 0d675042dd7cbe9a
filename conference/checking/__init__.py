"""Looking an edition over before the conference: its files, and the records in the store."""

from conference.checking.files import check_files
from conference.checking.records import check_records
from conference.checking.wording import wording

__all__ = ["check_files", "check_records", "wording"]
