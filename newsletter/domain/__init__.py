"""What an issue says and how it is sent, in plain Python: no Django, no clock, no settings."""
