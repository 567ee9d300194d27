"""What a further payment provider takes is counted in a copy of bootstrap: one line; the contract finds the rest by itself."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dependency_injector import providers

import bootstrap
from contract.payments import cash_box
from contract.payments.benches import entries_of

ROOT = Path(__file__).parents[3]
TABLE = "_payments: ClassVar[dict[str, providers.Provider[Payments]]] = {\n"
LINE = '        "piggy_bank": providers.Singleton("piggy_bank.CashBox", clock),\n'


def test_one_file_and_one_line_are_put_to_the_whole_contract(tmp_path: Path) -> None:
    shutil.copy(cash_box.__file__, tmp_path / "piggy_bank.py")
    before, table, after = Path(bootstrap.__file__).read_text().partition(TABLE)
    assert table
    (tmp_path / "bootstrap.py").write_text(before + table + LINE + after)
    folders = [str(tmp_path), *(str(ROOT / name) for name in ("src", "tests"))]
    chosen = ["-k", "(piggy_bank or simulator) and itself", "-p", "no:cacheprovider", "-n", "0"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-o", f"pythonpath={' '.join(folders)}", *chosen, Path(__file__).parent],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(folders)},
        capture_output=True,
        text=True,
        timeout=200,
    )
    judged = re.findall(r"(test_\w+)\[(\w+) at itself(.*?)\] PASSED", run.stdout)
    passed = {
        name: {(test, case) for test, each, case in judged if each == name} for name in ("piggy_bank", "simulator")
    }
    assert run.returncode == 0, run.stdout + run.stderr
    assert passed["piggy_bank"] == passed["simulator"]
    assert len(passed["piggy_bank"]) > 20


async def test_a_provider_that_nobody_judges_fails_and_is_told_what_it_lacks(tmp_path: Path) -> None:
    [entry] = entries_of({"barter": providers.Singleton(dict)})
    with pytest.raises(LookupError, match=r"nobody judges barter: .* must name its PEERS"):
        async with entry.peer.bench(tmp_path):
            raise AssertionError
