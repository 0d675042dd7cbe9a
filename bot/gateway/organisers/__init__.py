"""The page for organisers under `/organisers/`: insight, contacts and tickets, what was done.

Nothing of it runs in the browser: the pages are templates, the plots are pictures.
"""
