"""A keeper of pictures, in memory: whatever was sent is a picture."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from adapters.kit.transactions import require_no_transaction
from scheduling_core.errors import InvalidInput, NotFound, ProviderUnavailable
from scheduling_core.ports.photos import Upload
from scheduling_core.ports.system import Clock


@dataclass
class Album:
    """Matches ports.photos.Photos. `sent` is filled by tests; `kept` says when each picture was taken."""

    clock: Clock
    sent: dict[str, bytes] = field(default_factory=dict)
    kept: dict[UUID, dict[str, datetime]] = field(default_factory=dict)
    away: bool = False

    async def invite(self, upload_id: str) -> Upload:
        self._answer()
        expires_at = self.clock.now() + timedelta(minutes=10)
        url = "https://photos.example.com/uploads"
        return Upload(id=upload_id, url=url, fields={"key": upload_id}, largest=5_242_880, expires_at=expires_at)

    async def take(self, upload_id: str, owner: UUID) -> str:
        self._answer()
        if upload_id not in self.sent:
            raise NotFound
        if self.sent[upload_id] == b"no picture":
            raise InvalidInput("upload_id", "Choose a picture.")
        url = f"https://photos.example.com/{owner}/{sha256(self.sent[upload_id]).hexdigest()[:8]}"
        self.kept.setdefault(owner, {})[url] = self.clock.now().astimezone(UTC)
        return url

    async def keep_only(self, owner: UUID, url: str | None, *, before: datetime) -> bool:
        self._answer()
        mine = self.kept.get(owner, {})
        for other in [each for each, at in mine.items() if each != url and at < before]:
            del mine[other]
        return not mine.keys() - {url}

    def _answer(self) -> None:
        require_no_transaction()
        if self.away:
            raise ProviderUnavailable
