"""An installation stands outside every project, for its owner only, with the root key pinned."""

from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.approval import PrivacyOfficer, Settings, create_installation, open_installation
from grondslag.audit import FileStore, verify_chain
from grondslag.keys import PublicIdentity, public_key_of
from town import at, refused

CLOCK = at(2027, 3, 2)
ROOT = PublicIdentity("hoofdsleutel", public_key_of(Ed25519PrivateKey.generate()))
SETTINGS = Settings(
    {date(2027, 1, 1): 7, date(2027, 6, 1): 3},
    {date(2027, 1, 1): PrivacyOfficer.ADVISES},
    ("/data/verkeer",),
)


def create(home, **changes):
    facts = {
        "root": ROOT,
        "clock": CLOCK,
        "example": False,
        "witness": None,
        "settings": SETTINGS,
    }
    return create_installation(home, **(facts | changes))


def test_what_was_made_is_what_is_opened(tmp_path):
    create(tmp_path / "home", example=True, witness=tmp_path / "elsewhere" / "heads.jsonl")

    opened = open_installation(tmp_path / "home", clock=CLOCK)

    assert opened.root == ROOT
    assert opened.example is True
    assert opened.witness == tmp_path / "elsewhere" / "heads.jsonl"
    assert opened.settings == SETTINGS
    assert opened.machine_public_key == public_key_of(opened.machine_key())


def test_only_its_owner_can_look_into_it(tmp_path):
    (tmp_path / "home").mkdir(mode=0o755)
    create(tmp_path / "home")

    assert (tmp_path / "home").stat().st_mode & 0o077 == 0
    assert (tmp_path / "home" / "installation.yaml").stat().st_mode & 0o077 == 0


def test_making_it_is_the_first_record_of_its_chain(tmp_path):
    made = create(tmp_path / "home")

    (record,) = FileStore(made.audit_folder).records()

    assert (record.action, record.details["root"]) == ("installation.created", ROOT.fingerprint)
    assert verify_chain(FileStore(made.audit_folder), public_key=made.machine_public_key).head


@pytest.mark.parametrize("inside", ["home", "deep/down/home", "."])
def test_a_home_inside_a_project_is_refused(tmp_path, inside):
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "plan.yaml").touch()

    with refused("approval.home-inside-project"):
        create(tmp_path / "project" / inside)


def test_a_home_behind_a_link_into_a_project_is_refused(tmp_path):
    (tmp_path / "project" / "inner").mkdir(parents=True)
    (tmp_path / "project" / "plan.yaml").touch()
    (tmp_path / "link").symlink_to(tmp_path / "project" / "inner")

    with refused("approval.home-inside-project"):
        create(tmp_path / "link" / "home")


def test_a_project_around_an_installation_closes_it(tmp_path):
    create(tmp_path / "home")
    (tmp_path / "plan.yaml").touch()

    with refused("approval.home-inside-project"):
        open_installation(tmp_path / "home", clock=CLOCK)


def test_an_installation_is_made_once(tmp_path):
    create(tmp_path / "home")

    with refused("approval.home-exists"):
        create(tmp_path / "home")


def test_there_is_no_installation_in_an_empty_folder(tmp_path):
    with refused("approval.no-installation"):
        open_installation(tmp_path, clock=CLOCK)


def test_another_root_key_does_not_fit_the_pinned_fingerprint(tmp_path):
    create(tmp_path / "home")
    file = tmp_path / "home" / "installation.yaml"
    other = public_key_of(Ed25519PrivateKey.generate())
    file.write_text(file.read_text().replace(ROOT.public_key, other))

    with refused("approval.root-does-not-fit"):
        open_installation(tmp_path / "home", clock=CLOCK)


def test_another_machine_key_does_not_fit(tmp_path):
    made = create(tmp_path / "home")
    file = tmp_path / "home" / "installation.yaml"
    other = public_key_of(Ed25519PrivateKey.generate())
    file.write_text(file.read_text().replace(made.machine_public_key, other))

    with refused("approval.machine-does-not-fit"):
        open_installation(tmp_path / "home", clock=CLOCK)


def test_an_unknown_setting_is_refused(tmp_path):
    create(tmp_path / "home")
    file = tmp_path / "home" / "installation.yaml"
    file.write_text(file.read_text() + "  everything_allowed: true\n")

    with refused("canonical.schema-unknown-key"):
        open_installation(tmp_path / "home", clock=CLOCK)


def test_a_setting_counts_from_its_start_date():
    assert [SETTINGS.revocation_days_on(date(2027, month, 1)) for month in (1, 5, 6)] == [7, 7, 3]


def test_before_the_first_start_date_a_setting_has_no_value():
    early = replace(SETTINGS, privacy_officer={date(2028, 1, 1): PrivacyOfficer.APPROVES})

    with refused("approval.no-setting"):
        early.privacy_officer_on(date(2027, 12, 31))
    with refused("approval.no-setting"):
        SETTINGS.revocation_days_on(date(2026, 12, 31))


def test_nothing_in_it_shows_a_key(tmp_path):
    made = create(tmp_path / "home")

    assert "vault=" not in repr(made)
    assert "audit=" not in repr(made)
