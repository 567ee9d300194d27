"""What CloudFront does is what the product itself would do: the same headers, the same pages, the same closed doors."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
DOCTOR = "0198c0de-0000-7000-8000-00000000beef"
ACCEPTED = [
    *(None, "", "*", "de", "de-CH", "DE-at,en;q=0.9", "fr,en;q=0.7,de;q=0.8", "fr", "en,de", "de,en", "en-GB,de;q=1.0"),
    *("de;q=0", "de;q=0,en;q=0", "de;q=,en;q=0.9", "de;q=much,en;q=0.1", " de ;q=0.4, en;q=0.3", "en;q=0.5,de;q=0.5"),
]
"""What browsers say of languages, some of them badly."""
ROOT = Path(__file__).parents[2]
FIRST = ROOT / "web/bundle/first.ts"


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


def in_node(code: str, *arguments: str) -> Any:
    """What it prints, which is JSON."""
    command = [NODE, "--input-type=module", "-e", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def rewritten(*paths: str) -> list[str | int]:
    """What becomes of each path: another path, or the status of an answer."""
    [answers] = rewritten_for([None], paths)
    return answers


def rewritten_for(languages: Sequence[str | None], paths: Sequence[str]) -> list[list[str | int]]:
    """The same for each of what browsers say that they read."""
    headers = [{} if each is None else {"accept-language": {"value": each}} for each in languages]
    code = EDGE["PagePaths"]["Properties"]["FunctionCode"]
    asking = """
        const [browsers, paths] = process.argv.slice(1).map((each) => JSON.parse(each));
        const said = browsers.map((headers) => paths.map((uri) => handler({ request: { uri, headers } })));
        console.log(JSON.stringify(said.map((each) => each.map((answer) => answer.statusCode || answer.uri))));
    """
    answers: list[list[str | int]] = in_node(code + asking, json.dumps(headers), json.dumps(paths))
    return answers


@pytest.fixture(scope="module")
def built() -> dict[str, Any]:
    """The first pages and their languages as the web client is built with them, with a path of each."""
    told: dict[str, Any] = in_node(
        f"import {{ FIRST_PAGES, LANGUAGES }} from {json.dumps(FIRST.as_uri())};"
        "console.log(JSON.stringify({ pages: FIRST_PAGES, languages: LANGUAGES }))"
    )
    return told


def test_every_other_page_is_index_html_and_files_are_themselves() -> None:
    pages = ["/doctors/", "/doctors/short", "/appointments/", "/you/data", f"/doctors/{DOCTOR}/more", f"/x/{DOCTOR}"]
    files = ["/index.html", "/favicon.svg", "/color-scheme.js", "/assets/index-D9efAFcQ.js", "/first/find.de.html"]
    assert rewritten(*pages) == ["/index.html"] * len(pages)
    assert rewritten(*files) == files


def test_every_first_page_is_the_file_that_was_built_for_it(built: dict[str, Any]) -> None:
    names = [page["name"] for page in built["pages"]]
    expected = [[f"/first/{name}.{language}.html" for name in names] for language in built["languages"]]
    assert rewritten_for(built["languages"], [page["path"] for page in built["pages"]]) == expected
    assert len(names) == 3


def test_a_first_page_comes_in_the_language_in_which_the_product_would_send_it(
    built: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "first/pages.json").write_text(json.dumps(built), encoding="utf-8")
    product = web_client._FirstPages(web_client._read(tmp_path)["/first/pages.json"])
    paths = ["/", "/doctors", f"/doctors/{DOCTOR}", f"/doctors/{DOCTOR.upper()}"]
    expected = {each: [f"/first/{product.names(path, each or '')[0]}.html" for path in paths] for each in ACCEPTED}
    assert dict(zip(ACCEPTED, rewritten_for(ACCEPTED, paths), strict=True)) == expected


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
    # Google comes back with addresses in the query.
    let_by = rules["common"]["Statement"]["ManagedRuleGroupStatement"]["ScopeDownStatement"]["NotStatement"]
    match = let_by["Statement"]["ByteMatchStatement"]
    transformed = [each["Type"] for each in match["TextTransformations"]]
    assert (match["FieldToMatch"], match["PositionalConstraint"], transformed) == ({"UriPath": {}}, "EXACTLY", ["NONE"])
    operations = json.loads((ROOT / "web/openapi.json").read_text(encoding="utf-8"))["paths"]
    assert match["SearchString"] in operations
    redacted = EDGE["FirewallLog"]["Properties"]["RedactedFields"]
    assert {"UriPath", "QueryString"} <= {name for each in redacted for name in each}
    assert re.fullmatch(r"aws-waf-logs-.+", EDGE["FirewallLogGroup"]["Properties"]["LogGroupName"]["Fn::Sub"])
