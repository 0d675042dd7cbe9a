"""A résumé's text, out of a file that a stranger sent.

The file is never written anywhere. What reads it looks for text only, and runs in a process of
its own with little memory, little time and nothing to find: an emptied environment, no files.
"""
