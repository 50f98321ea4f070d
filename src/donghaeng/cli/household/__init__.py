"""``donghaeng household``: one household, its answer, its earnings, its months. Each verb is a file."""

from __future__ import annotations

import typer

from . import assess, compare, curve, life, page

app = typer.Typer(
    no_args_is_help=True, help="One household: its benefits, the reasons, its earnings, its months."
)
app.command("assess")(assess.assess)
app.command("page")(page.page)
app.command("curve")(curve.curve)
app.command("compare")(compare.compare)
app.command("life")(life.life)
