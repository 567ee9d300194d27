"""Refuse keys, tokens and passwords in the repository: `python scripts/check_secrets.py [ROOT]`.

The rules are those of detect-secrets. A line that looks like a secret and is none says so itself, with
`pragma: allowlist secret` in a comment; so there is no list of exceptions to keep up with line numbers.
"""

import re
import sys
from pathlib import Path

from detect_secrets.core.potential_secret import PotentialSecret
from detect_secrets.core.scan import scan_file
from detect_secrets.settings import transient_settings

from tracked import tracked_files

_DETECTORS = [
    "ArtifactoryDetector",
    "AWSKeyDetector",
    "AzureStorageKeyDetector",
    "BasicAuthDetector",
    "DiscordBotTokenDetector",
    "GitHubTokenDetector",
    "GitLabTokenDetector",
    "JwtTokenDetector",
    "MailchimpDetector",
    "NpmDetector",
    "OpenAIDetector",
    "PrivateKeyDetector",
    "PypiTokenDetector",
    "SendGridDetector",
    "SlackDetector",
    "StripeDetector",
    "TelegramBotTokenDetector",
    "TwilioKeyDetector",
]
# Long strings without pattern; prose, paths and hashes of locked packages stay below or are left out by name.
_ENTROPY = [{"name": "Base64HighEntropyString", "limit": 4.8}, {"name": "HexHighEntropyString", "limit": 3.3}]

_RULES = {
    "plugins_used": [*({"name": name} for name in _DETECTORS), *_ENTROPY],
    "filters_used": [
        {"path": "detect_secrets.filters.allowlist.is_line_allowlisted"},
        {"path": "detect_secrets.filters.heuristic.is_sequential_string"},
        {"path": "detect_secrets.filters.heuristic.is_templated_secret"},
    ],
}

# Hashes of packages, by the hundred; the hygiene check reads these files instead.
_LOCKS = (".lock", "package-lock.json")


# What documentation writes where a password would stand.
_PLACEHOLDERS = {"password", "secret"}
# The shortest signature in use, HMAC with SHA-256, in base64: a token with less proves nothing to anyone.
_SIGNATURE_LENGTH = 43


def findings(root: Path) -> list[str]:
    """One line for each thing in `root`'s tracked files that looks like a secret."""
    with transient_settings(_RULES):
        return [
            f"{path}:{found.line_number}: {found.type}"
            for path in tracked_files(root)
            if not path.name.endswith(_LOCKS)
            for found in scan_file(str(root / path))
            if not _is_harmless(found, root / path)
        ]


def _is_harmless(found: PotentialSecret, path: Path) -> bool:
    value = found.secret_value or ""
    if found.type != "JSON Web Token":
        return value in _PLACEHOLDERS
    # The detector answers the beginning of a token only.
    line = path.read_text(encoding="utf-8").splitlines()[found.line_number - 1]
    token = re.search(re.escape(value) + r"[\w.=-]*", line)
    return token is not None and len(token.group().rpartition(".")[2]) < _SIGNATURE_LENGTH


def main() -> None:
    """Print what was found; exit 1 if anything was."""
    found = findings(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    for line in found:
        print(line)
    if found:
        sys.exit("secrets: take them out, or mark a line that is none with `pragma: allowlist secret`")


if __name__ == "__main__":
    main()
