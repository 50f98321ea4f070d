"""What the index would be if figures were others: arithmetic on the rule of the index, not an effect.

``recomputing`` runs the chain on changed figures, with its scales held or found again. On it stand
``effect`` (what a change does), ``gradients``, ``least_change`` (what reaches a target) and ``budget``
(what a sum of money does at most, if programmes move indicators as somebody states).
"""
