"""How a venue is laid out in the editor."""

from wagtail.admin.panels import ObjectList, TabbedInterface

VENUE_EDIT_HANDLER = TabbedInterface([ObjectList(["title", "summary"], heading="x")])
