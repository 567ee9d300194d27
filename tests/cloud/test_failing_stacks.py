"""What is told of stacks that fail: every cause since the change began, however many events there are. CloudFormation is a script."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from entrypoints.aws import Stopped, clients
from entrypoints.aws.stacks import Stack
from servers.wire import Asked, Reply, wire
from support.aws import in_environment

Answer = Callable[[dict[str, str]], str]


def event(name: str, status: str, minute: int) -> str:
    return (
        f"<member><StackId>s</StackId><EventId>{name}</EventId><StackName>d-web</StackName>"
        f"<LogicalResourceId>{name}</LogicalResourceId><ResourceType>AWS::A::B</ResourceType>"
        f"<ResourceStatus>{status}</ResourceStatus><ResourceStatusReason>it is {name}</ResourceStatusReason>"
        f"<Timestamp>2030-01-01T10:{minute:02}:00Z</Timestamp></member>"
    )


def events(*members: str, more: str = "") -> str:
    token = f"<NextToken>{more}</NextToken>" if more else ""
    return f"<StackEvents>{''.join(members)}</StackEvents>{token}"


def stacks(status: str) -> str:
    return (
        "<Stacks><member><StackName>d-web</StackName><CreationTime>2030-01-01T09:00:00Z</CreationTime>"
        f"<StackStatus>{status}</StackStatus></member></Stacks>"
    )


class Script:
    """A stack that stands, and whose next change fails with more events than fit into one answer."""

    def __init__(self) -> None:
        self.status = "UPDATE_COMPLETE"

    def answer(self, asked: Asked) -> Reply:
        form = {name: values[-1] for name, values in parse_qs(asked.body.decode()).items()}
        action = form["Action"]
        result = f"<{action}Result>{getattr(self, action)(form)}</{action}Result>"
        space = "http://cloudformation.amazonaws.com/doc/2010-05-15/"
        return Reply(200, f'<{action}Response xmlns="{space}">{result}</{action}Response>'.encode())

    def DescribeStacks(self, _: dict[str, str]) -> str:  # noqa: N802  # CloudFormation's word
        return stacks(self.status)

    def ValidateTemplate(self, _: dict[str, str]) -> str:  # noqa: N802  # CloudFormation's word
        return "<Parameters></Parameters>"

    def CreateChangeSet(self, _: dict[str, str]) -> str:  # noqa: N802  # CloudFormation's word
        return "<Id>change</Id><StackId>s</StackId>"

    def DescribeChangeSet(self, _: dict[str, str]) -> str:  # noqa: N802  # CloudFormation's word
        return "<Status>CREATE_COMPLETE</Status>"

    def ExecuteChangeSet(self, _: dict[str, str]) -> str:  # noqa: N802  # CloudFormation's word
        self.status = "UPDATE_ROLLBACK_COMPLETE"
        return ""

    def DescribeStackEvents(self, form: dict[str, str]) -> str:  # noqa: N802  # CloudFormation's word
        before = event("Before", "UPDATE_FAILED", 1)
        if self.status == "UPDATE_COMPLETE":
            return events(before)
        if "NextToken" not in form:
            return events(event("Last", "UPDATE_FAILED", 9), event("Fine", "UPDATE_COMPLETE", 8), more="older")
        return events(event("Cause", "CREATE_FAILED", 3), before)


@contextmanager
def scripted() -> Iterator[Script]:
    script = Script()
    clients.client.cache_clear()
    try:
        with wire(script.answer) as line, in_environment(AWS_ENDPOINT_URL=line.url):
            yield script
    finally:
        clients.client.cache_clear()


def a_template(folder: Path) -> Path:
    template = folder / "web.yaml"
    template.write_text("Resources: {}\n")
    return template


def test_the_cause_is_told_first_though_it_stands_on_an_older_page_of_events(tmp_path: Path) -> None:
    with scripted(), pytest.raises(Stopped) as stopped:
        Stack("d", "web", every=0).deploy(a_template(tmp_path), {}, change="c", say=lambda _: None)
    assert str(stopped.value).splitlines() == [
        "d-web is UPDATE_ROLLBACK_COMPLETE:",
        "  Cause (AWS::A::B): it is Cause",
        "  Last (AWS::A::B): it is Last",
    ]


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"])
def test_a_stack_that_was_never_whole_has_to_be_deleted_by_a_person(tmp_path: Path, status: str) -> None:
    with scripted() as script:
        script.status = status
        with pytest.raises(Stopped, match=r"could not be made before: .* delete it"):
            Stack("d", "web", every=0).deploy(a_template(tmp_path), {}, change="c", say=lambda _: None)
