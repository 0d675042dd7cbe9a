"""What people ask of the assistant, counted without names from the conversations that are kept."""

from conference.insight.figures import DAYS_KEPT, insight
from conference.insight.tables import HIDDEN, Table
from conference.insight.wording import heading, label, title, written

__all__ = ["DAYS_KEPT", "HIDDEN", "Table", "heading", "insight", "label", "title", "written"]
