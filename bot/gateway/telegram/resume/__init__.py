"""A résumé's text, out of a file that a stranger sent.

The file is never written anywhere. What reads it looks for text only, in a process of its own for
each file, of which two run at a time. The process has 512 MB of memory, 5 s of processor and 15 s
of time, writes no file and has an emptied environment. What it may read, start and connect to is
not limited: it has our user id, so a hole in the reader's libraries would reach what we reach.
"""
