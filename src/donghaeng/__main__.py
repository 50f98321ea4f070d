"""``python -m donghaeng`` is the same as ``donghaeng``."""

from donghaeng.cli import main

main()
