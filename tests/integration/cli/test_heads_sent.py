"""The newest head of the audit chain goes by mail or to a printer after every command."""

import json
import re

import pytest
import yaml

from commanding import call, works
from mail_server import certificate_for, mail_server


def settings(home, heads_to):
    file = home / "installation.yaml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    content["settings"]["heads_to"] = heads_to
    file.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def mail(server, **changes):
    facts = {
        "host": "localhost",
        "port": server.port,
        "starttls": False,
        "sender": "grondslag@gemeente.example",
        "recipient": "fg@gemeente.example",
    }
    return {"mail": facts | changes}


def renew(people, home):
    """A command that adds to the chain."""
    return works("revoke", "--renew", "--key", people.key("intrekker"), "--home", home)


@pytest.fixture
def printer(tmp_path, monkeypatch):
    """A folder in which a stand-in for ``lp`` keeps what was printed, and for which printer."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "lp"
    program.write_text(
        f'#!/bin/sh\n[ "$2" = balie ] || exit 1\ncat >> {tmp_path}/paper.txt\n', encoding="utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return tmp_path / "paper.txt"


def test_a_command_that_added_to_the_chain_mails_the_newest_head_once(people, home, tmp_path):
    with mail_server() as server:
        settings(home, mail(server))
        renew(people, home)
        works("audit", "show", "--home", home)
        works("audit", "show", "--home", home)

    (message,) = server.messages
    assert message["To"] == "fg@gemeente.example"
    (attached,) = message.iter_attachments()
    kept = tmp_path / attached.get_filename()
    kept.write_bytes(attached.get_content())
    works("audit", "verify", "--head", kept, "--home", home)


def test_the_mailed_head_shows_that_the_whole_store_was_put_back(people, home, tmp_path):
    with mail_server() as server:
        settings(home, mail(server))
        before = {file: file.read_bytes() for file in (home / "audit").iterdir()}
        renew(people, home)
    (attached,) = server.messages[0].iter_attachments()
    kept = tmp_path / "head.json"
    kept.write_bytes(attached.get_content())
    for file in (home / "audit").iterdir():
        file.write_bytes(before[file]) if file in before else file.unlink()

    said = call("audit", "verify", "--head", kept, "--home", home)

    assert said.status == 6
    assert "afgeknipt" in said.err


def test_mail_that_does_not_arrive_stops_nobody_and_goes_along_with_the_next_command(people, home):
    with mail_server() as server:
        settings(home, mail(server))
    said = renew(people, home)
    assert "niet gemaild" in said.err
    with mail_server() as server:
        settings(home, mail(server))
        works("audit", "show", "--home", home)

    assert len(server.messages) == 1


def test_mail_goes_encrypted_to_a_server_that_is_trusted(people, home, tmp_path, monkeypatch):
    certificate = certificate_for("localhost", tmp_path / "server.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(certificate) as server:
        settings(home, mail(server, starttls=True))
        renew(people, home)

    assert server.encrypted == [True]


@pytest.mark.parametrize("offers", [True, False], ids=["not trusted", "no encryption"])
def test_mail_never_goes_to_a_server_that_is_not_trusted(people, home, tmp_path, offers):
    certificate = certificate_for("localhost", tmp_path / "server.pem") if offers else None
    with mail_server(certificate) as server:
        settings(home, mail(server, starttls=True))
        said = renew(people, home)

    assert server.messages == []
    assert "niet gemaild via localhost" in said.err


def test_the_printed_head_can_be_checked_from_paper(people, home, printer):
    settings(home, {"printer": "balie"})
    renew(people, home)
    paper = printer.read_text(encoding="utf-8")
    number = re.search(r"zegel (\d+)", paper)[1]
    digits = re.search(r"Hash: ([0-9a-f ]+)", paper)[1]

    works("audit", "verify", "--paper", f"{number}={digits[:19]}", "--home", home)
    other = "0" if digits[0] != "0" else "1"
    said = call("audit", "verify", "--paper", f"{number}={other}{digits[1:19]}", "--home", home)
    beyond = call("audit", "verify", "--paper", f"{int(number) + 1}={digits}", "--home", home)

    assert (said.status, beyond.status) == (6, 6)
    assert f"Regel {number} van het logboek is anders" in said.err
    assert "afgeknipt" in beyond.err


@pytest.mark.parametrize("typed", ["7", "0=" + "a" * 64, "7=abc", "x=" + "a" * 64, "7=" + "g" * 16])
def test_a_head_typed_wrongly_is_refused_in_one_sentence(home, typed):
    said = call("audit", "verify", "--paper", typed, "--home", home)

    assert said.status == 2
    assert said.err.startswith("Schrijf --paper als NUMMER=HASH")


def test_sending_can_be_tried_and_then_fails_aloud(home, printer):
    settings(home, {"printer": "kelder"})
    refused = call("audit", "head", "--send", "--home", home)
    settings(home, {"printer": "balie"})
    sent = works("audit", "head", "--send", "--home", home)

    assert refused.status == 7
    assert "kelder" in refused.err
    assert "balie" in sent.out


def test_without_a_place_to_send_to_sending_says_what_to_write(home):
    said = call("audit", "head", "--send", "--home", home)

    assert said.status == 2
    assert "heads_to" in said.err


@pytest.mark.parametrize(
    "heads_to",
    [
        {},
        {"printer": "-o raw"},
        {"printer": "balie; rm"},
        {"mail": {"host": "localhost"}},
        {"fax": "010"},
    ],
    ids=["nothing", "an option", "a command", "half", "unknown"],
)
def test_a_setting_that_is_no_place_is_refused(home, heads_to):
    settings(home, heads_to)

    said = call("audit", "show", "--home", home)

    assert said.status == 2
    assert "installation.yaml" in said.err


def test_what_goes_out_names_nobody_and_nothing_of_a_project(people, home):
    with mail_server() as server:
        settings(home, mail(server))
        renew(people, home)
        records = json.loads(works("audit", "show", "--json", "--home", home).out)["records"]

    text = server.messages[0].as_string()
    people_and_things = {record[part] for record in records for part in ("actor", "object")}
    for word in people_and_things - {"grondslag"}:  # the program itself
        assert word not in text
