"""`python -m browser.screenshots FOLDER [--keep FOLDER]`: every screen, wide and on a telephone, in both lights.

`--keep` puts the few that the documents show into another folder. Two walks go on at a time, each over data of its own.
"""

import argparse
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from browser.screenshots import administrator, doctor, german, own, patient, plans, registering
from browser.screenshots.camera import LIGHTS, SIZES, Studio
from browser.screenshots.kept import keep
from browser.screenshots.stage import Stage, write_play
from browser.visitor import FLAGS
from servers.locate import chromium_program

WALKS = tuple(f"{size}-{light}" for size in SIZES for light in LIGHTS)
PARTS = (patient, own, doctor, administrator, german, registering, plans)
"""In this order: the later ones change what the earlier ones show."""


def main() -> int:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--play", type=Path, help="the data of one walk")
    parser.add_argument("--walk", choices=WALKS, help="which one, by itself")
    arguments = parser.parse_args()
    folder: Path = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if arguments.walk:
        walk(arguments.play, folder, arguments.walk)
        return 0
    with tempfile.TemporaryDirectory() as name:
        play = Path(name) / "play"
        play.mkdir()
        write_play(play)
        with ThreadPoolExecutor(2) as at_a_time:
            for done in at_a_time.map(lambda how: _walk_apart(play, folder, how), WALKS):
                done.check_returncode()
    if arguments.keep:
        keep(folder, arguments.keep)
    return 0


def _walk_apart(play: Path, folder: Path, how: str) -> subprocess.CompletedProcess[bytes]:
    """In a process of its own: browsers and servers belong to the thread that a process begins with."""
    command = [sys.executable, "-m", "browser.screenshots", str(folder), "--play", str(play), "--walk", how]
    return subprocess.run(command, check=False)


def walk(play: Path, folder: Path, how: str) -> None:
    """Everything, at one size in one light."""
    size, _, light = how.partition("-")
    expect.set_options(timeout=20_000)
    stage = Stage(play, play.with_name(how))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_program(), args=list(FLAGS))
            studio = Studio(browser, stage, folder, size, light)
            for part in PARTS:
                # Each part begins at the same minute, however long those before it took.
                stage.close()
                stage.open()
                part.take(studio)
            browser.close()
    finally:
        stage.close()


if __name__ == "__main__":
    sys.exit(main())
