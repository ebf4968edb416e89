"""Where the content and the audience of each kind of dispatch come from.

Whoever makes a kind registers it when the app is ready; the engine that sends knows no kind by
name.

    register_kind(DispatchKind.WEEKLY, content=weekly.content_for, audience=weekly.audience_of)
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsletter.domain.content import IssueContent
    from newsletter.models import Dispatch

# A dispatch and the present moment (aware) -> what it says, or None when there is nothing.
ContentOf = Callable[["Dispatch", dt.datetime], "IssueContent | None"]
# Readers who have the topic, and the dispatch -> those of them it is for. Filters without joins:
# the result is the SELECT of an INSERT.
AudienceOf = Callable[[Any, "Dispatch"], Any]


def everybody(readers: Any, dispatch: "Dispatch") -> Any:
    """All who have the topic."""
    return readers


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes one kind of dispatch."""

    content: ContentOf
    audience: AudienceOf = everybody


class UnknownKindError(LookupError):
    """Nobody has registered this kind of dispatch."""


_KINDS: dict[str, Kind] = {}


def register_kind(name: str, *, content: ContentOf, audience: AudienceOf = everybody) -> None:
    """Say where the content and audience of dispatches of kind `name` come from."""
    _KINDS[str(name)] = Kind(content, audience)


def kind_of(dispatch: "Dispatch") -> Kind:
    """Return what makes `dispatch`; UnknownKindError when nobody said."""
    try:
        return _KINDS[dispatch.kind]
    except KeyError:
        raise UnknownKindError(dispatch.kind) from None
