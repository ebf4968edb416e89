"""Asking DNS, with a name server of our own that answers over a real socket."""

import socket
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from newsletter.mail_servers import takes_mail

ZONE = {
    ("med-mx.example.", "MX"): "10 mail.med-mx.example.",
    ("nul-mx.example.", "MX"): "0 .",
    ("kun-a.example.", "A"): "192.0.2.1",
    ("kun-aaaa.example.", "AAAA"): "2001:db8::1",
    ("xn--brn-0na.example.", "MX"): "10 mail.med-mx.example.",
}
KNOWN = {name for name, _ in ZONE} | {"tom.example."}


def reply_to(packet):
    question = dns.message.from_wire(packet)
    reply = dns.message.make_response(question)
    reply.flags |= dns.flags.RA
    name, kind = str(question.question[0].name), question.question[0].rdtype.name
    if name == "i-stykker.example.":
        reply.set_rcode(dns.rcode.SERVFAIL)
    elif name not in KNOWN:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    elif (name, kind) in ZONE:
        reply.answer.append(dns.rrset.from_text(name, 60, "IN", kind, ZONE[name, kind]))
    return reply.to_wire()


@pytest.fixture(scope="module")
def resolver():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))

    def serve():
        while True:
            packet, sender = server.recvfrom(2000)
            if not packet:
                return
            server.sendto(reply_to(packet), sender)

    thread = threading.Thread(target=serve)
    thread.start()
    asked = dns.resolver.Resolver(configure=False)
    asked.nameservers, asked.port = ["127.0.0.1"], server.getsockname()[1]
    asked.lifetime = 1
    yield asked
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as goodbye:
        goodbye.sendto(b"", server.getsockname())
    thread.join()
    server.close()


@pytest.mark.parametrize(
    ("domain", "takes"),
    [
        ("med-mx.example", True),
        ("nul-mx.example", False),
        ("kun-a.example", True),
        ("kun-aaaa.example", True),
        ("tom.example", False),
        ("findes-ikke.example", False),
        ("børn.example", True),
    ],
)
def test_dns_says_whether_a_domain_takes_mail(resolver, domain, takes):
    assert takes_mail(domain, resolver=resolver) is takes


def test_a_domain_has_the_benefit_of_the_doubt_when_dns_does_not_answer(resolver):
    assert takes_mail("i-stykker.example", resolver=resolver) is True
