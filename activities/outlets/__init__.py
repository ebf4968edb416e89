"""Where an activity goes besides our own pages: one module each, and what was handed over."""
