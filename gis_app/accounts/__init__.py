"""People and programs that sign in: their passwords, sessions, tokens and roles."""
