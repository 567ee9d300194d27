"""`make simulate`: whole years, one seed after another. Prints what each came to; ends with 1 if any broke a promise."""

import argparse
import sys
import time

from simulation.year.run import MONTH, YEAR, simulate


def main() -> int:
    arguments = argparse.ArgumentParser(prog="simulation.year", description=__doc__)
    arguments.add_argument("--seeds", type=int, default=1, help="how many")
    arguments.add_argument("--first", type=int, default=0, help="the first of them")
    arguments.add_argument("--month", action="store_true", help="a small town's month instead of a year")
    asked = arguments.parse_args()
    broken = 0
    for seed in range(asked.first, asked.first + asked.seeds):
        began = time.process_time()
        outcome = simulate(seed, MONTH if asked.month else YEAR, tell=_tell)
        seconds = time.process_time() - began
        sys.stdout.write(f"seed {seed}: {outcome.counts}, history {outcome.digest[:16]}, {seconds:.1f} s of CPU\n")
        for fault in outcome.faults:
            sys.stdout.write(f"  {fault}\n")
        sys.stdout.flush()
        broken += bool(outcome.faults)
    return 1 if broken else 0


def _tell(so_far: str) -> None:
    # Beside the results, which alone go to standard output.
    sys.stderr.write(f"  {so_far}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
