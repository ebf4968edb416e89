"""Schedules, dates and calendar text in plain Python: no Django, no clock, no settings."""
