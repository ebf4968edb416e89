"""`python -m activities.importing.child ORDER`: reads a calendar from standard input.

It binds its own hands before it looks at a single byte: so much time, so much memory, no files.
It knows no settings, no database and no secrets.
"""

import resource
import sys

from activities.importing.reading import read_body
from activities.importing.transfer import OUT_OF_MEMORY, read_order, to_bytes


def main() -> int:
    """Read, answer on standard output, return the exit status."""
    first, last, limits = read_order(sys.argv[1])
    _bind(limits.cpu, limits.memory)
    try:
        body = sys.stdin.buffer.read(limits.body + 1)
        answer = to_bytes(read_body(body, first=first, last=last, limits=limits))
    except (MemoryError, RecursionError):
        return OUT_OF_MEMORY
    sys.stdout.buffer.write(answer)
    return 0


def _bind(cpu: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
