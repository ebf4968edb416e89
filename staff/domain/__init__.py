"""Rules of the internal section that need no database."""
