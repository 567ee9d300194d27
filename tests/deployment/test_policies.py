"""Rules of our own over all templates, beside cfn-lint and checkov: encryption, TLS, least privilege, nothing lost, nothing open."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

from deployment.templates import ORDER, resources, strings, template

ENCRYPTED = {
    "AWS::S3::Bucket": "BucketEncryption",
    "AWS::SQS::Queue": "KmsMasterKeyId",
    "AWS::SNS::Topic": "KmsMasterKeyId",
    "AWS::SecretsManager::Secret": "KmsKeyId",
    "AWS::Logs::LogGroup": "KmsKeyId",
    "AWS::RDS::DBInstance": "KmsKeyId",
    "AWS::Backup::BackupVault": "EncryptionKeyArn",
    "AWS::Lambda::Function": "KmsKeyArn",
}
"""By which property what is at rest is encrypted."""
WITHOUT_A_KEY = {("network", "FlowLogGroup"): "refused addresses of machines; the key is made by the next stack"}
WIDE = {
    (
        "events",
        "FunctionBasics",
        "Network",
    ): "interfaces have no name before they are made; NotByCode takes it from code",
    ("events", "FunctionBasics", "Traces"): "X-Ray knows no narrower resource",
    ("events", "RotationRole", "Traces"): "X-Ray knows no narrower resource",
    ("events", "NotificationsTexts", "Telephones"): "a telephone has no ARN; the condition leaves out every topic",
    ("web", "InstanceRole", "Health"): "DescribeTargetHealth knows no narrower resource",
    ("web", "InstanceRole", "Sessions"): "Session Manager's channels know no narrower resource",
    ("web", "InstanceRole", "Traces"): "X-Ray knows no narrower resource",
}
"""Permissions for every resource, each with its reason."""
KEPT = (
    "AWS::KMS::Key",
    "AWS::RDS::DBInstance",
    "AWS::S3::Bucket",
    "AWS::SecretsManager::Secret",
    "AWS::Backup::BackupVault",
)
Statement = Mapping[str, Any]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def role_statements() -> Iterator[tuple[tuple[str, str, str], Statement]]:
    """What roles may, by stack, resource and Sid."""
    for stack, name, body in resources("AWS::IAM::"):
        properties = body["Properties"]
        documents = [each["PolicyDocument"] for each in properties.get("Policies", [])]
        documents += [properties["PolicyDocument"]] if "PolicyDocument" in properties else []
        for document in documents:
            for statement in document["Statement"]:
                yield (stack, name, statement.get("Sid", "")), statement


def test_everything_at_rest_is_encrypted() -> None:
    bare = {
        (stack, name)
        for stack, name, body in resources()
        if (wanted := ENCRYPTED.get(body["Type"])) and not body["Properties"].get(wanted)
    }
    assert bare == set(WITHOUT_A_KEY)
    disk = template("web")["Resources"]["Template"]["Properties"]["LaunchTemplateData"]["BlockDeviceMappings"][0]
    assert disk["Ebs"]["Encrypted"] is True


def test_no_role_may_do_everything_with_anything() -> None:
    for place, statement in role_statements():
        if statement["Effect"] == "Allow":
            assert not [action for action in listed(statement["Action"]) if "*" in action], place
    wide = {place for place, each in role_statements() if each["Effect"] == "Allow" and "*" in listed(each["Resource"])}
    assert wide == set(WIDE)


def secrets_of(statements: Iterable[Statement]) -> set[str]:
    reading = [each for each in statements if "secretsmanager:GetSecretValue" in listed(each["Action"])]
    return {resource["Ref"] for each in reading for resource in listed(each["Resource"])}


def test_every_role_reads_the_secrets_of_which_its_process_is_told_and_no_other() -> None:
    statements = list(role_statements())
    read, told = {}, {}
    for _, name, body in resources("AWS::Lambda::Function"):
        role = body["Properties"]["Role"]["Fn::GetAtt"][0]
        read[name] = secrets_of(each for place, each in statements if place[:2] == ("events", role))
        told[name] = named_in(body["Properties"]["Environment"]["Variables"])
    read["instances"] = secrets_of(each for place, each in statements if place[:2] == ("web", "InstanceRole"))
    launched = template("web")["Resources"]["Template"]["Properties"]["LaunchTemplateData"]
    lines = launched["UserData"]["Fn::Base64"]["Fn::Sub"].splitlines()
    told["instances"] = set(re.findall(r"\$\{(\w+)\}", " ".join(each for each in lines if "_ARN=" in each)))
    assert read == told
    # Who may change tables, who knows what tokens are signed with, and who what passwords are hashed with.
    for secret, its in {"OwnerSettings": "MigrateFunction", "Pepper": "instances"}.items():
        assert {name for name, secrets in read.items() if secret in secrets} == {its}
    assert {name for name, secrets in read.items() if "JwtKeys" in secrets} == {"RotationFunction", "instances"}
    assert read["MigrateFunction"] == {"OwnerSettings", "DatabaseSettings"}


def named_in(variables: Mapping[str, Any]) -> set[str]:
    """The secrets whose ARNs a function is told."""
    arns = [value for name, value in variables.items() if name.endswith("_ARN")]
    return {each["Ref"] for each in arns if "Ref" in each} | {
        name for each in arns if "Fn::Sub" in each for name in re.findall(r"\$\{(\w+)\}", each["Fn::Sub"])
    }


def test_every_role_is_for_one_service_and_none_for_other_accounts() -> None:
    for _, name, body in resources("AWS::IAM::Role"):
        for statement in body["Properties"]["AssumeRolePolicyDocument"]["Statement"]:
            assert set(statement["Principal"]) == {"Service"}, name


def test_nobody_gets_in_by_network_but_cloudfront_and_our_own_groups() -> None:
    for _, name, body in resources("AWS::EC2::SecurityGroup"):
        for rule in body["Properties"].get("SecurityGroupIngress", []):
            assert {"SourcePrefixListId", "SourceSecurityGroupId"} & set(rule), name
            assert rule["FromPort"] == rule["ToPort"] != 22, name
    database = template("data")["Resources"]["Database"]["Properties"]
    assert database["PubliclyAccessible"] is False
    assert template("web")["Resources"]["Balancer"]["Properties"]["Scheme"] == "internal"


@pytest.mark.parametrize(
    ("kind", "policy", "names"),
    [
        ("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "Bucket"),
        ("AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "Queues"),
        ("AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "Topics"),
    ],
)
def test_whatever_has_a_policy_of_its_own_refuses_to_speak_without_tls(kind: str, policy: str, names: str) -> None:
    refusing = set()
    for _, _, body in resources(policy):
        properties = body["Properties"]
        for statement in properties["PolicyDocument"]["Statement"]:
            condition = statement.get("Condition", {}).get("Bool", {})
            if statement["Effect"] == "Deny" and condition.get("aws:SecureTransport") == "false":
                refusing |= {each["Ref"] for each in listed(properties[names])}
    assert refusing == {name for _, name, _ in resources(kind)}


def test_tls_is_spoken_to_balancer_instances_and_database() -> None:
    web, data = template("web")["Resources"], template("data")["Resources"]
    assert web["Listener"]["Properties"]["Protocol"] == web["Targets"]["Properties"]["Protocol"] == "HTTPS"
    assert web["Listener"]["Properties"]["SslPolicy"].startswith("ELBSecurityPolicy-TLS13-1-2-Res")
    assert data["DatabaseParameters"]["Properties"]["Parameters"]["rds.force_ssl"] == "1"
    for secret in ("DatabaseSettings", "OwnerSettings"):
        assert "?sslmode=verify-full" in data[secret]["Properties"]["SecretString"]["Fn::Sub"]


def test_what_must_not_be_lost_outlives_its_stack() -> None:
    for stack, name, body in resources():
        if stack == "data" and body["Type"] in KEPT:
            policies = (body["DeletionPolicy"], body["UpdateReplacePolicy"])
            assert policies in (("RetainExceptOnCreate", "Retain"), ("Snapshot", "Snapshot")), name
    data, web = template("data")["Resources"], template("web")["Resources"]
    assert data["Database"]["Properties"]["DeletionProtection"] is True
    assert {"Key": "deletion_protection.enabled", "Value": "true"} in web["Balancer"]["Properties"][
        "LoadBalancerAttributes"
    ]


def test_nothing_is_left_of_a_stack_that_could_not_be_made() -> None:
    # What bears a name of its own would be in the way of the next attempt.
    assert [name for _, name, body in resources() if body.get("DeletionPolicy") == "Retain"] == []


def test_every_log_is_kept_for_a_stated_time() -> None:
    assert all(body["Properties"]["RetentionInDays"] for _, _, body in resources("AWS::Logs::LogGroup"))


def test_instances_ask_for_their_credentials_by_token_and_nobody_signs_in_by_ssh() -> None:
    launched = template("web")["Resources"]["Template"]["Properties"]["LaunchTemplateData"]
    assert launched["MetadataOptions"]["HttpTokens"] == "required"
    assert launched["MetadataOptions"]["HttpPutResponseHopLimit"] == 1
    assert launched["NetworkInterfaces"][0]["AssociatePublicIpAddress"] is False
    assert "KeyName" not in launched


def test_no_secret_stands_in_a_template() -> None:
    for stack in ORDER:
        for text in strings(template(stack)):
            assert not re.search(r"(sk|rk|whsec)_\w+|AKIA[A-Z0-9]{16}|BEGIN [A-Z ]*PRIVATE KEY", text)
    for _, name, body in resources("AWS::SecretsManager::Secret"):
        made = body["Properties"]
        if "GenerateSecretString" in made:
            assert made["GenerateSecretString"]["PasswordLength"] >= 32, name
        elif isinstance(made["SecretString"], str):
            assert made["SecretString"] == "{}", name
    for _, name, body in resources("AWS::Lambda::Function"):
        named = body["Properties"]["Environment"]["Variables"]
        assert not [each for each in named if re.search("PASSWORD|TOKEN|_KEY$|DATABASE_URL", each)], name


def test_the_database_writes_no_values_into_its_log() -> None:
    parameters = template("data")["Resources"]["DatabaseParameters"]["Properties"]["Parameters"]
    assert parameters["log_parameter_max_length"] == parameters["log_parameter_max_length_on_error"] == "0"
    assert "log_statement" not in parameters


def test_an_update_adds_a_healthy_instance_before_it_takes_one_away() -> None:
    group = template("web")["Resources"]["Group"]
    rolling = group["UpdatePolicy"]["AutoScalingRollingUpdate"]
    assert rolling["WaitOnResourceSignals"] is True
    assert rolling["MinSuccessfulInstancesPercent"] == 100
    assert rolling["MinInstancesInService"] == group["Properties"]["MinSize"]
    assert (
        template("web")["Parameters"]["InstancesAtMost"]["MinValue"]
        > template("web")["Parameters"]["InstancesAtLeast"]["MinValue"]
    )
    assert group["Properties"]["HealthCheckType"] == "ELB"


def test_pictures_that_were_sent_and_never_named_are_gone_after_a_day() -> None:
    rules = template("data")["Resources"]["PhotosBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert [each["ExpirationInDays"] for each in rules if each.get("Prefix") == "incoming/"] == [1]
