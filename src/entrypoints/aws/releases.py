"""Releases in the bucket of a deployment, what was deployed when, and the web client that browsers fetch."""

import json
import mimetypes
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from entrypoints.aws import Stopped
from entrypoints.aws.archives import digest_of
from entrypoints.aws.clients import client, says
from entrypoints.aws.packaging import BOOT, BUNDLE, FUNCTIONS, MANIFEST

_WEB = "web/dist/"
_FOR_EVER, _ASK = "public, max-age=31536000, immutable", "no-cache"
_MOST_REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class Deployed:
    """One entry of what was deployed when."""

    release: str
    at: str


class Releases:
    """Those in one bucket, under `releases/`; `history` of what a deployment ran lies beside them."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._store = client("s3")

    def upload(self, folder: Path) -> str:
        """Put a release there, the manifest last, so that what is named is whole. One that is there stays as it is. Raise
        Stopped where its files are not those of its manifest, or other bytes of its name are there."""
        manifest = read_manifest(folder)
        release = str(manifest["release"])
        there = self.find(release)
        if there is not None and there["sha256"] != manifest["sha256"]:
            raise Stopped(
                f"{self._bucket} holds another {release} than {folder}: find out whose it is; "
                f"without releases/{release}/{MANIFEST} there, this one takes its place."
            )
        if there is None:
            for name in manifest["sha256"]:
                self._store.upload_file(str(folder / name), self._bucket, f"releases/{release}/{name}")
            self._store.upload_file(str(folder / MANIFEST), self._bucket, f"releases/{release}/{MANIFEST}")
        return release

    def find(self, release: str) -> Mapping[str, Any] | None:
        """Its manifest."""
        return self._read(f"releases/{release}/{MANIFEST}")

    def parameters(self, release: str) -> dict[str, str]:
        """What templates want to know of it. Raise Stopped if it is not there."""
        manifest = self.find(release)
        if manifest is None:
            raise Stopped(f"There is no release {release} in {self._bucket}.")
        digests = manifest["sha256"]
        return {"Release": release, "BundleSha256": digests[BUNDLE], "BootSha256": digests[BOOT]}

    def history(self, deployment: str) -> list[Deployed]:
        """What the deployment ran, oldest first."""
        entries = (self._read(f"deployed/{deployment}.json") or {}).get("deployed", [])
        return [Deployed(each["release"], each["at"]) for each in entries]

    def note(self, deployment: str, release: str, at: datetime) -> None:
        """From now on the deployment runs that release."""
        entries = [*self.history(deployment), Deployed(release, at.isoformat(timespec="seconds"))]
        body = {"deployed": [{"release": each.release, "at": each.at} for each in entries[-_MOST_REMEMBERED:]]}
        text = json.dumps(body, indent=2).encode()
        self._store.put_object(Bucket=self._bucket, Key=f"deployed/{deployment}.json", Body=text)

    def publish_web(self, release: str, bucket: str) -> int:
        """Put the web client of that release where browsers fetch it, under `web/`: files whose names tell their contents
        first and for good, the pages that name them last. Those of earlier releases stay, for pages that are open."""
        with TemporaryDirectory(prefix="openhours-web-") as name:
            packed = Path(name) / BUNDLE
            self._store.download_file(self._bucket, f"releases/{release}/{BUNDLE}", str(packed))
            if digest_of(packed) != self.parameters(release)["BundleSha256"]:
                raise Stopped(f"The bundle of {release} is not the one of its manifest.")
            with tarfile.open(packed) as tar:
                files = {
                    member.name.removeprefix(_WEB): content.read()
                    for member in tar
                    # CloudFront compresses by itself.
                    if member.name.startswith(_WEB)
                    and not member.name.endswith(".br")
                    and (content := tar.extractfile(member)) is not None
                }
        for path in sorted(files, key=lambda path: (not _is_hashed(path), path == "index.html", path)):
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            keep = _FOR_EVER if _is_hashed(path) else _ASK
            self._store.put_object(
                Bucket=bucket, Key=f"web/{path}", Body=files[path], ContentType=kind, CacheControl=keep
            )
        return len(files)

    def _read(self, key: str) -> Mapping[str, Any] | None:
        try:
            return dict(json.loads(self._store.get_object(Bucket=self._bucket, Key=key)["Body"].read()))
        except self._store.exceptions.ClientError as error:
            if says(error, "NoSuchKey", "404"):
                return None
            raise


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """The manifest of a release that was packaged there. Raise Stopped where its files are not those it names."""
    path = folder / MANIFEST
    if not path.is_file():
        raise Stopped(f"{folder} holds no release: run `openhours aws package`.")
    manifest = dict(json.loads(path.read_text(encoding="utf-8")))
    for name in (BUNDLE, FUNCTIONS, BOOT):
        if not (folder / name).is_file() or digest_of(folder / name) != manifest["sha256"].get(name):
            raise Stopped(f"{name} in {folder} is not the one that the manifest names: package anew.")
    return manifest


def _is_hashed(path: str) -> bool:
    """Vite puts there what has a hash of its contents in its name."""
    return PurePosixPath(path).parts[0] == "assets"
