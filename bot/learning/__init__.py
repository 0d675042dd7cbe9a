"""Growing without a programmer: from messages that were declined or put right to examples.

`ciep learn` groups those alike (`grouping`), proposes what they mean (`proposing`), asks somebody
(`deciding`), and adds what they confirm to `nlu_data/` (`examples`).
"""
