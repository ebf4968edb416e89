"""Checks of what an editor writes, in the side panel "Checks" of the page editor."""
