"""The six templates fit together: what one takes, the operator, the release or a stack before it gives; names lead to something."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from deployment.templates import FOLDER, ORDER, resources, strings, template
from deployment.verification import EXECUTED

ROOT = FOLDER.parents[1]
BY_THE_RELEASE = {"Release", "MigrationRelease", "BundleSha256", "BootSha256", "Running"}
"""What `openhours aws deploy` gives by itself, beside the deployment's name."""
RUNBOOKS = ROOT / "docs" / "runbooks"
PAGE = re.compile(r"docs/runbooks/([a-z-]+)\.md")


def outputs_before(stack: str) -> set[str]:
    earlier = ORDER[: ORDER.index(stack)]
    return {name for each in earlier for name in template(each)["Outputs"]}


def example() -> dict[str, str]:
    given: dict[str, str] = json.loads((FOLDER / "parameters.example.json").read_text(encoding="utf-8"))
    return given


@pytest.mark.parametrize("stack", ORDER)
def test_every_parameter_is_given_by_somebody(stack: str) -> None:
    wanted = {name for name, about in template(stack)["Parameters"].items() if "Default" not in about}
    assert wanted <= outputs_before(stack) | BY_THE_RELEASE | set(example())


def test_the_example_names_what_only_the_operator_knows_and_nothing_that_no_template_takes() -> None:
    taken = {name: about for stack in ORDER for name, about in template(stack)["Parameters"].items()}
    assert set(example()) <= set(taken)
    for name, value in example().items():
        assert re.search(taken[name]["AllowedPattern"], value), name


def test_every_output_has_one_meaning() -> None:
    named = [name for stack in ORDER for name in template(stack)["Outputs"]]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("stack", ORDER)
def test_every_parameter_that_a_person_gives_is_constrained(stack: str) -> None:
    for name, about in template(stack)["Parameters"].items():
        by_a_person = name not in outputs_before(stack) and not about["Type"].startswith("AWS::")
        narrowed = {"AllowedPattern", "AllowedValues", "MinValue"} & set(about)
        assert narrowed or not by_a_person, name


def test_a_parameter_of_several_templates_is_the_same_in_all() -> None:
    seen: dict[str, dict[str, Any]] = {}
    for stack in ORDER:
        for name, about in template(stack)["Parameters"].items():
            known = {key: about.get(key) for key in ("Type", "Default", "AllowedPattern", "AllowedValues")}
            assert seen.setdefault(name, known) == known, (stack, name)


def test_templates_made_before_there_is_a_bucket_are_short_enough_to_be_sent_along() -> None:
    for stack in ("network", "data"):
        assert len((FOLDER / f"{stack}.yaml").read_bytes()) <= 51_200


def test_every_function_runs_a_handler_that_is_there() -> None:
    handlers = {body["Properties"]["Handler"] for _, _, body in resources("AWS::Lambda::Function")}
    assert len(handlers) == 7
    for handler in handlers:
        module, _, name = handler.rpartition(".")
        code = (ROOT / "src" / Path(*module.split("."))).with_suffix(".py").read_text(encoding="utf-8")
        assert f"def {name}(" in code, handler


def test_what_ran_ran_in_a_test_that_is_there() -> None:
    everything = {(stack, name) for stack, name, _ in resources()}
    assert set(EXECUTED) <= everything
    assert all((ROOT / test).exists() for test in EXECUTED.values())


def test_a_message_stays_hidden_six_times_as_long_as_its_function_may_take() -> None:
    functions = template("events")["Resources"]
    mappings = [body["Properties"] for _, _, body in resources("AWS::Lambda::EventSourceMapping")]
    assert len(mappings) == 3
    for mapping in mappings:
        queue = functions[mapping["EventSourceArn"]["Fn::GetAtt"][0]]["Properties"]
        function = functions[mapping["FunctionName"]["Ref"]]["Properties"]
        assert queue["VisibilityTimeout"] >= 6 * function["Timeout"]
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_every_alarm_tells_somebody_and_names_a_page_that_names_it() -> None:
    named = set()
    for stack, name, body in resources("AWS::CloudWatch::Alarm"):
        alarm = body["Properties"]
        assert alarm["AlarmActions"], name
        page = PAGE.search(alarm["AlarmDescription"])
        assert page, name
        text = (RUNBOOKS / f"{page[1]}.md").read_text(encoding="utf-8")
        assert f"`{name}`" in text, f"{page[1]} does not say what {name} of {stack} means"
        named.add(page[1])
    assert len(named) >= 15


def test_pages_name_no_alarm_that_is_gone() -> None:
    alarms = {name for _, name, _ in resources("AWS::CloudWatch::Alarm")}
    for page in RUNBOOKS.glob("*.md"):
        named = set(re.findall(r"`(\w+Alarm)`", page.read_text(encoding="utf-8")))
        assert named <= alarms, page.name


def test_every_queue_function_and_kind_of_violation_has_an_alarm() -> None:
    watched = {text for _, _, body in resources("AWS::CloudWatch::Alarm") for text in strings(body["Properties"])}
    for _, name, _ in resources("AWS::SQS::Queue"):
        assert f"{name}Name" in watched, name
    for _, name, _ in resources("AWS::Lambda::Function"):
        assert name in watched, name
    assert {"overlap", "paid_without_booking", "ledger", "overdue_task", "dead_task", "audit_chain"} <= watched


def test_the_dashboard_shows_what_must_never_be() -> None:
    body = template("observability")["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    widgets = json.loads(body)["widgets"]
    titles = [each["properties"].get("title") for each in widgets]
    assert titles[1] == "What must never be"
    # A dashboard of CloudWatch is 24 columns wide.
    assert all(each["x"] + each["width"] <= 24 for each in widgets)
