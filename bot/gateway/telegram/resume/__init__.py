"""A résumé's text, out of a file that a stranger sent.

The file is never written anywhere. Its parsers are small, know text only, and run in a process of
their own with little memory, little time and nothing to find: an emptied environment, no files.
"""
