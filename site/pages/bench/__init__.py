"""Measuring the site on a made-up city: 20 venues, 400 weekly series, 2,000 single dates."""
