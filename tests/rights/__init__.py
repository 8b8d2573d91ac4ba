"""Who may see and do what, and where."""
