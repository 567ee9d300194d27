"""ministack on the loopback alone: `python serve.py PORT STATE`. What its SES sends goes to the port after its own."""

import os
import sys

port, state = int(sys.argv[1]), sys.argv[2]
os.environ.update(
    BIND_HOST="127.0.0.1",
    GATEWAY_PORT=str(port),
    SMTP_HOST=f"127.0.0.1:{port + 1}",
    TMPDIR=state,
    LOG_LEVEL="WARNING",
    MINISTACK_WORKER_THREADS="8",
)
sys.argv = ["ministack"]

from ministack.app import main  # noqa: E402  # reads its environment when it is imported

main()
