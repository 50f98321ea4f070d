"""Labour supply as rungs that are named, never a silent default.

``none``, ``elasticities`` (hours), ``participation`` (whether to work), ``discrete_choice`` (estimated from
a survey) and ``pilot`` (as published). A settings file states which, with every value, source and gap.

The flow: ``read_settings`` or ``read_shipped``; ``respond`` (or ``respond_with_draws``) on ``Workers``;
``compare`` puts rungs side by side; ``consequences`` says what the response means for incomes and costs.
Everything here is a simulation.
"""

from .calibration import Calibrates, Target, calibrate
from .comparison import compare, respond_with_draws
from .consequences import Amounts, Consequences, consequences, expected, outcome_rows
from .draws import draws
from .labels import Labels
from .respond import respond
from .response import Change, Response, Touched
from .settings import Rung, Settings, read_settings, read_shipped, shipped_names
from .workers import Workers

__all__ = [
    "Amounts",
    "Calibrates",
    "Change",
    "Consequences",
    "Labels",
    "Response",
    "Rung",
    "Settings",
    "Target",
    "Touched",
    "Workers",
    "calibrate",
    "compare",
    "consequences",
    "draws",
    "expected",
    "outcome_rows",
    "read_settings",
    "read_shipped",
    "respond",
    "respond_with_draws",
    "shipped_names",
]
