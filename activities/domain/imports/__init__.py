"""Reading calendars that others keep: from the lines of a file to single dates, event by event.

A calendar file is foreign and often broken. Each module does one step and says what it could not
use as `values.Problem`; nothing here fetches, stores, words a message or asks what time it is.
"""
