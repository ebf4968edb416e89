"""Venues, opening hours and activities from and to spreadsheets."""
