"""Deploying a release: stacks in their order, the database expanded before anything new runs, pages last."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from entrypoints.aws import Stopped
from entrypoints.aws.clients import client
from entrypoints.aws.releases import Releases
from entrypoints.aws.stacks import ORDER, Say, Stack, TemplatePlace

_BEFORE_RELEASES = ("network", "data")
"""What is there before the bucket in which releases lie."""
_PARAMETERS = re.compile(r"^Parameters:\n(.*?)(?=^\S)", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"^  (\w+):", re.MULTILINE)
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]")


@dataclass(slots=True, kw_only=True)
class Deployment:
    """One deployment, by its name: its stacks, and what is known for their parameters."""

    name: str
    templates: Path
    given: Mapping[str, str]
    """Parameters of the operator's; they win over everything but the release."""
    say: Say
    every: int = 10
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def release(self, folder: Path) -> str:
        """Roll out the release that was packaged in that folder. Repeated after a failure, it goes on where that was."""
        self._refuse_unknown()
        known = self._stacks(_BEFORE_RELEASES, dict(self.given))
        _refuse_without_keys(known)
        releases = Releases(known["ArtifactsBucket"])
        release = releases.upload(folder)
        self.say(f"release {release} is in {known['ArtifactsBucket']}")
        self._roll_out(releases, release, known, migrating=True)
        return release

    def roll_back(self, to: str | None) -> str:
        """Roll out a release that was deployed before: the last that was deployed whole and is not the present one, unless
        another is named. The database stays as it is: every release runs on the tables of the next."""
        known = {**self._all_outputs(_BEFORE_RELEASES), **self.given}
        releases = Releases(self._bucket(known))
        ran = [each.release for each in releases.history(self.name)]
        # What the functions run, although its deployment may have failed after them: then nobody noted it.
        present = self._stack("events").parameter("Release")
        earlier = [release for release in ran if release != present]
        if to is not None and to not in ran:
            raise Stopped(f"{self.name} never ran {to}.")
        if to is None and not earlier:
            raise Stopped(f"{self.name} ran nothing else before.")
        release = to or earlier[-1]
        self._roll_out(releases, release, known, migrating=False)
        return release

    def migrate(self) -> None:
        """Bring the database up to date, by the function that does. Raise Stopped with the kind of error if it does not."""
        function = self._stack("events").outputs().get("MigrateFunction")
        if function is None:
            raise Stopped(f"{self.name} has no function that migrates: deploy first.")
        answer = client("lambda").invoke(FunctionName=function, InvocationType="RequestResponse")
        said = json.loads(answer["Payload"].read() or b"null")
        if answer.get("FunctionError"):
            raise Stopped(f"The migration failed: {said.get('errorType', 'no type')}. Its log group tells why.")
        if not isinstance(said, dict) or not said.get("ready"):
            raise Stopped("The database is not as this release needs it, after its migration.")
        self.say("the database is up to date")

    def _roll_out(self, releases: Releases, release: str, known: dict[str, str], *, migrating: bool) -> None:
        known |= releases.parameters(release)
        place = TemplatePlace(known["ArtifactsBucket"], f"templates/{release}")
        events = self._stack("events")
        runs = events.parameter("Release")
        if migrating:
            # First the function alone that migrates; everything else stays at what runs, or does not run yet.
            before = {**known, "MigrationRelease": release, "Release": runs or release}
            first = {} if runs else {"Running": "no"}
            self._deploy("events", {**before, **first}, place, f"{release}-migrate")
            self.migrate()
        else:
            known["MigrationRelease"] = events.parameter("MigrationRelease") or release
        known.setdefault("MigrationRelease", release)
        known.setdefault("Running", "yes")
        known = self._stacks([name for name in ORDER if name not in _BEFORE_RELEASES], known, place)
        # Pages last: they ask for what the instances, by now all new, can answer.
        count = releases.publish_web(release, known["WebBucket"])
        self.say(f"{count} files of the web client are published")
        releases.note(self.name, release, self.now())

    def _stacks(
        self, names: list[str] | tuple[str, ...], known: dict[str, str], place: TemplatePlace | None = None
    ) -> dict[str, str]:
        """Make them one after the other; what is known then."""
        for name in names:
            self._deploy(name, known, place, known.get("Release", "data"))
            known = {**known, **self._stack(name).outputs(), **self.given}
        return known

    def _deploy(self, name: str, known: Mapping[str, str], place: TemplatePlace | None, why: str) -> None:
        template = self.templates / f"{name}.yaml"
        if not template.is_file():
            raise Stopped(f"There is no {template}.")
        moment = f"{self.now():%Y%m%d%H%M%S%f}"
        change = _NOT_IN_NAMES.sub("-", f"r-{why}-{moment}")[:128]
        self._stack(name).deploy(template, {"Deployment": self.name, **known}, change=change, say=self.say, place=place)

    def _refuse_unknown(self) -> None:
        """Before anything is changed: a parameter that no template has is a slip of the keyboard."""
        texts = [path.read_text(encoding="utf-8") for path in sorted(self.templates.glob("*.yaml"))]
        declared = {name for text in texts for part in _PARAMETERS.findall(text) for name in _NAME.findall(part)}
        for name in self.given:
            if name not in declared:
                raise Stopped(f"No template has a parameter {name}.")

    def _all_outputs(self, names: tuple[str, ...]) -> dict[str, str]:
        return {key: value for name in names for key, value in self._stack(name).outputs().items()}

    def _bucket(self, known: Mapping[str, str]) -> str:
        if "ArtifactsBucket" not in known:
            raise Stopped(f"{self.name} is not deployed.")
        return known["ArtifactsBucket"]

    def _stack(self, name: str) -> Stack:
        return Stack(self.name, name, every=self.every)


def _refuse_without_keys(known: Mapping[str, str]) -> None:
    """Before anything is made that would not start: the keys of Stripe and Google are put into their secret by hand."""
    arn = known.get("IntegrationSettings")
    if arn and client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"].strip() == "{}":
        raise Stopped(f"Put the keys of Stripe and Google into the secret {arn}, then deploy again.")
