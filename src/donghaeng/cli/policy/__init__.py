"""``donghaeng policy``: what a reform would do to everybody. Each verb is a file."""

from __future__ import annotations

import typer

from . import calibrate_take_up, compare, frontier, labour, simulate, solve

app = typer.Typer(
    no_args_is_help=True, help="What a reform would do to everybody: cost, winners, poverty, work."
)
app.command("simulate")(simulate.simulate)
app.command("solve")(solve.solve)
app.command("frontier")(frontier.frontier)
app.command("compare")(compare.compare)
app.command("labour")(labour.labour)
app.command("calibrate-take-up")(calibrate_take_up.calibrate_take_up)
