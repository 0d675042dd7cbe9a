"""Every sentence that the assistant says, one file a language.

To add a language, add its file with the same keys; nothing here names one.
"""

from actions.texts.loader import languages, say, texts

__all__ = ["languages", "say", "texts"]
