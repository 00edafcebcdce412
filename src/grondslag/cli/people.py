"""Commands of people with a key: identity, approve, advise, revoke."""

import re
from pathlib import Path
from typing import Annotated

import typer

from grondslag.approval import (
    AdviceOutcome,
    Opinion,
    Reply,
    Revocable,
    Revocation,
    Seat,
    Settings,
    Signer,
    accept_authorities,
    answer_advice,
    bundle_for,
    create_installation,
    give_advice,
    issue_revocations,
    required_seats,
    revoke,
    sign_authorities,
    sign_bundle,
    signatures_so_far,
)
from grondslag.approval import current_authorities as authorities_of
from grondslag.approval.authorities import ROLE_WORDS
from grondslag.approval.bundle import FAST
from grondslag.cli.asking import confirmed, new_passphrase
from grondslag.cli.context import (
    Context,
    HomeOption,
    JsonOption,
    LanguageOption,
    ProjectArgument,
    context,
    passphrase,
)
from grondslag.cli.showing import show_bundle
from grondslag.clock import today
from grondslag.delivery import read_project
from grondslag.errors import ApprovalError, InputError, PolicyRefusedError
from grondslag.keys import create_identity, load_private, load_public
from grondslag.policy import Outcome
from grondslag.vocabulary import SigningRole
from grondslag.wording import Word

identity = typer.Typer(no_args_is_help=True, help="Keys of people, and the installation.")

PassphraseFileOption = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="Read the passphrase from a file, not the keyboard."),
]
KeyOption = Annotated[Path, typer.Option("--key", help="Your own private key.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask whether you are sure.")]
ActorOption = Annotated[str, typer.Option("--actor", help="Who runs this, for the audit chain.")]

_SIGNING = (SigningRole.OWNER, SigningRole.PRIVACY_OFFICER, SigningRole.DECIDER)
_IDS = {
    Revocable.SEAL: r"[0-9a-f]{64}",
    Revocable.CONSENT: r"[0-9a-f]{64}",
    Revocable.KEY: r"([0-9a-f]{4} ?){16}",
    Revocable.DELIVERY: r"\d{4}-\d\d-\d\d-[0-9a-f]{8}",
}


def signer_from(ctx: Context, key: Path, passphrase_file: Path | None) -> Signer:
    """Who is about to sign: a private key, opened with its passphrase.

    Raises:
        InputError: There is no such key, or no passphrase.
        ApprovalError: The passphrase is wrong.
    """
    if not key.is_file():  # said before anybody types a passphrase for nothing
        raise InputError("keys.no-such-identity", file=str(key))
    return Signer(load_private(key, passphrase(ctx.output, passphrase_file)))


@identity.command("new")
def new_identity(
    name: Annotated[str, typer.Argument(help="Your name, as the authorities list will have it.")],
    to: Annotated[Path, typer.Option("--to", help="The new private key; its .pub comes beside.")],
    passphrase_file: PassphraseFileOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Make a key of your own, under a passphrase."""
    ctx = context(language=language, as_json=as_json)
    if to.exists():
        raise InputError("keys.identity-exists", file=str(to))
    made = create_identity(
        to, new_passphrase(ctx.output, passphrase_file), name=name, clock=ctx.clock
    )
    ctx.output.say("cli.identity-made", name=made.name, file=str(to))
    ctx.output.say("cli.identity-fingerprint", fingerprint=made.fingerprint)
    ctx.output.say("cli.identity-public", file=f"{to}.pub")
    ctx.output.result(
        {"name": made.name, "public_key": made.public_key, "fingerprint": made.fingerprint}
    )


@identity.command("show")
def show_identity(
    file: Annotated[Path, typer.Argument(help="A key, or its .pub.")],
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Show whose key it is, and the fingerprint to read to each other."""
    ctx = context(language=language, as_json=as_json)
    public = file if file.suffix == ".pub" else file.with_name(file.name + ".pub")
    found = load_public(public)
    ctx.output.say("cli.identity-name", name=found.name)
    ctx.output.say("cli.identity-key", key=found.public_key)
    ctx.output.say("cli.identity-fingerprint", fingerprint=found.fingerprint)
    ctx.output.result(
        {"name": found.name, "public_key": found.public_key, "fingerprint": found.fingerprint}
    )


@identity.command("home")
def make_home(
    root: Annotated[Path, typer.Option("--root", help="The root key's public half (.pub).")],
    example: Annotated[bool, typer.Option("--example", help="Made-up or open data only.")] = False,
    witness: Annotated[
        Path | None,
        typer.Option("--witness", help="A file elsewhere that keeps the audit chain's heads."),
    ] = None,
    source_folder: Annotated[
        list[Path] | None,
        typer.Option("--source-folder", help="A folder from which --source may read."),
    ] = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Make the installation: the place outside every project for keys, logs and lists."""
    ctx = context(language=language, as_json=as_json, home=home)
    folders = tuple(str(folder.absolute()) for folder in source_folder or ())
    for folder in folders:
        if not Path(folder).is_dir():
            raise InputError("cli.no-such-folder", folder=folder)
    made = create_installation(
        ctx.home,
        root=load_public(root),
        clock=ctx.clock,
        example=example,
        witness=witness,
        settings=Settings.usual(today(ctx.clock), source_folders=folders),
    )
    ctx.output.say("cli.home-made", folder=str(made.home))
    ctx.output.say("cli.home-root", fingerprint=made.root.fingerprint)
    ctx.output.say("cli.home-machine", key=made.machine_public_key)
    if made.witness is None:
        ctx.output.say("cli.home-without-witness", style="yellow")
    ctx.output.result(
        {
            "home": str(made.home),
            "example": made.example,
            "root_fingerprint": made.root.fingerprint,
            "machine_public_key": made.machine_public_key,
        }
    )


@identity.command("sign-authorities")
def sign_authorities_command(
    draft: Annotated[Path, typer.Argument(help="The list of who may sign what.")],
    key: Annotated[Path, typer.Option("--key", help="The municipality's root key.")],
    to: Annotated[
        Path | None, typer.Option("--to", help="Another file for the signed list.")
    ] = None,
    passphrase_file: PassphraseFileOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Sign the list of who may sign what, with the root key."""
    ctx = context(language=language, as_json=as_json)
    signer = signer_from(ctx, key, passphrase_file)
    signed = sign_authorities(draft, signer.private, target=to)
    ctx.output.say(
        "cli.authorities-signed",
        number=signed.number,
        count=len(signed.entries),
        file=str(to or draft),
    )
    for conflict in signed.conflicts:
        ctx.output.say(
            "cli.authorities-conflict",
            style="yellow",
            subject=conflict.subject,
            roles=[ROLE_WORDS[role] for role in conflict.roles],
        )
    ctx.output.result({"number": signed.number, "sha256": signed.sha256, "file": str(to or draft)})


@identity.command("accept")
def accept_authorities_command(
    authorities: Annotated[Path, typer.Argument(help="The list, signed by the root key.")],
    actor: ActorOption = "grondslag",
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Bring a signed list of who may sign what into the installation."""
    ctx = context(language=language, as_json=as_json, home=home)
    accepted = accept_authorities(ctx.installation, authorities, actor=actor)
    ctx.output.say("cli.authorities-accepted", number=accepted.number, count=len(accepted.entries))
    ctx.output.result({"number": accepted.number, "sha256": accepted.sha256})


def approve_command(
    project: ProjectArgument,
    role: Annotated[str, typer.Option("--role", help="owner, privacy_officer or decider.")],
    key: KeyOption,
    dataset: Annotated[str, typer.Option("--dataset", help="For owners: which dataset.")] = "",
    yes: YesOption = False,
    passphrase_file: PassphraseFileOption = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Sign a plan in your role, after seeing in plain words what you sign."""
    ctx = context(language=language, as_json=as_json, home=home)
    seat = _seat(role, dataset)
    installation = ctx.installation
    read = read_project(project, clock=ctx.clock)
    if read.verdict.outcome in (Outcome.NO, Outcome.NOT_YET):
        raise PolicyRefusedError("cli.plan-not-lawful", plan=read.plan.document.file)
    bundle = bundle_for(project, installation, read.judgement, clock=ctx.clock)
    if bundle.lane == FAST:
        raise ApprovalError("approval.fast-needs-no-signature", project=bundle.project)
    show_bundle(ctx.output, read, bundle, project=project)
    about = f" ({dataset})" if dataset else ""
    confirmed(ctx.output, "cli.sign-this", yes=yes, role=ROLE_WORDS[seat.role], about=about)
    path = sign_bundle(
        project,
        installation,
        read.judgement,
        seat=seat,
        signer=signer_from(ctx, key, passphrase_file),
        clock=ctx.clock,
    )
    found = signatures_so_far(project / "approval", bundle, authorities_of(installation))
    missing = [other for other in required_seats(bundle) if other not in found]
    ctx.output.say("cli.signed", role=ROLE_WORDS[seat.role], file=path.name)
    for other in missing:
        ctx.output.say("cli.still-to-sign", role=ROLE_WORDS[other.role], about=other.about)
    if not missing:
        ctx.output.say("cli.all-signed", date=bundle.end_date)
    ctx.output.result(
        {
            "project": bundle.project,
            "seal": bundle.sha256,
            "signature": str(path),
            "missing": [{"role": str(item.role), "dataset": item.dataset} for item in missing],
        }
    )


def advise_command(
    project: ProjectArgument,
    key: KeyOption,
    outcome: Annotated[
        str, typer.Option("--outcome", help="do, do_with_conditions or do_not.")
    ] = "",
    text: Annotated[str, typer.Option("--text", help="The advice in words.")] = "",
    answer: Annotated[
        str, typer.Option("--answer", help="As decider: yes (follow) or no (explain).")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why it is not followed.")] = "",
    passphrase_file: PassphraseFileOption = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Advise as data protection officer, or answer that advice as decider."""
    ctx = context(language=language, as_json=as_json, home=home)
    if bool(outcome) == bool(answer):
        raise InputError("cli.advise-or-answer")
    installation = ctx.installation
    if outcome:
        known = [str(item) for item in AdviceOutcome]
        opinion = Opinion(AdviceOutcome(_one_of(outcome, known, part="--outcome")), text)
        signer = signer_from(ctx, key, passphrase_file)
        path = give_advice(project, installation, opinion, signer=signer, clock=ctx.clock)
        ctx.output.say("cli.advised", file=path.name)
        ctx.output.result({"advice": str(path), "outcome": opinion.outcome.value})
        return
    followed = _one_of(answer, ("yes", "no"), part="--answer") == "yes"
    signer = signer_from(ctx, key, passphrase_file)
    path = answer_advice(
        project, installation, Reply(followed, reason), signer=signer, clock=ctx.clock
    )
    ctx.output.say("cli.advice-followed" if followed else "cli.advice-not-followed")
    ctx.output.result({"answer": str(path), "followed": followed})


def revoke_command(
    key: Annotated[Path, typer.Option("--key", help="A revoker's key, or the root key.")],
    what: Annotated[str, typer.Argument(help="seal, key, delivery or consent.")] = "",
    id_: Annotated[str, typer.Argument(metavar="ID", help="Its hash, fingerprint or number.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why; everybody can read it.")] = "",
    renew: Annotated[
        bool, typer.Option("--renew", help="Revoke nothing; say the list still holds today.")
    ] = False,
    passphrase_file: PassphraseFileOption = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Revoke a seal, a key, a delivery or a consent for ever; or renew the list."""
    ctx = context(language=language, as_json=as_json, home=home)
    installation = ctx.installation
    if renew == bool(what or id_):
        raise InputError("cli.revoke-or-renew")
    revocation = None if renew else _revocation(what, id_, reason)
    signer = signer_from(ctx, key, passphrase_file)
    if revocation is None:
        listed = issue_revocations(installation, signer=signer, clock=ctx.clock)
        ctx.output.say("cli.revocations-renewed", number=listed.number)
    else:
        listed = revoke(installation, revocation, signer=signer, clock=ctx.clock)
        what_word = Word(_REVOKED[revocation.what])
        ctx.output.say("cli.revoked", what=what_word, id=revocation.id, number=listed.number)
    ctx.output.result({"number": listed.number, "records": len(listed.records)})


_REVOKED = {
    Revocable.SEAL: "cli.word-seal",
    Revocable.KEY: "cli.word-key",
    Revocable.DELIVERY: "cli.word-delivery",
    Revocable.CONSENT: "cli.word-consent",
}


def _seat(role: str, dataset: str) -> Seat:
    known = [str(item) for item in _SIGNING]
    found = SigningRole(_one_of(role.replace("-", "_"), known, part="--role"))
    if (found is SigningRole.OWNER) != bool(dataset):
        raise InputError("cli.owner-names-dataset")
    return Seat(found, dataset)


def _revocation(what: str, id_: str, reason: str) -> Revocation:
    kind = Revocable(_one_of(what, [str(item) for item in Revocable], part="WHAT"))
    plain = id_.strip().lower()
    if not re.fullmatch(_IDS[kind], plain):
        raise InputError("cli.revoke-id-form", what=Word(_REVOKED[kind]))
    if not reason.strip():
        raise InputError("cli.revoke-without-reason")
    return Revocation(kind, plain, reason.strip())


def _one_of(given: str, known: list[str] | tuple[str, ...], *, part: str) -> str:
    if given not in known:
        raise InputError("cli.not-one-of", part=part, given=given[:40], known=list(known))
    return given
