"""Settings calibrated to what was published for the pilot: the difference in heads' work, on these people."""

from __future__ import annotations

from donghaeng.rules.faults import BadInput

from ..labour import Calibrates, Settings, Target, calibrate, read_shipped
from .earners import Earners

# Where an elasticity is sought: work that pays more is not done less, and more income not made up for by more.
BETWEEN = {Calibrates.PARTICIPATION: (0.0, 2.0), Calibrates.INCOME: (-5.0, 0.0)}


def pilot_target() -> Target:
    """The published difference with the range of what was published, as the shipped settings state it."""
    pilot = read_shipped("pilot").pilot
    assert pilot is not None
    (stated,) = pilot.differences
    return Target(stated.value, *stated.ends, stated.source)


def calibrated_to_pilot(settings: Settings, earners: Earners, which: Calibrates) -> Settings:
    """The settings with one elasticity of participation such that treated heads' work falls as in the pilot.

    Its range are the values that meet both ends of what was published.

    Raises:
        BadInput: where the settings have no such elasticity, where no value gives the difference, or several.
    """
    if settings.participation is None:
        raise BadInput(
            "has no elasticity of participation to calibrate",
            field=f"labour supply {settings.name}",
            remedy="participation, or elasticities_and_participation",
        )
    found = calibrate(
        earners.settled(settings),
        earners.workers,
        pilot_target(),
        which=which,
        between=BETWEEN[which],
    ).settings
    label = settings.label.model_copy(
        update={
            "ko": f"{settings.label.ko}, 시범사업 결과에 맞춤",
            "en": f"{settings.label.en}, calibrated to the pilot",
        }
    )
    name = f"{settings.name}_as_in_pilot"
    return found.model_copy(update={"name": name, "label": label, "bounds": settings.bounds})
