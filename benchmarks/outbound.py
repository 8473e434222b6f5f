"""Every address that a command and its children connect or send to, as the system sees it; ends with 1 where one is not loopback.

    python -m benchmarks.outbound -- python -m pytest
    python -m benchmarks.outbound -- bronvast ask "Welke trends gelden voor Oekraïense vluchtelingen?" --index .bronvast/demo

Needs strace (Debian's package). Sockets of this machine alone (unix, netlink) are left out; UDP that only looks an address up in
the routing table, without sending, counts too.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from ipaddress import ip_address
from pathlib import Path

_ADDRESS = re.compile(r'(?:inet_addr\("([0-9.]+)"\)|inet_pton\(AF_INET6, "([0-9a-fA-F:.]+)")')
_CALLS = "connect,sendto,sendmsg,sendmmsg"


def addresses(trace: Path) -> Counter[str]:
    """Count the internet addresses in a trace of strace."""
    found: Counter[str] = Counter()
    with trace.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            found.update(four or six for four, six in _ADDRESS.findall(line))
    return found


def is_loopback(address: str) -> bool:
    """Say whether an address is of this machine alone; `::ffff:127.0.0.1` is."""
    one = ip_address(address)
    return (getattr(one, "ipv4_mapped", None) or one).is_loopback


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    command = [part for part in parser.parse_args().command if part != "--"]
    if not command:
        parser.error("give a command after --")
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        done = subprocess.run(["strace", "-f", "-qq", "-e", f"trace={_CALLS}", "-e", "signal=none", "-o", str(trace), *command], check=False)
        found = addresses(trace)
    outside = {address: count for address, count in found.items() if not is_loopback(address)}
    inside = sum(found.values()) - sum(outside.values())
    print(f"the command ended with {done.returncode}; calls to loopback: {inside}, to other addresses: {outside or 'none'}")
    return int(bool(outside))


if __name__ == "__main__":
    sys.exit(main())
