"""Bringing the real conference in: files of every usual sort into the catalogue.

`import_file` reads a file, whatever its format and encoding; maps its columns; reads its values;
compares them with what is stored; and writes what has changed in one transaction:

    formats → delimited, workbook, markup, jsons (linked), feeds, calendars, schedules
                                                               a file as rows
    tables, sheets                                             rows of named values
    headings, wishes                                           columns → our fields
    records (cells, codes, places, salaries, times, events)    values → columns of a record
    identity (ids), storing                                    records → the store
    problems, rules.yml, reporting                             what was wrong, and the mend
"""

from conference.importing.headings import Wishes, fields_of
from conference.importing.importer import Report, Request, import_file
from conference.importing.reporting import report_lines, unmet_wishes, write_spreadsheet
from conference.importing.wishes import read_wishes, with_column, write_mapping

__all__ = [
    "Report",
    "Request",
    "Wishes",
    "fields_of",
    "import_file",
    "read_wishes",
    "report_lines",
    "unmet_wishes",
    "with_column",
    "write_mapping",
    "write_spreadsheet",
]
