"""What CloudFront does is what the product itself would do: the same headers, the same pages, the same closed doors."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.http import web_client
from adapters.http.headers import SecurityHeaders
from adapters.http.wiring import HttpSettings
from adapters.kit.aws import aws_client
from deployment.templates import template
from support.clinic import TERMS

NODE = Path(sys.prefix) / "bin" / "node"
EDGE = template("edge")["Resources"]
DISTRIBUTION = EDGE["Distribution"]["Properties"]["DistributionConfig"]
BUCKET = "openhours-photos-123456789012"
DOMAIN = "visits.clinic.example"


@pytest.fixture
def headers_of_the_product(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """With a page, deployed as the templates deploy it in that region."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "none")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "none")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    upload = aws_client("s3", region="eu-central-1").generate_presigned_post(BUCKET, "incoming/x")["url"]
    settings = HttpSettings(
        public_url=f"https://{DOMAIN}",
        production=True,
        rate_limits=True,
        terms=TERMS,
        image_sources=(f"https://{DOMAIN}",),
        upload_targets=(upload.rstrip("/"),),
    )
    return {name.decode(): value.decode() for name, value in SecurityHeaders(settings).missing_from([], "/")}


def test_pages_bear_the_headers_that_the_product_sends(headers_of_the_product: dict[str, str]) -> None:
    config = EDGE["PageHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    security = config["SecurityHeadersConfig"]
    transport = security["StrictTransportSecurity"]
    bucket_domain = f"{BUCKET}.s3.eu-central-1.amazonaws.com"
    policy = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    sent = {
        "content-security-policy": policy.replace("${DomainName}", DOMAIN).replace(
            "${PhotosBucketDomain}", bucket_domain
        ),
        "x-content-type-options": "nosniff",
        "referrer-policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        "strict-transport-security": f"max-age={transport['AccessControlMaxAgeSec']}; includeSubDomains",
        **{each["Header"]: each["Value"] for each in config["CustomHeadersConfig"]["Items"]},
    }
    assert sent == headers_of_the_product
    assert all(each["Override"] for each in security.values())


def rewritten(*paths: str) -> list[str | int]:
    """What becomes of each path, in Node: another path, or the status of an answer."""
    code = EDGE["PagePaths"]["Properties"]["FunctionCode"]
    asking = (
        "console.log(JSON.stringify(JSON.parse(process.argv[1]).map((uri) => { const said = handler({request: {uri}});"
    )
    asking += " return said.statusCode || said.uri; })))"
    done = subprocess.run([NODE, "-e", code + asking, json.dumps(paths)], capture_output=True, text=True, check=True)
    answers: list[str | int] = json.loads(done.stdout)
    return answers


def test_every_page_is_index_html_and_files_are_themselves() -> None:
    pages = ["/", "/doctors", "/doctors/0198c0de-0000-7000-8000-000000000000", "/appointments/", "/you/data"]
    files = ["/index.html", "/favicon.svg", "/color-scheme.js", "/assets/index-D9efAFcQ.js"]
    assert rewritten(*pages) == ["/index.html"] * len(pages)
    assert rewritten(*files) == files


def test_what_is_no_page_is_the_applications_or_is_closed() -> None:
    to_the_application = {
        each["PathPattern"].rstrip("*").rstrip("/")
        for each in DISTRIBUTION["CacheBehaviors"]
        if each["TargetOriginId"] == "application"
    }
    reserved = set(web_client._RESERVED) - {"/assets"}
    closed = sorted(reserved - to_the_application)
    assert to_the_application <= reserved
    assert rewritten(*closed, *(f"{each}/more" for each in closed)) == [404] * (2 * len(closed))
    assert {"/health", "/metrics", "/simulator"} <= set(closed)


def test_answers_of_the_application_are_never_kept_nor_turned_into_pages() -> None:
    for behaviour in DISTRIBUTION["CacheBehaviors"]:
        if behaviour["TargetOriginId"] == "application":
            # Amazon's own CachingDisabled, and AllViewer, which passes Host on.
            assert behaviour["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
            assert behaviour["OriginRequestPolicyId"] == "216adef6-5c7f-47e4-b989-5493eafa07d3"
            assert "FunctionAssociations" not in behaviour
    assert "CustomErrorResponses" not in DISTRIBUTION


def test_nothing_is_served_without_tls() -> None:
    behaviours = [DISTRIBUTION["DefaultCacheBehavior"], *DISTRIBUTION["CacheBehaviors"]]
    assert {each["ViewerProtocolPolicy"] for each in behaviours} <= {"redirect-to-https", "https-only"}
    assert DISTRIBUTION["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    origin = EDGE["Application"]["Properties"]["VpcOriginEndpointConfig"]
    assert (origin["OriginProtocolPolicy"], origin["OriginSSLProtocols"]) == ("https-only", ["TLSv1.2"])


def test_the_firewall_refuses_no_text_for_what_people_may_write() -> None:
    rules = {each["Name"]: each for each in EDGE["Firewall"]["Properties"]["Rules"]}
    overrides = rules["common"]["Statement"]["ManagedRuleGroupStatement"]["RuleActionOverrides"]
    assert {each["Name"] for each in overrides if "Count" in each["ActionToUse"]} == {
        "SizeRestrictions_BODY",
        "CrossSiteScripting_BODY",
    }
    redacted = EDGE["FirewallLog"]["Properties"]["RedactedFields"]
    assert {"UriPath", "QueryString"} <= {name for each in redacted for name in each}
    assert re.fullmatch(r"aws-waf-logs-.+", EDGE["FirewallLogGroup"]["Properties"]["LogGroupName"]["Fn::Sub"])
