"""Addresses in a system trace are found and told apart; no connection is made here."""

import pytest

from benchmarks.outbound import addresses, is_loopback


def test_every_internet_address_of_a_trace_is_counted(tmp_path):
    (tmp_path / "trace").write_text('\n'.join((
        '12 connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("192.0.2.7")}, 16) = -1 ENETUNREACH',
        '12 connect(3, {sa_family=AF_INET6, sin6_port=htons(80), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 0',
        '13 sendto(3, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.1")}, 16) = 1',
        '13 connect(4, {sa_family=AF_UNIX, sun_path="/run/a"}, 110) = 0')))
    assert addresses(tmp_path / "trace") == {"192.0.2.7": 1, "2001:db8::1": 1, "127.0.0.1": 1}


@pytest.mark.parametrize(("address", "loopback"), [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True),
                                                   ("0.0.0.0", False), ("192.0.2.7", False), ("2001:db8::1", False), ("::ffff:192.0.2.7", False)])
def test_only_this_machine_is_loopback(address, loopback):
    assert is_loopback(address) is loopback
