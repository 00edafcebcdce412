"""Commands about contracts: held against their data and each other, and signed by their owner."""

from pathlib import Path
from typing import Annotated

import typer

from grondslag.approval import (
    CheckMandate,
    check_impersonal,
    check_mandate,
    grant_check,
    sign_consent,
)
from grondslag.canonical import write_text
from grondslag.cli.asking import confirmed
from grondslag.cli.context import (
    Context,
    HomeOption,
    JsonOption,
    LanguageOption,
    context,
    day_from,
)
from grondslag.cli.hierarchies import (
    hierarchies_mapping,
    hierarchy_sentences,
    proposals,
    proposals_text,
)
from grondslag.cli.people import KeyOption, PassphraseFileOption, YesOption, signer_from
from grondslag.contracts import Contract, definition_conflicts, read_contract, read_contracts
from grondslag.contracts.hierarchy_writing import with_hierarchies
from grondslag.errors import ApprovalError, InputError
from grondslag.keys import load_public
from grondslag.quality import HierarchyState, check_contract, find_hierarchies
from grondslag.sources import Location, locate

app = typer.Typer(no_args_is_help=True, help="What owners say of their datasets.")

ContractArgument = Annotated[Path, typer.Argument(help="An ODCS file with our privacy profile.")]
OtherFileOption = Annotated[
    Path | None, typer.Option("--source", help="Another file than the contract names.")
]
UntilOption = Annotated[str, typer.Option("--until", help="The last day (yyyy-mm-dd).")]


@app.command("check")
def check_command(
    contract: ContractArgument,
    key: KeyOption,
    source: OtherFileOption = None,
    passphrase_file: PassphraseFileOption = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Say whether the data keep their contract, as owner or with the owner's leave."""
    ctx = context(language=language, as_json=as_json, home=home)
    read, location, mandate = _with_leave(ctx, contract, source, key, passphrase_file)
    report = check_contract(mandate, read, location, clock=ctx.clock, for_owner=mandate.is_owner)
    for fault in report.faults:
        ctx.output.text("- " + fault.explain(language=language))
    ctx.output.text(report.explain(language=language), style="bold")
    if not mandate.is_owner and not report.keeps_contract:
        ctx.output.say("cli.counts-are-rounded")
    ctx.output.result(dict(report.to_mapping()))
    if not report.keeps_contract:
        raise InputError("cli.contract-not-kept", dataset=read.name, count=len(report.faults))


@app.command("hierarchies")
def hierarchies_command(
    contract: ContractArgument,
    key: KeyOption,
    source: OtherFileOption = None,
    write: Annotated[
        bool, typer.Option("--write", help="Put the proposals in the contract.")
    ] = False,
    passphrase_file: PassphraseFileOption = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Propose how columns may become coarser in anonymous records, and check what is there."""
    ctx = context(language=language, as_json=as_json, home=home)
    read, location, mandate = _with_leave(ctx, contract, source, key, passphrase_file)
    found = find_hierarchies(mandate, read, location, clock=ctx.clock)
    said = proposals(found)
    for line in hierarchy_sentences(found, file=read.file, language=language):
        ctx.output.text("- " + line)
    if said and write:
        write_text(contract, with_hierarchies(read, said))
        ctx.output.say("cli.hierarchies-written", file=read.file)
    elif said:
        ctx.output.text(proposals_text(said))
        ctx.output.say("cli.hierarchies-to-write", file=read.file)
    ctx.output.result(hierarchies_mapping(read, found, written=bool(said and write)))
    unfit = [one for one in found if one.state is HierarchyState.UNFIT]
    if unfit:
        raise InputError("cli.hierarchies-unfit", dataset=read.name, count=len(unfit))


@app.command("definitions")
def definitions_command(
    folder: Annotated[Path, typer.Argument(help="A folder with contracts.")],
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Find terms that two contracts define differently, before their data are combined."""
    ctx = context(language=language, as_json=as_json)
    contracts = read_contracts(folder)
    if not contracts:
        raise InputError("cli.no-contracts", folder=str(folder))
    found = definition_conflicts(contracts.values())
    for conflict in found:
        ctx.output.text("- " + conflict.explain(language=language))
    ctx.output.say("cli.definitions", count=len(found), contracts=len(contracts))
    ctx.output.result(
        {
            "contracts": len(contracts),
            "conflicts": [
                {
                    "term": item.term,
                    "aspect": str(item.aspect),
                    "severity": str(item.severity),
                    "datasets": [item.first.dataset, item.second.dataset],
                    "says": item.explain(language=language),
                }
                for item in found
            ],
        }
    )


@app.command("sign")
def sign_command(
    contract: ContractArgument,
    key: KeyOption,
    until: UntilOption,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", help="Only these; by default all that hold no personal data."),
    ] = None,
    yes: YesOption = False,
    passphrase_file: PassphraseFileOption = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Sign, as owner, that columns hold no personal data: the consent behind the fast lane."""
    ctx = context(language=language, as_json=as_json, home=home)
    read, day = read_contract(contract), day_from(until)
    installation = ctx.installation
    columns = tuple(column) if column else _impersonal_columns(read)
    check_impersonal(read, columns)
    left_out = [name for name in read.column_names if name not in columns]
    ctx.output.heading("cli.about-to-consent", title=read.title, dataset=read.name)
    ctx.output.say("cli.consent-columns", columns=columns)
    if left_out:
        ctx.output.say("cli.consent-left-out", columns=left_out)
    ctx.output.say("cli.consent-promise", date=day)
    confirmed(ctx.output, "cli.sign-consent", yes=yes)
    path = sign_consent(
        installation,
        read,
        columns=columns,
        until=day,
        signer=signer_from(ctx, key, passphrase_file),
        clock=ctx.clock,
    )
    ctx.output.say("cli.consented", dataset=read.name, date=day)
    ctx.output.result({"consent": str(path), "dataset": read.name, "columns": list(columns)})


@app.command("mandate")
def mandate_command(
    contract: ContractArgument,
    holder: Annotated[
        Path, typer.Option("--for", help="The public half (.pub) of who will check.")
    ],
    key: KeyOption,
    until: UntilOption,
    passphrase_file: PassphraseFileOption = None,
    home: HomeOption = None,
    language: LanguageOption = "nl",
    as_json: JsonOption = False,
) -> None:
    """Let somebody else check a dataset of yours: counts and column names, never a row."""
    ctx = context(language=language, as_json=as_json, home=home)
    read, day, person = read_contract(contract), day_from(until), load_public(holder)
    path = grant_check(
        ctx.installation,
        read,
        person,
        until=day,
        signer=signer_from(ctx, key, passphrase_file),
        clock=ctx.clock,
    )
    ctx.output.say("cli.check-granted", name=person.name, dataset=read.name, date=day)
    ctx.output.result({"grant": str(path), "dataset": read.name, "until": day.isoformat()})


def _with_leave(
    ctx: Context, contract: Path, source: Path | None, key: Path, passphrase_file: Path | None
) -> tuple[Contract, Location, CheckMandate]:
    """The contract, where its data stand, and the leave of whoever holds the key to look there."""
    read, installation = read_contract(contract), ctx.installation
    location = locate(read, contract.absolute().parent, instead=source)
    signer = signer_from(ctx, key, passphrase_file)
    return read, location, check_mandate(installation, read, signer=signer, clock=ctx.clock)


def _impersonal_columns(contract: Contract) -> tuple[str, ...]:
    """The columns of which the contract says that they hold no personal data.

    Raises:
        ApprovalError: The dataset has a number per person, so that every row is about somebody.
        InputError: No column is left.
    """
    check_impersonal(contract, ())
    names = tuple(name for name in contract.column_names if _is_impersonal(contract, name))
    if not names:
        raise InputError("cli.nothing-to-consent", dataset=contract.name)
    return names


def _is_impersonal(contract: Contract, name: str) -> bool:
    try:
        check_impersonal(contract, (name,))
    except ApprovalError:
        return False
    return True
