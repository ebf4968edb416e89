"""`python -m tests.harness.on_services COMMAND…`: run it with a real PostgreSQL and Redis."""

import os
import subprocess
import sys

from tests.harness.servers import NoServerError, postgresql, redis


def main(command: list[str]) -> int:
    """Run `command` with DATABASE_URL and REDIS_URL set; return its exit code."""
    try:
        with postgresql() as database, redis() as queue:
            services = {"DATABASE_URL": database, "REDIS_URL": queue}
            return subprocess.run(command, env=os.environ | services, check=False).returncode
    except NoServerError as reason:
        sys.stderr.write(f"\n{reason}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
