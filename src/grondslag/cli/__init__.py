"""The command line: one module per noun; it reads, calls the engine, and says what came of it.

    output      sentences to people, JSON to programs
    context     what every command shares: language, home, clock
    asking      a line, a yes, a new passphrase
    app         the commands by name; a wrong call in one sentence
    people      identity, approve, advise, revoke
    showing     what somebody is about to sign, in plain words
    plans       new, check, status
    new_plan    the four questions, and a plan out of the answers
    judging     what the rules say, told in words
    contracts   contract check, definitions, hierarchies, sign, mandate
    hierarchies hierarchies told in words
    data        deliver, verify, lookup, close, counts
    anonymising anonymise, risk
    interrupting  Ctrl-C while something is sought
    telling     what came of a delivery or a verification
    examples    an example on the whole road, its approvers played
    noisy       noisy-counts
    perturbed   perturbed-counts
    answers     analyse, release, decide, review, report
    whole       run, demo, synthetic
    rules       policy
    auditing    audit

Every deliberate error becomes one sentence on standard error and the exit status of its family. A
fault of ours says where it happened and never what was in the data.
"""

import os
import sys
import traceback
from itertools import pairwise

from grondslag.cli.app import app
from grondslag.cli.output import Output
from grondslag.errors import GrondslagError
from grondslag.wording import LANGUAGES

_FAULT_OF_OURS = 70
_INTERRUPTED = 130


def main() -> None:
    """Run the command; errors become one sentence and an exit status."""
    words = Output(language=_language())
    try:
        app()
    except GrondslagError as error:
        sys.stderr.write(words.words(error.code, **error.fields) + "\n")
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        sys.stderr.write(words.words("cli.interrupted") + "\n")
        sys.exit(_INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the message could hold a value from a row
        place = traceback.extract_tb(error.__traceback__)[-1]
        text = words.words(
            "cli.fault-of-ours",
            kind=type(error).__name__,
            file=os.path.basename(place.filename),  # noqa: PTH119 - no folder of this machine
            line=place.lineno or 0,
        )
        sys.stderr.write(text + "\n")
        sys.exit(_FAULT_OF_OURS)


def _language() -> str:
    """The language of errors: as asked for in the call or the environment, when we speak it."""
    asked = [os.environ.get("GRONDSLAG_LANGUAGE", "")]
    for option, value in pairwise([*sys.argv, ""]):
        name, equals, given = option.partition("=")
        if name == "--language":
            asked.append(given if equals else value)
    return asked[-1] if asked[-1] in LANGUAGES else LANGUAGES[0]
