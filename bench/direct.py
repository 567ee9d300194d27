"""The same work put to PostgreSQL without the product, by pgbench: every row that the product writes, every row that it reads, in
statements as anybody would write them; and what the product itself asks (bench/statements.py)."""

import re
import resource
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from math import ceil
from pathlib import Path

from bench.seed import Size
from bench.statements import CHOICES, DOCTOR, PATIENT, STARTS, choices
from servers.locate import pgbench_program

_OCCUPYING = "('pending', 'booked', 'arrived', 'fulfilled', 'noshow')"

# A hold: the key, the doctor's lock, the person's lock, the visit with its event under both exclusion constraints, the answer
# that the key remembers: one statement for each.
_HOLD = f"""{CHOICES}BEGIN;
INSERT INTO requests (caller, operation, key, body_hash, at)
    VALUES ('patient:' || :patient::int, 'POST /api/appointments', :key::bigint::text, md5('x'), now());
UPDATE schedules SET version = version + 1 WHERE doctor_id = {DOCTOR};
SELECT id FROM persons WHERE id = {PATIENT} FOR NO KEY UPDATE;
WITH written AS (
    INSERT INTO appointments (id, doctor_id, person_id, booked_by, starts_at, ends_at, occupied_until, status, hold_kind,
        hold_expires_at, fee, tax_percent, tax, total, currency, keep, policy, doctor_zone, patient_zone, reason, created_at,
        meeting_status, moves, sequence, version)
    VALUES (gen_random_uuid(), {DOCTOR}, {PATIENT}, {PATIENT}, {STARTS}, {STARTS} + interval '30 minutes',
        {STARTS} + interval '30 minutes', 'pending', 'patient', now() + interval '10 minutes', 5000, '18', 900, 5900, 'USD', 0,
        '24h:100,4h:50', 'UTC', 'Europe/Berlin', '', now(), 'none', 0, 0, 1)
    ON CONFLICT DO NOTHING RETURNING id)
INSERT INTO events (appointment_id, doctor_id, person_id, verb, before, after, role, actor_id, starts_at, ends_at, occupied_until, at)
SELECT id, {DOCTOR}, {PATIENT}, 'hold', NULL, 'pending', 'patient', {PATIENT}, {STARTS}, {STARTS} + interval '30 minutes',
    {STARTS} + interval '30 minutes', now() FROM written;
UPDATE requests SET result = repeat('x', 1500), at = now()
    WHERE caller = 'patient:' || :patient::int AND operation = 'POST /api/appointments' AND key = :key::bigint::text;
COMMIT;
"""
# A doctor's week: whether they are listed, their hours, the schedule's version, their time off, what is taken.
_WEEK = f"""\\set doctor random(0, :doctors - 1)
SELECT h.*, s.version AS schedule FROM doctors d JOIN hours h ON h.doctor_id = d.id JOIN schedules s ON s.doctor_id = d.id
    WHERE d.status = 'approved' AND d.id = {DOCTOR};
SELECT id, starts_at, ends_at, note FROM time_off WHERE doctor_id = {DOCTOR}
    AND ends_at > now() AND starts_at < now() + interval '8 days' ORDER BY starts_at, id;
SELECT starts_at, occupied_until, status, hold_expires_at FROM appointments WHERE status IN {_OCCUPYING} AND doctor_id = {DOCTOR}
    AND starts_at < now() + interval '8 days' AND starts_at > now() - interval '1 day' AND occupied_until > now()
    ORDER BY starts_at, id;
"""
SCRIPTS = {"hold": _HOLD, "week": _WEEK}


@dataclass(frozen=True, slots=True)
class Direct:
    """What pgbench came to: transactions a second, milliseconds of each, its own processor time in seconds."""

    rate: float
    count: int
    p50_ms: float
    p99_ms: float
    client_seconds: float


def transactions(url: str, name: str, script: str, size: Size, folder: Path, *, clients: int, seconds: float) -> Direct:
    """As many of a script as the database finishes. Raise RuntimeError with what pgbench said when it fails."""
    file, log = folder / "script.sql", folder / "pgbench-log"
    file.write_text(script)
    numbers = {"doctors": size.doctors, "patients": size.patients, **choices(datetime.now(UTC))}
    defined = chain.from_iterable(("--define", f"{each}={number}") for each, number in numbers.items())
    command = [pgbench_program(), "--no-vacuum", "--protocol=prepared", f"--client={clients}", "--jobs=1"]
    command += [f"--time={ceil(seconds)}", "--log", f"--log-prefix={log}", *defined, f"--file={file}", url]
    before = _waited_for()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    spent = _waited_for() - before
    found = re.search(r"tps = ([\d.]+) \(without", done.stdout)
    if done.returncode or found is None or "aborted" in done.stderr:
        raise RuntimeError(f"pgbench failed at {name}:\n{done.stdout}{done.stderr}")
    took = []
    for each in folder.glob(f"{log.name}.*"):
        took += [int(line.split()[2]) / 1_000 for line in each.read_text().splitlines()]
        each.unlink()
    took.sort()
    p50, p99 = (took[max(ceil(share * len(took)) - 1, 0)] for share in (0.5, 0.99))
    return Direct(float(found.group(1)), len(took), p50, p99, spent)


def _waited_for() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
