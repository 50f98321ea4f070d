"""Write the law of Dalbit into one file that the command line can open: dalbit.json."""

from pathlib import Path

import donghaeng as dh

folder = Path(__file__).parent / "dalbit"
dh.Book.open(folder).on("2025-01").bundle().write("dalbit.json")
