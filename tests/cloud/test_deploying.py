"""Deploying: stacks in order by change sets, the migration between, pages last, an earlier release again. Peer: ministack."""

import hashlib
import json
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from entrypoints import cli
from entrypoints.aws import Stopped, clients
from entrypoints.aws.deploying import Deployment
from entrypoints.aws.packaging import BOOT, BUNDLE, FUNCTIONS, MANIFEST
from entrypoints.aws.stacks import ORDER
from support.aws import client, in_environment
from support.making import an_id

UP_TO_DATE = "the database is up to date"
TEMPLATES = {
    "network": "Outputs:\n  VpcId: {Value: vpc-1}",
    "data": "Outputs:\n  ArtifactsBucket: {Value: !Ref Artifacts}\n  WebBucket: {Value: !Ref Web}",
    "events": "Outputs:\n  MigrateFunction: {Value: !Ref Deployment}"
    + "".join(
        f"\n  {group}QueueUrl: {{Value: !Ref {group}}}\n  {group}DeadLettersUrl: {{Value: !Ref {group}Dead}}"
        for group in ("Notification", "Feedback", "Integration")
    ),
    "web": "",
    "edge": "",
    "observability": "",
}
RESOURCES = {
    "data": "  Artifacts: {Type: AWS::S3::Bucket}\n  Web: {Type: AWS::S3::Bucket}",
    "events": "\n".join(
        f"  {group}{kind}: {{Type: AWS::SQS::Queue, Properties: {{Tags: [{{Key: r, Value: !Ref Release}}, "
        f"{{Key: m, Value: !Ref MigrationRelease}}, {{Key: on, Value: !Ref Running}}]}}}}"
        for group in ("Notification", "Feedback", "Integration")
        for kind in ("", "Dead")
    ),
    "web": "  Group: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: r, Value: !Ref Release}, "
    "{Key: b, Value: !Ref BundleSha256}, {Key: v, Value: !Ref VpcId}]}}",
}
PARAMETERS = {
    "data": ("Size",),
    "events": ("Release", "MigrationRelease", "Running"),
    "web": ("Release", "BundleSha256", "BootSha256", "VpcId"),
}


@dataclass
class House:
    """A deployment, and what was said while it was changed."""

    deployment: Deployment
    folder: Path
    said: list[str] = field(default_factory=list)

    def packaged(self, release: str) -> Path:
        """A release with a page of its own."""
        folder = self.folder / release
        folder.mkdir()
        with tarfile.open(folder / BUNDLE, "w:gz") as tar:
            page = f"page of {release}"
            for name, text in {"index.html": page, "first/find.de.html": page, f"assets/{release}.js": "1"}.items():
                about = tarfile.TarInfo(f"web/dist/{name}")
                about.size = len(text)
                tar.addfile(about, BytesIO(text.encode()))
        (folder / FUNCTIONS).write_bytes(b"zip")
        (folder / BOOT).write_bytes(b"#!")
        digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (BUNDLE, FUNCTIONS, BOOT)}
        (folder / MANIFEST).write_text(json.dumps({"release": release, "sha256": digests}))
        return folder

    def stack(self, name: str) -> dict[str, Any]:
        region = "us-east-1" if name == "edge" else None
        cloud = clients.client("cloudformation", region=region)
        return dict(cloud.describe_stacks(StackName=f"{self.deployment.name}-{name}")["Stacks"][0])

    def parameters(self, name: str) -> dict[str, str]:
        return {each["ParameterKey"]: each["ParameterValue"] for each in self.stack(name)["Parameters"]}

    def file(self, path: str) -> dict[str, Any]:
        """As browsers are given it."""
        [bucket] = [each["OutputValue"] for each in self.stack("data")["Outputs"] if each["OutputKey"] == "WebBucket"]
        return dict(client("s3").get_object(Bucket=bucket, Key=f"web/{path}"))

    def page(self) -> str:
        return str(self.file("index.html")["Body"].read().decode())


def a_function_that_answers(name: str, answer: Any) -> None:
    """A function of Lambda's, whose code is not ours."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("answering.py", f"def handler(event, context):\n    return {answer!r}\n")
    client("lambda").create_function(
        FunctionName=name,
        Runtime="python3.12",
        Role="arn:aws:iam::123456789012:role/none",
        Handler="answering.handler",
        Code={"ZipFile": packed.getvalue()},
    )


def template(name: str) -> str:
    declared = "".join(f"  {each}: {{Type: String}}\n" for each in ("Deployment", *PARAMETERS.get(name, ())))
    # Ministack refuses a stack of nothing.
    resources = RESOURCES.get(name, "  Anything: {Type: AWS::SQS::Queue}")
    return f"Parameters:\n{declared}Resources:\n{resources}\n{TEMPLATES[name]}\n"


def a_house(folder: Path) -> House:
    templates = folder / "templates"
    templates.mkdir()
    for name in ORDER:
        (templates / f"{name}.yaml").write_text(template(name))
    said: list[str] = []
    name = f"d{an_id().hex[:12]}"
    deployment = Deployment(name=name, templates=templates, given={"Size": "small"}, say=said.append, every=1)
    return House(deployment, folder, said)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with in_environment():
        yield a_house(tmp_path)


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One that runs the release `one`, for several tests: making it takes seconds."""
    with in_environment():
        house = a_house(tmp_path_factory.mktemp("deployed"))
        a_function_that_answers(house.deployment.name, {"ready": True})
        assert house.deployment.release(house.packaged("one")) == "one"
        yield house


def test_stacks_are_made_in_order_and_nothing_runs_before_its_tables_are_there(deployed: House) -> None:
    house, name = deployed, deployed.deployment.name
    assert [line for line in house.said if line.endswith(("making", UP_TO_DATE))] == [
        f"{name}-network: making",
        f"{name}-data: making",
        f"{name}-events: making",
        UP_TO_DATE,
        f"{name}-web: making",
        f"{name}-edge: making",
        f"{name}-observability: making",
    ]
    assert house.stack("data")["EnableTerminationProtection"]
    assert (house.parameters("web")["VpcId"], house.parameters("data")["Size"]) == ("vpc-1", "small")
    assert house.parameters("events")["Running"] == "yes"


def test_browsers_keep_what_is_named_after_its_contents_and_ask_for_pages_each_time(deployed: House) -> None:
    pages = [deployed.file(path) for path in ("index.html", "first/find.de.html")]
    assert [(each["CacheControl"], each["ContentType"]) for each in pages] == [("no-cache", "text/html")] * 2
    script = deployed.file("assets/one.js")
    assert script["CacheControl"] == "public, max-age=31536000, immutable"
    # One of its two names, by the machine that publishes.
    assert script["ContentType"] in ("text/javascript", "application/javascript")


def test_a_release_is_rolled_out_and_an_earlier_one_again(deployed: House) -> None:
    house, name = deployed, deployed.deployment.name
    house.said.clear()
    house.deployment.release(house.packaged("two"))
    assert (house.parameters("web")["Release"], house.parameters("events")["Release"]) == ("two", "two")
    assert house.said.index(UP_TO_DATE) < house.said.index(f"{name}-web: changing")
    assert house.page() == "page of two"

    house.said.clear()
    assert house.deployment.roll_back(None) == "one"
    assert (house.parameters("web")["Release"], house.page()) == ("one", "page of one")
    # The database stays, and with it the function that made it what it is.
    assert house.parameters("events")["MigrationRelease"] == "two"
    assert UP_TO_DATE not in house.said
    with pytest.raises(Stopped, match="never ran three"):
        house.deployment.roll_back("three")


def test_after_a_deployment_that_failed_half_way_the_last_whole_one_comes_back(deployed: House) -> None:
    house = deployed
    house.deployment.release(house.packaged("three"))
    web = house.deployment.templates / "web.yaml"
    good = web.read_text()
    web.write_text(good.replace("AWS::SQS::Queue", "AWS::SQS::Nothing"))
    with pytest.raises((Stopped, clients.client("cloudformation").exceptions.ClientError)):
        house.deployment.release(house.packaged("four"))
    assert (house.parameters("events")["Release"], house.parameters("web")["Release"]) == ("four", "three")
    web.write_text(good)
    assert house.deployment.roll_back(None) == "three"
    assert house.parameters("events")["Release"] == "three"


def test_nothing_new_runs_on_a_database_that_could_not_be_migrated(house: House) -> None:
    a_function_that_answers(house.deployment.name, {"ready": False})
    with pytest.raises(Stopped, match="not as this release needs it"):
        house.deployment.release(house.packaged("one"))
    assert house.parameters("events")["Running"] == "no"
    with pytest.raises(clients.client("cloudformation").exceptions.ClientError):
        house.stack("web")


def test_nothing_is_made_that_would_not_start_without_the_keys_of_providers(house: House) -> None:
    data = house.deployment.templates / "data.yaml"
    kept = "  Keys: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: '{}'}}\nOutputs:\n"
    data.write_text(data.read_text().replace("Outputs:\n", f"{kept}  IntegrationSettings: {{Value: !Ref Keys}}\n"))
    with pytest.raises(Stopped, match=r"Put the keys .* into the secret "):
        house.deployment.release(house.packaged("one"))
    with pytest.raises(clients.client("cloudformation").exceptions.ClientError):
        house.stack("events")
    [arn] = [
        each["OutputValue"] for each in house.stack("data")["Outputs"] if each["OutputKey"] == "IntegrationSettings"
    ]
    client("secretsmanager").put_secret_value(SecretId=arn, SecretString='{"OPENHOURS_STRIPE_SECRET_KEY": "…"}')
    a_function_that_answers(house.deployment.name, {"ready": True})
    assert house.deployment.release(house.folder / "one") == "one"


def test_what_is_not_whole_is_not_deployed(house: House) -> None:
    folder = house.packaged("one")
    with (folder / FUNCTIONS).open("ab") as functions:
        functions.write(b"more")
    with pytest.raises(Stopped, match=r"lambda\.zip .* not the one that the manifest names"):
        house.deployment.release(folder)


def test_another_release_of_a_name_that_is_there_is_not_deployed(deployed: House) -> None:
    folder = deployed.packaged("one-again")
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**manifest, "release": "one"}))
    with pytest.raises(Stopped, match="holds another one than"):
        deployed.deployment.release(folder)


def test_a_parameter_that_no_template_has_changes_nothing(house: House) -> None:
    house.deployment.given = {"Sise": "small"}
    with pytest.raises(Stopped, match="No template has a parameter Sise"):
        house.deployment.release(house.packaged("one"))
    with pytest.raises(clients.client("cloudformation").exceptions.ClientError):
        house.stack("network")


def test_dead_letters_are_put_back_by_one_command(deployed: House, capsys: pytest.CaptureFixture[str]) -> None:
    urls = {each["OutputKey"]: each["OutputValue"] for each in deployed.stack("events")["Outputs"]}
    bodies = sorted(f"letter {number}" for number in range(23))
    for body in bodies:
        client("sqs").send_message(QueueUrl=urls["IntegrationDeadLettersUrl"], MessageBody=body)
    name = deployed.deployment.name
    assert cli.main(["aws", "status", "--deployment", name]) == 1
    assert "queue integration: 0 wait, 23 dead letters" in capsys.readouterr().out
    assert cli.main(["aws", "replay", "integration", "--deployment", name]) == 0
    assert "23 dead letters are back" in capsys.readouterr().out
    found: list[str] = []
    while (
        some := client("sqs")
        .receive_message(QueueUrl=urls["IntegrationQueueUrl"], MaxNumberOfMessages=10)
        .get("Messages")
    ):
        found += [each["Body"] for each in some]
    assert sorted(found) == bodies
    assert cli.main(["aws", "status", "--deployment", name]) == 0
    assert "deployed" in capsys.readouterr().out


def test_a_deployment_that_is_not_there_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with in_environment():
        assert cli.main(["aws", "rollback", "--deployment", "nobody"]) == 2
        assert cli.main(["aws", "replay", "feedback", "--deployment", "nobody"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "openhours: nobody is not deployed.",
        "openhours: There is no queue feedback: deploy first.",
    ]
