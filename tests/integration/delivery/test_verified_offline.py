"""Anyone with the folder and the root's public key sees that this is what was approved and made."""

import base64
import json
import shutil
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.audit import AuditLog, FileStore
from grondslag.canonical import canonical_bytes, sha256_hex, sha256_of_file
from grondslag.clock import FixedClock
from grondslag.delivery import verify_delivery
from grondslag.errors import GrondslagError
from grondslag.keys import public_key_of, sign
from small_town import refused


@pytest.fixture
def handed_over(delivered, tmp_path):
    """A copy of the project folder, as somebody else gets it: no keys, no home, no data."""
    project = tmp_path / "project"
    shutil.copytree(delivered.project, project)
    return project / "deliveries" / delivered.visible[0].name


@pytest.fixture
def root(delivered):
    return delivered.installation.root_public_key


def verify(folder, root):
    return verify_delivery(folder, root_public_key=root)


def flip(path, at=None):
    content = bytearray(path.read_bytes())
    place = len(content) // 2 if at is None else at
    content[place] ^= 1
    path.write_bytes(bytes(content))


def change_json(path, change):
    content = json.loads(path.read_bytes())
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_the_folder_and_the_root_key_are_enough(handed_over, root):
    report = verify(handed_over, root)

    assert report.delivery == handed_over.name
    assert report.example is True
    assert report.steps == tuple(
        f"delivery.verified-{step}" for step in ("proof", "seal", "documents", "query", "files")
    )
    assert {signature.seat.role.value for signature in report.seal.signatures} == {
        "owner", "privacy_officer", "decider",
    }  # fmt: skip
    assert dict(report.tables) == {"meldingen": 8, "wijken": 2}


def test_with_the_chain_at_hand_the_delivery_stands_in_it(delivered, handed_over, root):
    report = verify_delivery(handed_over, root_public_key=root, chain=delivered.installation.chain)

    assert report.steps[-1] == "delivery.verified-chain"


def in_delivery(name):
    return lambda folder: flip(folder / name)


def in_project(name):
    return lambda folder: flip(folder.parent.parent / name, 0)


def edit_in_project(name, old, new):
    def change(folder):
        path = folder.parent.parent / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def a_signature(folder):
    flip(next((folder.parent.parent / "approval" / "signatures").glob("owner-*.json")), at=200)


def an_extra_file(folder):
    (folder / "extra.parquet").write_bytes(b"x")


def an_extra_folder(folder):
    (folder / "extra").mkdir()


def a_missing_table(folder):
    (folder / "wijken.parquet").unlink()


def swapped_tables(folder):
    one, other, aside = (folder / name for name in ("meldingen.parquet", "wijken.parquet", "x"))
    one.rename(aside)
    other.rename(one)
    aside.rename(other)


def a_link_for_a_table(folder):
    path = folder / "wijken.parquet"
    elsewhere = folder.parent.parent / "elsewhere.parquet"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def no_manifest(folder):
    (folder / "manifest.json").unlink()


def no_proof(folder):
    (folder / "proof.json").unlink()


def an_empty_manifest(folder):
    (folder / "manifest.json").write_text("{}", encoding="utf-8")


def a_manifest_that_is_a_list(folder):
    (folder / "manifest.json").write_text("[]", encoding="utf-8")


def a_deep_manifest(folder):
    (folder / "manifest.json").write_text("[" * 100_000, encoding="utf-8")


DAMAGE = {
    "a byte of the manifest": (in_delivery("manifest.json"), "delivery.manifest-changed"),
    "a byte of the proof": (
        lambda folder: flip(folder / "proof.json", 0), "delivery.proof-changed",
    ),
    "the name in the proof": (
        lambda folder: change_json(folder / "proof.json", lambda proof: proof.update(delivery="x")),
        "delivery.proof-changed",
    ),
    "a proof that is a list": (
        lambda folder: (folder / "proof.json").write_text("[]"), "delivery.proof-changed",
    ),
    "a byte of the table with people": (in_delivery("meldingen.parquet"), "delivery.damaged"),
    "a byte of the open table": (in_delivery("wijken.parquet"), "delivery.damaged"),
    "the plan": (
        edit_in_project("plan.yaml", "Havenstraat", "Kerkstraat"), "approval.plan-changed",
    ),
    "a contract": (
        edit_in_project("contracts/meldingen.odcs.yaml", "1.0.0", "1.0.1"),
        "approval.contract-changed",
    ),
    "the list of areas": (
        edit_in_project("contracts/gebieden.areas.yaml", "Molenhoek", "Molenhoekje"),
        "contracts.areas-changed",
    ),
    "a byte of what was signed": (in_project("approval/bundle.json"), "approval.file-edited"),
    "the end date in what was signed": (
        edit_in_project("approval/bundle.json", "2027-12-31", "2028-12-31"),
        "approval.bundle-changed",
    ),
    "a signature": (a_signature, "approval.signature-invalid"),
    "a byte of the authorities": (in_project("approval/authorities.json"), "approval.file-edited"),
    "a role in the authorities": (
        edit_in_project("approval/authorities.json", "privacy_officer", "decider"),
        "approval.authorities-not-by-root",
    ),
    "an extra file": (an_extra_file, "delivery.other-files"),
    "an extra folder": (an_extra_folder, "delivery.other-files"),
    "a missing table": (a_missing_table, "delivery.other-files"),
    "tables swapped": (swapped_tables, "delivery.damaged"),
    "a link for a table": (a_link_for_a_table, "delivery.damaged"),
    "no manifest": (no_manifest, "delivery.no-delivery"),
    "no proof": (no_proof, "delivery.no-delivery"),
    "an empty manifest": (an_empty_manifest, "delivery.manifest-changed"),
    "a manifest that is a list": (a_manifest_that_is_a_list, "delivery.manifest-changed"),
    "a manifest without bottom": (a_deep_manifest, "delivery.manifest-changed"),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "code"), DAMAGE.values(), ids=DAMAGE)
def test_whatever_is_changed_is_found(handed_over, root, damage, code):
    damage(handed_over)

    with refused(code):
        verify(handed_over, root)


@pytest.mark.parametrize("name", ["manifest.json", "proof.json"])
def test_each_byte_of_manifest_and_proof_counts(handed_over, root, name):
    path = handed_over / name
    whole = path.read_bytes()
    missed = []
    for at in range(0, len(whole), 41):
        flip(path, at)
        same = as_content(path) == json.loads(whole)
        try:
            verify(handed_over, root)
        except GrondslagError:
            pass
        else:
            missed += [] if same else [at]
        path.write_bytes(whole)

    assert missed == []


def as_content(path):
    """What a file says, whatever its spaces; None when it says nothing."""
    try:
        return json.loads(path.read_bytes())
    except ValueError:
        return None


def test_another_root_key_vouches_for_nothing(handed_over):
    other = public_key_of(Ed25519PrivateKey.generate())

    with refused("approval.authorities-not-by-root"):
        verify(handed_over, other)


def test_a_delivery_under_another_name_is_refused(handed_over, root):
    other = handed_over.with_name("2027-03-02-00000000")
    handed_over.rename(other)

    with refused("delivery.proof-changed"):
        verify(other, root)


def fit_proof_to_manifest(folder):
    """What somebody without the machine's key can do: the hash in the proof, not its signature."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    digest = sha256_hex(canonical_bytes(manifest))
    change_json(folder / "proof.json", lambda proof: proof.update(manifest_sha256=digest))


def change_the_query(manifest):
    statement = manifest["tables"][0]["statements"][-1]
    statement["sql"] = statement["sql"].replace("ORDER BY", "/* */ ORDER BY")


def test_a_query_changed_with_the_hash_in_the_proof_is_refused(handed_over, root):
    change_json(handed_over / "manifest.json", change_the_query)
    fit_proof_to_manifest(handed_over)

    with refused("delivery.proof-changed"):
        verify(handed_over, root)


def with_machine_key(delivered, folder):
    """What the machine itself could do: sign a manifest over a query that was never approved."""
    fit_proof_to_manifest(folder)

    def resign(proof):
        proof.pop("signature")
        proof["signature"] = sign(delivered.installation.machine_key(), canonical_bytes(proof))

    change_json(folder / "proof.json", resign)


MACHINE_LIES = {
    "query": (change_the_query, "delivery.other-query"),
    "seal": (
        lambda m: m["approval"].update(bundle_sha256="0" * 64), "delivery.other-seal",
    ),
    "plan": (lambda m: m.update(plan_sha256="0" * 64), "delivery.plan-changed"),
    "rules": (lambda m: m["approval"].update(rule_set="0" * 64), "delivery.other-rules"),
    "contract": (
        lambda m: m["contracts"]["meldingen"].update(sha256="0" * 64), "delivery.contract-changed",
    ),
    "hash of a table": (
        lambda m: m["tables"][0]["file"].update(sha256="0" * 64), "delivery.damaged",
    ),
    "a table less": (lambda m: m["tables"].pop(), "delivery.other-query"),
}  # fmt: skip


@pytest.mark.parametrize(("lie", "code"), MACHINE_LIES.values(), ids=MACHINE_LIES)
def test_also_what_the_machine_signs_must_follow_from_what_people_signed(
    delivered, handed_over, root, lie, code
):
    change_json(handed_over / "manifest.json", lie)
    with_machine_key(delivered, handed_over)

    with refused(code):
        verify(handed_over, root)


def test_a_proof_signed_again_by_another_machine_is_refused(handed_over, root, other_machine):
    proof = json.loads((handed_over / "proof.json").read_bytes())
    key, head = other_machine
    proof |= {"machine": public_key_of(key), "head": head.to_mapping()}
    proof.pop("signature")
    proof["signature"] = sign(key, canonical_bytes(proof))
    (handed_over / "proof.json").write_text(json.dumps(proof), encoding="utf-8")

    with refused("delivery.unknown-machine"):
        verify(handed_over, root)


@pytest.fixture
def other_machine(tmp_path):
    """A machine key that no root vouches for, with a head of its own chain."""
    key = Ed25519PrivateKey.generate()
    clock = FixedClock(datetime(2027, 3, 2, tzinfo=UTC))
    log = AuditLog(FileStore(tmp_path / "chain"), signer=key, clock=clock, witness=None)
    log.append(actor="iemand", action="delivery.made", object="x", result="ok")
    return key, log.head()


def test_a_manifest_changed_with_its_proof_does_not_open_either(town):
    town.deliver()
    folder = town.visible[0]
    change_json(folder / "manifest.json", lambda manifest: manifest.update(expires="2099-01-01"))
    fit_proof_to_manifest(folder)

    with refused("delivery.proof-changed"):
        town.open()


@pytest.mark.parametrize("name", ["meldingen.parquet", "manifest.json", "proof.json"])
def test_a_changed_delivery_does_not_open(town, name):
    town.deliver()
    flip(town.visible[0] / name)

    with pytest.raises(GrondslagError) as caught:
        town.open().table("meldingen")

    assert caught.value.code in {
        "delivery.damaged", "delivery.manifest-changed", "delivery.proof-changed",
    }  # fmt: skip


def test_a_table_of_another_delivery_of_the_same_project_is_refused(monthly):
    first = monthly.deliver()
    monthly.go_on(days=31)
    second = monthly.deliver()
    shutil.copy(first.folder / "meldingen.parquet", second.folder / "meldingen.parquet")

    with refused("delivery.damaged"):
        monthly.open(second.folder).table("meldingen")
    with refused("delivery.damaged"):
        monthly.verify(second.folder)


def test_a_chain_that_was_cut_off_after_the_delivery_is_found(delivered, handed_over, tmp_path):
    chain = tmp_path / "audit"
    shutil.copytree(delivered.installation.audit_folder, chain)
    for name in ("chain.jsonl", "heads.jsonl"):
        lines = (chain / name).read_bytes().splitlines(keepends=True)
        (chain / name).write_bytes(b"".join(lines[:-1]))

    with refused("audit.cut-off"):
        verify_delivery(
            handed_over,
            root_public_key=delivered.installation.root_public_key,
            chain=FileStore(chain),
        )


def test_what_is_shown_of_a_delivery_is_what_the_manifest_holds(handed_over):
    manifest = json.loads((handed_over / "manifest.json").read_bytes())

    for entry in manifest["tables"]:
        path = handed_over / entry["file"]["name"]
        assert entry["file"]["sha256"] == sha256_of_file(path)
        assert entry["file"]["bytes"] == path.stat().st_size
    assert base64.b64decode(json.loads((handed_over / "proof.json").read_bytes())["signature"])
