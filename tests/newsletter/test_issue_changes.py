"""What counts as a change of a newsletter: Wagtail makes a new version, to be approved again."""

import pytest
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from newsletter.models import IssuePage
from tests.factories.core import make_user
from tests.factories.issues import make_issue, make_newsletters, shared_block

TYPED = {
    "heading": "Det sker",
    "period": "14",
    "first": "",
    "last": "",
    "most": "20",
    "empty_text": "",
}


@pytest.mark.parametrize(
    ("typed", "changed"),
    [({}, []), ({"most": "5"}, ["body"]), ({"heading": ""}, ["body"])],
    ids=["as it was", "another number", "a broken block"],
)
def test_letter_is_changed_when_a_block_says_something_else(home, typed, changed):
    made = make_issue(make_newsletters(home.home), "Uge 48", shared_block())
    issue = IssuePage.objects.get(pk=made.pk)
    body = streamfield([("shared", TYPED | typed)])
    body["0"]["id"] = issue.body[0].id

    form = form_of(issue, body)

    assert [name for name in form.changed_data if name == "body"] == changed


def form_of(issue, body):
    data = {
        "title": issue.title,
        "slug": issue.slug,
        "topic": issue.topic_id,
        "subject": issue.subject,
        "preheader": issue.preheader,
        "greeting": rich_text(issue.greeting, features=["bold", "link", "ul", "ol"]),
        "search_description": "",
        "body": body,
    }
    form_class = IssuePage.get_edit_handler().get_form_class()
    form = form_class(nested_form_data(data), instance=issue, for_user=make_user(admin=True))
    form.is_valid()
    return form
