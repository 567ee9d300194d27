"""ministack on the loopback alone: `python serve.py PORT STATE MAIL`. What its SES sends goes to the port MAIL."""

import os
import sys

port, state, mail = sys.argv[1:4]
os.environ.update(
    BIND_HOST="127.0.0.1",
    GATEWAY_PORT=port,
    SMTP_HOST=f"127.0.0.1:{mail}",
    TMPDIR=state,
    LOG_LEVEL="WARNING",
    MINISTACK_WORKER_THREADS="8",
)
sys.argv = ["ministack"]

from ministack.app import main  # noqa: E402  # reads its environment when it is imported

main()
