"""Parameters that several routes share."""

from datetime import date
from typing import Annotated

from litestar.params import QueryParameter

PageSize = Annotated[int, QueryParameter(name="limit", ge=1, le=50, description="How many at most.")]
Cursor = Annotated[
    str | None, QueryParameter(name="cursor", max_length=1000, description="`next_cursor` of the page before.")
]
FirstDay = Annotated[date, QueryParameter(name="from", description="The first date, in the doctor's zone.")]
LastDay = Annotated[date, QueryParameter(name="to", description="The date after the last one; at most 62 days.")]

IMMEDIATE = {"Cache-Control": "no-cache"}
"""For public answers: may be kept, but never used without asking whether it is still true."""
