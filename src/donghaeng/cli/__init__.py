"""The one command, ``donghaeng NOUN VERB``. Each noun is a file."""

from __future__ import annotations

import os
import sys

import typer

from donghaeng.version import __version__

from . import household, index, law, policy, population, schema, source

app = typer.Typer(
    name="donghaeng",
    help="Donghaeng (동행): design, try, run and measure a city's policies. Amounts are whole won.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(household.app, name="household")
app.add_typer(index.app, name="index")
app.add_typer(law.app, name="law")
app.add_typer(policy.app, name="policy")
app.add_typer(population.app, name="population")
app.add_typer(source.app, name="source")
app.command("schema")(schema.show)

DONE, FINDING, BAD_INPUT = 0, 1, 2


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"donghaeng {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Exit status: 0 done, 1 a finding (a check failed), 2 bad input."""


def main() -> None:
    """Run the command; bad input is one line on standard error and exit status 2."""
    import gc

    from donghaeng.rules.faults import BadInput, LawFault

    # A law is read once and stays: looking through it for garbage again and again takes a tenth.
    gc.set_threshold(100_000, 50, 50)
    try:
        app()
    except (BadInput, LawFault) as error:
        typer.echo(f"donghaeng: {error}", err=True)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        typer.echo("donghaeng: interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:  # the reader went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
