"""Intake: a file of wells or zones is read, matched, checked, previewed, committed or undone."""
