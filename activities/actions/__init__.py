"""Everything that writes what happens, when. Views, hooks, tasks and tests call the same here."""

from activities.actions.changes import (
    cancel_dates,
    count_free_places,
    record_change,
    undo_change,
)
from activities.actions.deletion import awaited_dates, write_tombstone
from activities.actions.head_counts import count_heads, withdraw_count
from activities.actions.hosting import (
    HostingError,
    answer_invitation,
    change_lead_host,
    hand_over_hosting,
    invite_host,
    name_lead_host,
)
from activities.actions.refresh import (
    activities_below,
    activities_of_venue,
    drop_old_dates,
    horizon_of,
    local_day,
    recurrence_id,
    refresh_activity,
    refresh_many,
    refresh_venue,
    stale_activities,
)
from activities.actions.series import change_from, first_of_series
from activities.actions.stops import (
    cancel_for_closure,
    close_venue,
    dates_while_closed,
    next_start,
    stop_activity,
    undo_batch,
)
from activities.actions.verification import verify_activity

__all__ = [
    "HostingError",
    "activities_below",
    "activities_of_venue",
    "answer_invitation",
    "awaited_dates",
    "cancel_dates",
    "cancel_for_closure",
    "change_from",
    "change_lead_host",
    "close_venue",
    "count_free_places",
    "count_heads",
    "dates_while_closed",
    "drop_old_dates",
    "first_of_series",
    "hand_over_hosting",
    "horizon_of",
    "invite_host",
    "local_day",
    "name_lead_host",
    "next_start",
    "record_change",
    "recurrence_id",
    "refresh_activity",
    "refresh_many",
    "refresh_venue",
    "stale_activities",
    "stop_activity",
    "undo_batch",
    "undo_change",
    "verify_activity",
    "withdraw_count",
    "write_tombstone",
]
