"""The disk cache: compiled once on a machine, right whatever has happened to the folder."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numba.core.event
import pytest

from donghaeng.kernel import Batch
from donghaeng.kernel import cache as kernel_cache
from donghaeng.kernel.kernel import COMPLETE, Kernel, Lane
from donghaeng.rules import BadInput, Book
from tests.foreign.laws import ireland

from .agreement import agree, compiled, computed, explained
from .households import crowd, retold

REPOSITORY = Path(__file__).resolve().parents[2]
DAY = "2024-07-01"
NAMES = ("household_child_benefit", "working_family_payment", "own_children")
# Prints the results of some households, and how often Numba compiled a generated function.
START = f"""
import json, sys
import numba.core.event
from donghaeng.kernel import Batch, Kernel
from tests.foreign.laws import ireland
from tests.kernel.households import crowd

with numba.core.event.install_recorder("numba:compile") as recorder:
    law = ireland().on("{DAY}")
    outputs = Kernel(law, {NAMES!r}).run(Batch.from_households(law, crowd(law, 1, 80)))
answers = {{name: [part.tolist() for part in outputs.column(name)] for name in {NAMES!r}}}
compiled = [
    event.data["dispatcher"].py_func.__module__ for _, event in recorder.buffer if event.is_start
]
print(json.dumps([answers, sum(name.startswith("kernel_") for name in compiled)]))
"""


def start(folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "DONGHAENG_CACHE": str(folder)}
    paths = [str(REPOSITORY), environment.get("PYTHONPATH", "")]
    environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return subprocess.Popen(
        [sys.executable, "-c", START],
        env=environment,
        cwd=REPOSITORY,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def finish(process: subprocess.Popen[str]) -> tuple[dict[str, list[list[int]]], int]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err[-2_000:]
    answers, count = json.loads(out)
    return answers, count


@pytest.fixture(scope="module")
def right():
    """What every process must answer."""
    law = ireland().on(DAY)
    truth = explained(law, NAMES, crowd(law, 1, 80))
    columns = {name: [cell for each in truth for cell in each[name]] for name in NAMES}
    return {
        name: [[value for value, _ in column], [known for _, known in column]]
        for name, column in columns.items()
    }


@pytest.fixture(scope="module")
def filled(tmp_path_factory, right):
    """A folder that three processes have filled, starting at once."""
    folder = tmp_path_factory.mktemp("cache") / "made by whoever comes first"
    results = [finish(process) for process in [start(folder) for _ in range(3)]]
    return folder, results


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every compiled file."""
    kinds = (".nbi", ".nbc", ".py")
    return {
        str(file.relative_to(folder)): (file.stat().st_size, file.stat().st_mtime_ns)
        for file in folder.rglob("*")
        if file.suffix in kinds
    }


def test_processes_that_start_at_once_answer_alike_and_compile_once(filled, right):
    folder, results = filled
    assert [answers for answers, _ in results] == [right] * 3
    counts = sorted(count for _, count in results)
    assert counts[:2] == [0, 0], "only one of three processes compiles"
    assert counts[2] >= 4, "the plain kernel and the one for incomplete households"
    assert len([file for file in folder.iterdir() if file.suffix == ".py"]) == 2
    assert not list(folder.glob("*.partial"))
    assert not list(folder.glob(".*.partial"))


def test_a_second_start_compiles_nothing(filled, right):
    folder, _ = filled
    before = files(folder)
    assert any(name.endswith(".nbc") for name in before)
    answers, count = finish(start(folder))
    assert answers == right
    assert count == 0
    assert files(folder) == before


@pytest.mark.parametrize("kind", ["nbi", "nbc", "py"])
@pytest.mark.parametrize("keep", ["nothing", "half"])
def test_a_truncated_file_does_no_harm(filled, right, tmp_path, kind, keep):
    """A machine that lost power while it wrote, or a full disk."""
    folder = tmp_path / "cache"
    shutil.copytree(filled[0], folder, copy_function=shutil.copy2)
    cut = list(folder.rglob(f"*.{kind}"))
    assert cut
    for file in cut:
        content = file.read_bytes()
        file.write_bytes(b"" if keep == "nothing" else content[: len(content) // 2])
    answers, _ = finish(start(folder))
    assert answers == right


def test_a_module_cut_off_between_two_lines_does_not_answer_wrongly(filled, right, tmp_path):
    """What is left is valid Python that stores fewer results: the worst place to be cut off."""
    folder = tmp_path / "cache"
    shutil.copytree(filled[0], folder, copy_function=shutil.copy2)
    for file in folder.glob("*.py"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        last = max(number for number, line in enumerate(lines) if " store_" in line)
        while "store_" in lines[last] or "known" in lines[last]:
            last -= 1
        file.write_text("".join(lines[: last + 1]), encoding="utf-8")
    answers, _ = finish(start(folder))
    assert answers == right


def test_a_file_where_the_folder_should_be(right, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("not a folder")
    for place in (taken, taken / "below"):
        answers, count = finish(start(place))
        assert answers == right
        assert count > 0
    assert taken.read_text() == "not a folder"


def test_a_folder_that_cannot_be_written(monkeypatch, tmp_path):
    """A folder that exists and is another user's (who runs the tests may be allowed everything)."""

    def refuse(*arguments, **named):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setenv("DONGHAENG_CACHE", str(tmp_path))
    open_file, lock = Path.write_text, kernel_cache.FileLock

    def writes(self, *arguments, **named):
        return refuse() if tmp_path in self.parents else open_file(self, *arguments, **named)

    def locks(path, *arguments, **named):
        return refuse() if tmp_path in Path(path).parents else lock(path, *arguments, **named)

    monkeypatch.setattr(Path, "write_text", writes)
    monkeypatch.setattr(kernel_cache, "FileLock", locks)
    law = ireland().on("2024-07-02")
    made = crowd(law, 2, 20)
    agree([Kernel(law, ["own_children", "qualified_child"])], law, made)


def test_the_folder_is_the_one_that_the_variable_names(monkeypatch, tmp_path):
    monkeypatch.setenv("DONGHAENG_CACHE", str(tmp_path / "named"))
    assert kernel_cache.folder() == tmp_path / "named"
    monkeypatch.delenv("DONGHAENG_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert kernel_cache.folder() == tmp_path / "xdg" / "donghaeng" / "kernel"


REFORM = """
reform: {ko: 개혁, en: Reform}
parameters:
  child_benefit_amount: 17777
  family_payment_share: 4.17%
  family_income_limit: {1: 99901, 2: 99902}
  hours_needed_a_fortnight: 21
"""


def test_a_reform_of_parameters_compiles_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("DONGHAENG_CACHE", str(tmp_path / "cache"))
    law = ireland().on(DAY)
    (tmp_path / "reform.yaml").write_text(REFORM)
    reformed = law.with_reform(tmp_path / "reform.yaml")
    kernel = Kernel(law, computed(law))
    other = Kernel(reformed, computed(reformed))
    for lane in (COMPLETE, Lane(facts=True)):
        assert other.generated(lane).source == kernel.generated(lane).source
    assert kernel.fits(reformed)
    made = crowd(law, 4, 150)
    before = compiled(kernel, law, made)
    modules = {name for name in sys.modules if name.startswith("kernel_")}
    with numba.core.event.install_recorder("numba:compile") as recorder:
        after = compiled(kernel, reformed, made)
        assert compiled(other, reformed, made) == after
    assert not recorder.buffer
    assert {name for name in sys.modules if name.startswith("kernel_")} == modules
    assert after == explained(reformed, kernel.wanted, retold(reformed, made))
    assert before == explained(law, kernel.wanted, made)
    changed = (
        "household_child_benefit",
        "household_weekly_payment",
        "weekly_limit",
        "works_enough",
    )
    for name in changed:
        assert any(a[name] != b[name] for a, b in zip(before, after, strict=True)), name


def test_another_day_with_the_same_rules_compiles_nothing():
    early, late = ireland().on("2023-07-01"), ireland().on("2024-07-01")
    kernel = Kernel(early, computed(early))
    made = crowd(late, 9, 60)
    compiled(kernel, early, made)
    with numba.core.event.install_recorder("numba:compile") as recorder:
        assert compiled(kernel, late, made) == explained(late, kernel.wanted, made)
    assert not recorder.buffer


def test_a_law_with_other_rules_is_refused(tmp_path):
    law = ireland().on(DAY)
    (tmp_path / "reform.py").write_text(
        "from donghaeng.rules import MONTH, PERSON, Money, Rounding, Table, Count, rule\n\n\n"
        "@rule(entity=PERSON, period=MONTH, label=('급여', 'benefit'), citation='none')\n"
        "def benefit_for_child(qualified_child: bool, child_benefit_amount: Money) -> Money:\n"
        "    return child_benefit_amount + child_benefit_amount if qualified_child else 0\n"
    )
    reformed = law.with_reform(tmp_path / "reform.py")
    kernel = Kernel(law, ["household_child_benefit"], "numpy")
    assert not kernel.fits(reformed)
    batch = Batch.from_households(law, crowd(law, 1, 10))
    with pytest.raises(BadInput, match="other rules"):
        kernel.run(batch, reformed)
    made = crowd(reformed, 1, 30)
    agree([Kernel(reformed, ["household_child_benefit"], "numpy")], reformed, made)


def test_a_household_is_the_same_under_a_reform(tmp_path):
    """The facts of one household are put to the law and to its reform; a choice stays a choice."""
    law = ireland().on(DAY)
    (tmp_path / "same.yaml").write_text(
        "reform: {ko: 그대로, en: As it is}\nparameters: {child_benefit_amount: 14000}\n"
    )
    reformed = law.with_reform(tmp_path / "same.yaml")
    made = crowd(law, 4, 100)
    names = computed(law)
    assert explained(reformed, names, made) == explained(law, names, made)


def test_a_comment_in_the_law_compiles_nothing_new():
    """The line of a rule stands in the generated code; a remark inside a rule moves no rule above."""
    law = ireland().on(DAY)
    sources = dict(ireland().sources)
    sources["ireland/terms.py"] += "\n# a remark at the end\n"
    again = Book(sources).on(DAY)
    assert Kernel(again, NAMES).generated().source == Kernel(law, NAMES).generated().source
