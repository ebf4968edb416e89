"""The demo municipality Eksempelby: content in `data/`, and what puts it in the database.

Everything is worked out from one day, so the same day always gives the same municipality.
"""

from pages.demo.load import AlreadyLoaded, DemoResult, load_demo

__all__ = ["AlreadyLoaded", "DemoResult", "load_demo"]
