"""``donghaeng index``: how the city does, and how sure we are. Each verb is a file."""

from __future__ import annotations

import typer

from . import (
    audit,
    build,
    claims,
    coinr,
    lint,
    plan,
    profile,
    publish,
    reproduce,
    trace,
    verify,
    whatif,
)

app = typer.Typer(
    no_args_is_help=True, help="An index: built, audited, reproduced, published and verified."
)
app.command("lint")(lint.lint)
app.command("profile")(profile.profile)
app.command("trace")(trace.trace)
app.command("build")(build.build)
app.command("import-coinr")(coinr.import_coinr)
app.command("export-coinr")(coinr.export_coinr)
app.command("reproduce")(reproduce.reproduce)
app.command("claims")(claims.claims)
app.command("audit")(audit.audit)
app.command("whatif")(whatif.whatif)
app.command("plan")(plan.plan)
app.command("priorities")(plan.priorities)
app.command("publish")(publish.publish)
app.command("verify")(verify.verify)
