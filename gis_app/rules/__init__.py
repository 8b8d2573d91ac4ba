"""Law as code: one file per instrument, rules in the order of the document. No database here."""
