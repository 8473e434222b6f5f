"""Every internet address of a system trace is found, and told apart; no connection is made here."""

import pytest

from benchmarks.outbound import calls, is_loopback, table

TRACE = """11 execve("/usr/bin/python3", ["python3"], 0x7ff /* 30 vars */) = 0
12 execve("/opt/bin/chroma", ["chroma"], 0x7ff /* 30 vars */) = 0
12 connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.7")}, 16) = -1 ENETUNREACH
12 connect(3, {sa_family=AF_INET6, sin6_port=htons(80), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 0
13 sendto(3, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.1")}, 16) = 1
13 connect(4, {sa_family=AF_UNIX, sun_path="/run/a"}, 110) = 0
11 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID) = 14
14 execve("/usr/bin/chromium", ["chromium"], 0x7ff /* 30 vars */) = 0
14 <... clone3 resumed> => {parent_tid=[0]}, 88) = 15
15 connect(3, {sa_family=AF_INET6, sin6_port=htons(53), inet_pton(AF_INET6, "2001:db8::8", &sin6_addr)}, 28) = 0"""


def test_every_internet_address_of_a_trace_is_counted_and_those_of_a_browser_apart():
    found = calls(TRACE.splitlines())
    assert found.ours == {"192.0.2.7": 1, "2001:db8::1": 1, "127.0.0.1": 1} and found.browser == {"2001:db8::8": 1}
    assert found.loopback == 1 and set(found.outside) == {"192.0.2.7", "2001:db8::1"}
    assert "| a | 0 | 1 | 192.0.2.7 (1), 2001:db8::1 (1) | 2001:db8::8 (1) |" in table([("a", "0", found)])


@pytest.mark.parametrize(("address", "loopback"), [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True),
                                                   ("0.0.0.0", False), ("192.0.2.7", False), ("2001:db8::1", False), ("::ffff:192.0.2.7", False)])
def test_only_this_machine_is_loopback(address, loopback):
    assert is_loopback(address) is loopback
