"""The commands by name, and what is said when one is called wrongly."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn

import typer
from typer._click.exceptions import (  # typer<0.30 shows its usage errors nowhere else
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
)
from typer.core import TyperGroup

from grondslag import __version__
from grondslag.cli import (
    anonymising,
    answers,
    auditing,
    contracts,
    data,
    noisy,
    people,
    perturbed,
    plans,
    protecting,
    rules,
    whole,
)
from grondslag.errors import InputError

_NAME = "grondslag"
_USAGE = 2
_INTERRUPTED = 130
_LONGEST = 60


class Speaking(TyperGroup):
    """A group of commands that says in one sentence of ours what is wrong with a call."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command.

        Raises:
            InputError: The call names an unknown command or option, or lacks or adds something.
            KeyboardInterrupt: The person stopped.
        """
        try:
            status = super().main(
                args,
                prog_name=prog_name or _NAME,
                complete_var=complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )
        except NoArgsIsHelpError as error:
            error.show()
            sys.exit(_USAGE)
        except ClickException as error:
            _say_usage(error)
        except typer.Abort:
            raise KeyboardInterrupt from None
        if status == _INTERRUPTED:
            raise KeyboardInterrupt
        if standalone_mode:
            sys.exit(status)
        return status


def _say_usage(error: ClickException) -> NoReturn:
    """The sentence for a wrong call."""
    where = getattr(error, "ctx", None)
    command = where.command_path if where else _NAME
    if isinstance(error, NoSuchOption):
        option = error.option_name[:_LONGEST]
        raise InputError("cli.no-such-option", option=option, command=command) from None
    if isinstance(error, MissingParameter):
        raise InputError("cli.part-missing", part=_name_of(error), command=command) from None
    if isinstance(error, BadParameter):
        raise InputError("cli.part-wrong", part=_name_of(error), command=command) from None
    if isinstance(error, BadOptionUsage):
        option = error.option_name[:_LONGEST]
        raise InputError("cli.option-without-value", option=option, command=command) from None
    raise InputError("cli.call-not-understood", command=command) from None


def _name_of(error: BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return "?"
    if parameter.param_type_name == "option":
        return str(parameter.opts[0])
    return str(parameter.name).upper()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


app = typer.Typer(
    cls=Speaking,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def _grondslag(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Safe data-driven work in a municipality: from a question to a decision."""
    del version


# From question to lawful plan.
app.command("new")(plans.new_command)
app.command("check")(plans.check_command)
app.command("status")(plans.status_command)

# People: keys, signatures, advice, revocation.
app.add_typer(people.identity, name="identity")
app.command("approve")(people.approve_command)
app.command("advise")(people.advise_command)
app.command("revoke")(people.revoke_command)

# Data: delivered, verified, looked up, closed.
app.command("deliver")(data.deliver_command)
app.command("verify")(data.verify_command)
app.command("lookup")(data.lookup_command)
app.command("close")(data.close_command)

app.command("counts")(data.counts_command)
app.command("anonymise")(anonymising.anonymise_command)
app.command("risk")(anonymising.risk_command)

# From delivery to decision.
app.command("analyse")(answers.analyse_command)
app.command("release")(answers.release_command)
app.command("noisy-counts")(noisy.noisy_counts_command)
app.command("perturbed-counts")(perturbed.perturbed_counts_command)
app.command("protect-table")(protecting.protect_table_command)
app.command("decide")(answers.decide_command)
app.command("review")(answers.review_command)
app.command("report")(answers.report_command)

# The whole road.
app.command("demo")(whole.demo_command)
app.command("run")(whole.run_command)
app.command("synthetic")(whole.synthetic_command)

# What stands: contracts, rules, the audit chain.
app.add_typer(contracts.app, name="contract")
app.add_typer(rules.policy, name="policy")
app.add_typer(auditing.audit, name="audit")
