"""How to verify a report without us."""

from grondslag.report.standing import Standing
from grondslag.report.words import Voice


def proof_facts(given: Standing, voice: Voice) -> list[tuple[str, str]]:
    """Names and hashes, each with what it is of."""
    proof = given.proof
    facts = [
        (voice.say("report.term-delivery"), proof.delivery),
        (voice.say("report.term-manifest"), proof.manifest_sha256),
        (voice.say("report.term-plan"), given.plan.sha256),
        (voice.say("report.term-rules"), proof.rule_set),
        (voice.say("report.term-seal"), proof.seal_sha256),
    ]
    if proof.release:
        facts += [
            (voice.say("report.term-analysis"), proof.analysis_sha256),
            (voice.say("report.term-release"), proof.release_sha256),
        ]
    if given.decision is not None:
        facts.append((voice.say("report.term-decision"), given.decision.sha256))
    facts += [
        (
            voice.say("report.term-chain"),
            voice.say("report.chain-head", number=proof.head_number, hash=proof.head_hash),
        ),
        (voice.say("report.term-root"), proof.root_fingerprint),
    ]
    return facts


def signed_by(given: Standing, voice: Voice) -> list[str]:
    """Who signed, in which role; who signed for several datasets stands there once."""
    return [
        voice.say(
            "report.signed-in-portal" if one.witness else "report.signed",
            role=one.role,
            subject=one.subject,
        )
        for one in dict.fromkeys(given.proof.signatures)
    ]
