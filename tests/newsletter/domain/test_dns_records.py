"""What a domain says about its mail, in real records."""

import pytest

from newsletter.domain.dns_records import Verdict, dkim, dmarc, spf


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (["v=spf1 include:_spf.kommune.example -all"], Verdict.GOOD),
        (["MS=ms123", "v=spf1 ip4:192.0.2.1 ~all"], Verdict.GOOD),
        (["v=spf1 redirect=_spf.kommune.example"], Verdict.GOOD),
        (["V=SPF1 -ALL"], Verdict.GOOD),
        (["v=spf1 +all"], Verdict.OPEN),
        (["v=spf1 ?all"], Verdict.OPEN),
        (["v=spf1 a mx"], Verdict.OPEN),
        (["v=spf1 -all", "v=spf1 a -all"], Verdict.SEVERAL),
        (["v=spf10 -all"], Verdict.MISSING),
        ([], Verdict.MISSING),
    ],
)
def test_spf_is_one_record_with_an_end(texts, verdict):
    assert spf(texts) == verdict


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (["v=DKIM1; k=rsa; p=MIGfMA0GCSq GSIb3"], Verdict.GOOD),
        (["k=rsa; p=MIGf"], Verdict.GOOD),
        (["v=DKIM1; p="], Verdict.REVOKED),
        (["v=DKIM1; k=rsa"], Verdict.MISSING),
        ([], Verdict.MISSING),
    ],
)
def test_dkim_is_a_key(texts, verdict):
    assert dkim(texts) == verdict


@pytest.mark.parametrize(
    ("texts", "verdict"),
    [
        (["v=DMARC1; p=reject; rua=mailto:d@kommune.example"], Verdict.GOOD),
        (["v=DMARC1;p=Quarantine"], Verdict.GOOD),
        (["v=DMARC1; p=none"], Verdict.WATCHING),
        (["v=DMARC1; p=reject", "v=DMARC1; p=none"], Verdict.SEVERAL),
        (["v=spf1 -all"], Verdict.MISSING),
    ],
)
def test_dmarc_is_a_policy_that_is_kept(texts, verdict):
    assert dmarc(texts) == verdict
