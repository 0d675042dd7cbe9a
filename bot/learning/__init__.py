"""Growing without a programmer: from messages declined or answered badly to examples.

`ciep learn` groups those alike (`grouping`), proposes what they mean (`proposing`), asks somebody
(`deciding`), and adds what they confirm to `nlu_data/` (`examples`).
"""
