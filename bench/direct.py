"""The same work put to PostgreSQL without the product, by pgbench: every row that the product writes, every row that it reads."""

import re
import shutil
import subprocess
from pathlib import Path

from bench.seed import OPENS, SLOTS_A_DAY, Size
from servers.locate import postgresql_programs

_DOCTOR = "('d0000000-0000-4000-8000-' || lpad(to_hex(:doctor::int), 12, '0'))::uuid"
_PATIENT = "('a0000000-0000-4000-8000-' || lpad(to_hex(:patient::int), 12, '0'))::uuid"
_STARTS = f"(date_trunc('day', now()) + make_interval(days => :day::int, mins => {OPENS * 60} + 30 * :slot::int))"
_OCCUPYING = "('pending', 'booked', 'arrived', 'fulfilled', 'noshow')"

# A hold: the key, the doctor's lock, the person's lock, the visit with its event under both exclusion constraints, the answer
# that the key remembers. The product cannot do with fewer rows, and one statement for each is the least that SQL allows.
_HOLD = f"""
\\set doctor random(0, :doctors - 1)
\\set patient random(0, :patients - 1)
\\set day random(2, 29)
\\set slot random(0, {SLOTS_A_DAY - 1})
\\set key random(1, 1000000000000)
BEGIN;
INSERT INTO requests (caller, operation, key, body_hash, at)
    VALUES ('patient:' || :patient::int, 'POST /api/appointments', :key::bigint::text, md5('x'), now());
UPDATE schedules SET version = version + 1 WHERE doctor_id = {_DOCTOR};
SELECT id FROM persons WHERE id = {_PATIENT} FOR NO KEY UPDATE;
WITH written AS (
    INSERT INTO appointments (id, doctor_id, person_id, booked_by, starts_at, ends_at, occupied_until, status, hold_kind,
        hold_expires_at, fee, tax_percent, tax, total, currency, keep, policy, doctor_zone, patient_zone, reason, created_at,
        meeting_status, moves, sequence, version)
    VALUES (gen_random_uuid(), {_DOCTOR}, {_PATIENT}, {_PATIENT}, {_STARTS}, {_STARTS} + interval '30 minutes',
        {_STARTS} + interval '30 minutes', 'pending', 'patient', now() + interval '10 minutes', 5000, '18', 900, 5900, 'USD', 0,
        '24h:100,4h:50', 'UTC', 'Europe/Berlin', '', now(), 'none', 0, 0, 1)
    ON CONFLICT DO NOTHING RETURNING id)
INSERT INTO events (appointment_id, doctor_id, person_id, verb, before, after, role, actor_id, starts_at, ends_at, occupied_until, at)
SELECT id, {_DOCTOR}, {_PATIENT}, 'hold', NULL, 'pending', 'patient', {_PATIENT}, {_STARTS}, {_STARTS} + interval '30 minutes',
    {_STARTS} + interval '30 minutes', now() FROM written;
UPDATE requests SET result = repeat('x', 1500), at = now()
    WHERE caller = 'patient:' || :patient::int AND operation = 'POST /api/appointments' AND key = :key::bigint::text;
COMMIT;
"""
# A doctor's week: who they are, their hours and rating, their time off, what is taken.
_WEEK = f"""
\\set doctor random(0, :doctors - 1)
SELECT d.*, h.*, r.stars, r.given, s.version AS schedule FROM doctors d JOIN hours h ON h.doctor_id = d.id
    JOIN ratings r ON r.doctor_id = d.id JOIN schedules s ON s.doctor_id = d.id WHERE d.status = 'approved' AND d.id = {_DOCTOR};
SELECT id, starts_at, ends_at, note FROM time_off WHERE doctor_id = {_DOCTOR}
    AND ends_at > now() AND starts_at < now() + interval '8 days' ORDER BY starts_at, id;
SELECT starts_at, occupied_until, status, hold_expires_at FROM appointments WHERE status IN {_OCCUPYING} AND doctor_id = {_DOCTOR}
    AND starts_at < now() + interval '8 days' AND starts_at > now() - interval '1 day' AND occupied_until > now()
    ORDER BY starts_at, id;
"""
SCRIPTS = {"hold": _HOLD, "week": _WEEK}


def pgbench_program() -> str | None:
    """Beside the server's own programs, or wherever it is; None where this machine has none."""
    beside = postgresql_programs() / "pgbench"
    return str(beside) if beside.exists() else shutil.which("pgbench")


def transactions_a_second(url: str, script: str, size: Size, folder: Path, *, clients: int, seconds: int) -> float:
    """How many of one of SCRIPTS the database finishes. Raise RuntimeError with what pgbench said when it fails."""
    program = pgbench_program()
    assert program is not None
    file = folder / f"{script}.sql"
    file.write_text(SCRIPTS[script])
    command = [program, "--no-vacuum", "--protocol=prepared", f"--client={clients}", "--jobs=1", f"--time={seconds}"]
    variables = ["--define", f"doctors={size.doctors}", "--define", f"patients={size.patients}", f"--file={file}", url]
    done = subprocess.run([*command, *variables], capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+) \(without", done.stdout)
    if done.returncode or found is None:
        raise RuntimeError(f"pgbench failed:\n{done.stdout}{done.stderr}")
    return float(found.group(1))
