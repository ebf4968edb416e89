"""Dates as the admin's pickers write them, for whoever reads the admin in English too."""

from config.formats.da.formats import DATE_INPUT_FORMATS as DATE_INPUT_FORMATS
from config.formats.da.formats import DATETIME_INPUT_FORMATS as DATETIME_INPUT_FORMATS
from config.formats.da.formats import TIME_INPUT_FORMATS as TIME_INPUT_FORMATS
