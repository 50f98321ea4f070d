"""``donghaeng population``: the people a policy is tried on. Each verb is a file."""

from __future__ import annotations

import typer

from . import (
    calibrate,
    check,
    columns,
    import_koweps,
    import_table,
    show,
    synthesize,
    uprate,
)

app = typer.Typer(
    no_args_is_help=True,
    help="The people: households and persons, checked, imported, made, weighted and stored.",
)
app.command("check")(check.check)
app.command("import-table")(import_table.import_table)
app.command("import-koweps")(import_koweps.import_koweps)
app.command("synthesize")(synthesize.synthesize)
app.command("calibrate")(calibrate.calibrate)
app.command("uprate")(uprate.uprate)
app.command("show")(show.show)
app.command("schema")(columns.schema)
