"""A skipped test is a convenience on one's own machine, and a failure in CI."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SKIPPING = """\
import pytest

def test_that_runs():
    pass

def test_that_needs_data(shared_data):
    shared_data("no_such_data")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with our conftest.py and one test that passes."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "pyproject.toml").write_bytes((HERE.parent / "pyproject.toml").read_bytes())
    (tmp_path / "tests" / "conftest.py").write_bytes((HERE / "conftest.py").read_bytes())
    (tmp_path / "tests" / "test_one.py").write_text("def test_that_runs():\n    pass\n")
    return tmp_path


def run(project: Path, *options: str, ci: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    environment |= {"CI": ci, "DONGHAENG_SHARED": str(project / "no data here")}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options]
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_skipped_test_fails_in_ci_and_is_listed(project, workers):
    (project / "tests" / "test_two.py").write_text(SKIPPING)
    done = run(project, "-n", workers, ci="true")
    assert done.returncode == 1
    assert "tests/test_two.py::test_that_needs_data: no data set 'no_such_data'" in done.stdout
    assert "2 passed, 1 skipped" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_skipped_module_fails_in_ci(project, workers):
    module = "import pytest\n\npytest.importorskip('no_such_module')\n"
    (project / "tests" / "test_two.py").write_text(module)
    assert run(project, "-n", workers, ci="true").returncode == 1


def test_a_skipped_test_passes_elsewhere(project):
    (project / "tests" / "test_two.py").write_text(SKIPPING)
    assert run(project, ci="").returncode == 0


def test_a_run_without_skips_passes_in_ci(project):
    assert run(project, ci="true").returncode == 0
