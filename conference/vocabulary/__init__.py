"""The codes of the domain with their names and aliases in English and Chinese.

What people type for a code (the gazetteer) and what they are shown (labels) both come from here.
The data stands in the YAML files beside this module, in simplified Chinese.
"""

from conference.vocabulary.in_use import using, vocabulary_in_use
from conference.vocabulary.loader import load_vocabulary
from conference.vocabulary.terms import City, Country, Region, Term, Vocabulary

__all__ = [
    "City",
    "Country",
    "Region",
    "Term",
    "Vocabulary",
    "load_vocabulary",
    "using",
    "vocabulary_in_use",
]
