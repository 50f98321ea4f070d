"""A synthetic city: every household and person drawn so that published margins are met.

:func:`synthesize` makes and writes one; a city is a folder of margins and moments (:mod:`.city`). What is
recorded, modelled and assumed is told apart column by column.
"""

from .city import City, open_city, shipped
from .report import Report
from .synthesis import Making, draw_block, drawn_blocks, prepared, synthesize

__all__ = [
    "City",
    "Making",
    "Report",
    "draw_block",
    "drawn_blocks",
    "open_city",
    "prepared",
    "shipped",
    "synthesize",
]
