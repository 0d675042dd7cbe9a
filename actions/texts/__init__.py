"""Every sentence that the assistant says, one file a language.

To add a language, add its file with the same keys; no code changes.
"""

from actions.texts.loader import languages, say, texts

__all__ = ["languages", "say", "texts"]
