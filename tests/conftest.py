"""What every test shares: real data where it exists, and no silent skips where it counts."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

IN_CI = bool(os.environ.get("CI"))
REPOSITORY = Path(__file__).resolve().parent.parent

# Laws and kernels are slow on their first call, so no single example has a deadline. In CI the
# examples are the same in every run: a change fails because of what it changed, not by chance.
settings.register_profile(
    "default", deadline=None, derandomize=IN_CI, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "soak", parent=settings.get_profile("default"), max_examples=5_000, print_blob=True
)
settings.load_profile("default")  # `--hypothesis-profile=soak` (make soak) takes its place


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """A function that gives the folder of one real data set, or skips the test where it is absent.

    The data sets are not part of the project: some may be used but not passed on. They are looked
    for in `../shared/data` beside the repository, or in the folder that DONGHAENG_SHARED names.
    """
    root = Path(os.environ.get("DONGHAENG_SHARED") or REPOSITORY.parent / "shared" / "data")

    def find(name: str) -> Path:
        folder = root / name
        if not folder.is_dir():
            pytest.skip(f"no data set {name!r} in {root} (name another folder in DONGHAENG_SHARED)")
        return folder

    return find


# A skipped test says nothing. On one's own machine that is a convenience; in CI, which has all the
# data, it is a failure. Both hooks see the reports of all xdist workers.


def skipped_tests(config: pytest.Config) -> list[str]:
    """One line for each test or module that was skipped: where, and why."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is None:
        return []
    lines = []
    for report in terminal.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        lines.append(f"{report.nodeid}: {reason.removeprefix('Skipped: ')}")
    return lines


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    is_worker = hasattr(session.config, "workerinput")
    if IN_CI and not is_worker and session.exitstatus == 0 and skipped_tests(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    skipped = skipped_tests(config) if IN_CI else []
    if skipped:
        terminalreporter.section("skipped in CI: this run fails", red=True)
        for line in skipped:
            terminalreporter.line(line)
