"""How an activity is laid out in the editor."""

from wagtail.admin.panels import ObjectList, TabbedInterface

ACTIVITY_EDIT_HANDLER = TabbedInterface([ObjectList(["title", "summary"], heading="x")])
