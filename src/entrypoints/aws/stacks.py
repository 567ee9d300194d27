"""Stacks of CloudFormation: changed by change sets, waited for, and told about when they fail."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

from entrypoints.aws import Stopped
from entrypoints.aws.clients import client, says

ORDER = ("network", "data", "events", "web", "edge", "observability")
"""Each takes what those before it put out."""
REGIONS = {"edge": "us-east-1"}
"""CloudFront takes certificates and firewalls from there alone."""
_PROTECTED = frozenset({"data"})
_MOST_INLINE = 51_200
_EVERY, _LONGEST = 10, 360
"""Seconds between two looks, and how many: an hour, in which a database is made."""
_NEVER_WHOLE = frozenset({"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"})
"""What cannot be changed any more."""
_DONE = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "IMPORT_COMPLETE"})

Say = Callable[[str], None]


class Stack:
    """One stack of a deployment, whether it is there or not."""

    def __init__(self, deployment: str, name: str, *, every: int = _EVERY) -> None:
        self.part = name
        self.name = f"{deployment}-{name}"
        self._cloud = client("cloudformation", region=REGIONS.get(name))
        self._waiting = {"Delay": every, "MaxAttempts": _LONGEST}

    def look(self) -> Mapping[str, Any] | None:
        """What CloudFormation says of it; None where there is none."""
        try:
            found: list[dict[str, Any]] = self._cloud.describe_stacks(StackName=self.name)["Stacks"]
        except self._cloud.exceptions.ClientError as error:
            if says(error, "does not exist"):
                return None
            raise
        standing = [each for each in found if each["StackStatus"] != "REVIEW_IN_PROGRESS"]
        return standing[0] if standing else None

    def outputs(self) -> dict[str, str]:
        """What it puts out for those after it."""
        about = self.look() or {}
        return {each["OutputKey"]: each["OutputValue"] for each in about.get("Outputs", [])}

    def parameter(self, name: str) -> str | None:
        """With which value of that parameter it stands."""
        about = self.look() or {}
        return next(
            (each["ParameterValue"] for each in about.get("Parameters", []) if each["ParameterKey"] == name), None
        )

    def declared(self, template: Path, place: "TemplatePlace | None") -> set[str]:
        """The parameters of a template. CloudFormation reads it, which finds what is wrong with it too."""
        said = self._cloud.validate_template(**_given(template, place))
        return {each["ParameterKey"] for each in said["Parameters"]}

    def deploy(
        self, template: Path, known: Mapping[str, str], *, change: str, say: Say, place: "TemplatePlace | None" = None
    ) -> None:
        """Make it as the template says, with the parameters that are known; those that are not stay as they are. Raise
        Stopped with what CloudFormation says of each resource that failed."""
        there = self.look()
        if there is not None and there["StackStatus"] in _NEVER_WHOLE:
            raise Stopped(f"{self.name} could not be made before: see its events, delete it, and deploy again.")
        names = sorted(self.declared(template, place))
        kept = {each["ParameterKey"] for each in (there or {}).get("Parameters", [])}
        parameters: list[dict[str, Any]] = [
            {"ParameterKey": name, "ParameterValue": known[name]} for name in names if name in known
        ]
        parameters += [
            {"ParameterKey": name, "UsePreviousValue": True} for name in names if name not in known and name in kept
        ]
        made = self._cloud.create_change_set(
            StackName=self.name,
            ChangeSetName=change,
            ChangeSetType="UPDATE" if there else "CREATE",
            Parameters=parameters,
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
            **_given(template, place),
        )
        if not self._has_changes(made["Id"]):
            say(f"{self.name}: nothing to change")
            self._cloud.delete_change_set(ChangeSetName=made["Id"])
        else:
            since = self._newest_event()
            self._cloud.execute_change_set(ChangeSetName=made["Id"])
            say(f"{self.name}: {'changing' if there else 'making'}")
            self._settle("stack_update_complete" if there else "stack_create_complete", since)
        if self.part in _PROTECTED:
            self._cloud.update_termination_protection(StackName=self.name, EnableTerminationProtection=True)

    def _has_changes(self, change: str) -> bool:
        waiter = self._cloud.get_waiter("change_set_create_complete")
        try:
            waiter.wait(ChangeSetName=change, WaiterConfig={**self._waiting, "Delay": min(2, self._waiting["Delay"])})
        except _waiter_error() as error:
            why = str(error.last_response.get("StatusReason", error))
            if "didn't contain changes" in why or "No updates are to be performed" in why:
                return False
            raise Stopped(f"{self.name} cannot be changed so: {why}") from None
        return True

    def _settle(self, until: str, since: datetime | None) -> None:
        try:
            self._cloud.get_waiter(until).wait(StackName=self.name, WaiterConfig=self._waiting)
        except _waiter_error():
            pass
        about = self.look()
        if about is None or about["StackStatus"] not in _DONE:
            status = "gone" if about is None else about["StackStatus"]
            raise Stopped("\n  ".join([f"{self.name} is {status}:", *self._failures(since)]))

    def _newest_event(self) -> datetime | None:
        try:
            events = self._cloud.describe_stack_events(StackName=self.name)["StackEvents"]
        except self._cloud.exceptions.ClientError:
            return None
        return events[0]["Timestamp"] if events else None

    def _failures(self, since: datetime | None) -> list[str]:
        """What went wrong since then, first things first."""
        pages = self._cloud.get_paginator("describe_stack_events").paginate(StackName=self.name)
        events = (each for page in pages for each in page["StackEvents"])
        # Newest first, a hundred a page: what was before is not asked for.
        newer = list(takewhile(lambda each: since is None or each["Timestamp"] > since, events))
        return [
            f"{each['LogicalResourceId']} ({each.get('ResourceType', '')}): {each.get('ResourceStatusReason', '')}"
            for each in reversed(newer)
            if each["ResourceStatus"].endswith("_FAILED")
        ]


class TemplatePlace:
    """Where templates lie that are too long to be sent along."""

    def __init__(self, bucket: str, prefix: str) -> None:
        self._store = client("s3")
        self._bucket, self._prefix = bucket, prefix

    def address(self, template: Path) -> str:
        """Of the template, put there."""
        key = f"{self._prefix}/{template.name}"
        self._store.put_object(Bucket=self._bucket, Key=key, Body=template.read_bytes())
        return f"{self._store.meta.endpoint_url}/{self._bucket}/{key}"


def _given(template: Path, place: TemplatePlace | None) -> dict[str, str]:
    text = template.read_text(encoding="utf-8")
    if len(text.encode()) <= _MOST_INLINE:
        return {"TemplateBody": text}
    if place is None:
        raise Stopped(f"{template.name} is too long to be sent before there is a bucket.")
    return {"TemplateURL": place.address(template)}


def _waiter_error() -> type[Any]:
    from botocore.exceptions import WaiterError  # noqa: PLC0415  # as in clients

    kind: type[Any] = WaiterError
    return kind
