"""Time that a change of hours opens: what the new hours offer and the old ones did not."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from scheduling_core.hours import Hours
from scheduling_core.instants import Interval, day_interval, local_date, span_to_interval

DAY = timedelta(days=1)


def newly_open(old: Hours, new: Hours, *, within: Interval, now: datetime) -> list[Interval]:
    """The parts of `within` that can be booked at `now` under the new hours and could not under the old, in order.

    Spans, notice and horizon count; another length of slots opens nothing by itself.
    """
    open_before = merged(_open(old, within, now))
    return [part for span in merged(_open(new, within, now)) for part in without(span, open_before)]


def _open(hours: Hours, within: Interval, now: datetime) -> Iterator[Interval]:
    zone = hours.time_zone
    today = local_date(now, zone)
    horizon = day_interval(today, today + (hours.horizon_days + 1) * DAY, zone).end
    first = max(within.start, now + timedelta(minutes=hours.minimum_notice_minutes))
    last = min(within.end, horizon)
    day, end = local_date(within.start, zone) - DAY, local_date(within.end, zone) + DAY
    while day <= end:
        for span in hours.spans_on(day):
            seen = span_to_interval(day, start_minute=span.start_minute, end_minute=span.end_minute, zone=zone)
            if seen is not None and max(seen.start, first) < min(seen.end, last):
                yield Interval(start=max(seen.start, first), end=min(seen.end, last))
        day += DAY


def merged(spans: Iterable[Interval]) -> list[Interval]:
    """The same time in as few spans as can be, in order."""
    merged: list[Interval] = []
    for span in sorted(spans, key=lambda each: each.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Interval(start=merged[-1].start, end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def without(span: Interval, others: Sequence[Interval]) -> Iterator[Interval]:
    """What is left of `span` beside the others, which are in order and share nothing with each other."""
    start = span.start
    for other in others:
        if not other.overlaps(span):
            continue
        if start < other.start:
            yield Interval(start=start, end=other.start)
        start = max(start, other.end)
    if start < span.end:
        yield Interval(start=start, end=span.end)
