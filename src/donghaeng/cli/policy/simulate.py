"""``donghaeng policy simulate``: the present system against a reform, for everybody in a population."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from donghaeng.language import Words
from donghaeng.rules import BadInput

from ..documents import print_document
from ..options import Date, Form, Format, Lang, Language, LawFile, open_law
from ..output import print_json, print_table
from .rungs import Lacking, NotKnown, read_rungs, treatment

if TYPE_CHECKING:
    from donghaeng.policy.behaviour import Behaviour
    from donghaeng.policy.labour import Settings
    from donghaeng.policy.question import Question
    from donghaeng.policy.report.document import More
    from donghaeng.policy.results import Simulation
    from donghaeng.policy.runs import Executors
    from donghaeng.policy.scenario import Scenario


class Kernels(StrEnum):
    """How the law is run on columns."""

    AUTO = "auto"
    NUMBA = "numba"
    NUMPY = "numpy"


EVERYONE = "everyone"

ReformFile = Annotated[Path, typer.Argument(help="A reform: YAML of a few lines.")]
PopulationFolder = Annotated[Path, typer.Option("--population", help="A stored population.")]
Overlay = Annotated[
    Path | None,
    typer.Option("--assume", help="Assumptions laid over the baseline and the reform alike."),
]
TakeUpFile = Annotated[
    str,
    typer.Option(
        "--take-up", help="Who of the entitled receives today: everyone, or a file of settings."
    ),
]
Income = Annotated[
    str, typer.Option("--income", help="Disposable income; the law's own if left out.")
]
KernelForm = Annotated[
    Kernels,
    typer.Option("--form", help="How the law is run; auto compiles for large populations only."),
]

Workers = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes; one a core if left out.")
]
Scheduler = Annotated[
    str,
    typer.Option(
        "--scheduler",
        help="A Dask scheduler (tcp://HOST:PORT); its workers see the same folders as this machine.",
    ),
]


def simulate(
    reform: ReformFile,
    population: PopulationFolder,
    date: Date = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="The folder to write: JSON, reports, tables."),
    ] = None,
    law: LawFile = None,
    assume: Overlay = None,
    take_up: TakeUpFile = EVERYONE,
    income: Income = "",
    workers: Workers = None,
    scheduler: Scheduler = "",
    form: KernelForm = Kernels.AUTO,
    labour: Annotated[
        list[str] | None,
        typer.Option(
            "--labour",
            help="Also if people work more or less: a rung that ships, or a settings file; may be repeated.",
        ),
    ] = None,
    not_known: NotKnown = None,
    households: Annotated[
        bool, typer.Option("--households", help="Keep the figures of each household as Parquet.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the results of an earlier simulation.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be computed, and compute nothing.")
    ] = False,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Compute what a reform would do: cost, who gains and loses, poverty, inequality, what work keeps.

    This is a simulation. A run that is stopped goes on where it stopped when the same command is given again.

    Example: donghaeng policy simulate safety_income_85.yaml --population seoul --date 2024-07 -o out
    """
    words = Words(lang.value)
    rungs = read_rungs(labour, "--labour") if labour else []
    question = ask(reform, population, date, law, assume, take_up, income, form)
    if dry_run:
        _print_plan(question, words, format)
        return
    if out is None and scheduler:
        raise BadInput("needs a folder that its workers see", field="--scheduler", remedy="-o OUT")
    if out is None and households:
        raise BadInput("needs a folder", field="--households", remedy="-o OUT")
    if out is not None:
        from donghaeng.policy.report import DATA

        refuse_results(out, DATA, replace)
    with run_folder(out, words) as folder:
        executors = executors_of(question, workers, scheduler)
        found = _computed(question, folder, executors, words)
        behaviour = _answered(found, question, rungs, folder, executors, not_known)
        if out is not None:
            _write(found, behaviour, out, folder, households)
    if format is Format.JSON:
        told = {} if behaviour is None else {"labour": behaviour.as_json()}
        print_json({**found.as_json(), **told})
        return
    _print(found, behaviour, out, words)


def ask(
    reform: Path,
    population: Path,
    date: str = "",
    law: Path | None = None,
    assume: Path | None = None,
    take_up: str = EVERYONE,
    income: str = "",
    form: Kernels = Kernels.AUTO,
) -> Question:
    """The question that the options put.

    Raises:
        BadInput: for a file, a name or a day that is not right.
    """
    from donghaeng.policy.question import Question
    from donghaeng.policy.reform_files import read_assumptions, read_reform
    from donghaeng.policy.scenario import reformed
    from donghaeng.policy.solve import resolved
    from donghaeng.population.store import Population

    people = Population.open(population)
    overlay = None if assume is None else read_assumptions(assume)
    before = baseline_of(date, law, assume, take_up)
    changes, _ = resolved(read_reform(reform), reform, people, before, form=form.value)
    after = reformed(before, changes, reform)
    return Question(
        people,
        before,
        after,
        None if changes.note is None else (changes.note.ko, changes.note.en),
        income or changes.income,
        form.value,
        reform.read_text(encoding="utf-8"),
        overlay,
    )


def baseline_of(
    date: str, law: Path | None = None, assume: Path | None = None, take_up: str = EVERYONE
) -> Scenario:
    """The present system on the day, with its overlay of assumptions and its take-up."""
    from donghaeng.policy.reform_files import read_assumptions
    from donghaeng.policy.scenario import baseline
    from donghaeng.policy.take_up import read_take_up

    overlay = None if assume is None else read_assumptions(assume)
    claiming = None if take_up == EVERYONE else read_take_up(Path(take_up))
    return baseline(open_law(date, law), overlay, claiming, str(assume or ""))


def executors_of(question: Question, workers: int | None, scheduler: str = "") -> Executors:
    """Where partitions are computed: on a cluster, here where there is little to do, else in processes."""
    from donghaeng.policy.clusters import cluster
    from donghaeng.policy.question import WORTH_COMPILING
    from donghaeng.policy.runs import processes, this_process

    if scheduler:
        return cluster(scheduler)
    small = question.population.households < WORTH_COMPILING
    if workers == 1 or (workers is None and small):
        return this_process
    return functools.partial(processes, workers)


# ---- where it stands --------------------------------------------------------------------------------


def refuse_results(out: Path, mark: str, replace: bool) -> None:
    """Before anything is computed: a folder that holds other things, or an earlier result."""
    from donghaeng.sources.whole_folders import refuse_other_folders

    refuse_other_folders(out, mark=mark)
    if (out / mark).is_file() and not replace:
        raise BadInput(
            "holds an earlier simulation", file=str(out), remedy="--replace, or name a new folder"
        )


@contextlib.contextmanager
def run_folder(out: Path | None, words: Words) -> Iterator[Path]:
    """A hidden folder beside the results, kept where the run is stopped; a passing one without results.

    Raises:
        BadInput: where another run with the same results is under way.
    """
    if out is None:
        with tempfile.TemporaryDirectory(prefix="donghaeng-") as passing:
            yield Path(passing) / "run"
        return
    place = out.resolve()
    folder = place.with_name(f".{place.name}.run")
    with _alone(out, place.with_name(f".{place.name}.lock")):
        try:
            yield folder
        except KeyboardInterrupt:
            typer.echo(words("Stopped. The same command goes on where this one stopped."), err=True)
            raise
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _alone(out: Path, file: Path) -> Iterator[None]:
    """Nobody else writes these results meanwhile."""
    from filelock import FileLock, Timeout

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(file, blocking=False)
        lock.acquire()
    except Timeout:
        raise BadInput(
            "another run is writing these results",
            file=str(out),
            remedy="wait for it, or name another folder",
        ) from None
    except OSError as error:
        raise BadInput(str(error.strerror or error), file=str(out)) from None
    try:
        yield
    finally:
        file.unlink(missing_ok=True)  # while it is held, so that nobody takes what is taken away
        lock.release()


def _computed(question: Question, folder: Path, executors: Executors, words: Words) -> Simulation:
    from donghaeng.policy.simulate import simulate as compute

    with bar(words("Partitions")) as told:
        return compute(question, folder, executors=executors, progress=told)


def _answered(
    found: Simulation,
    question: Question,
    rungs: list[Settings],
    folder: Path,
    executors: Executors,
    not_known: Lacking | None,
) -> Behaviour | None:
    """What the rungs say beside the simulation; nothing where none is named."""
    from donghaeng.policy.behaviour import answered

    if not rungs:
        return None
    stated = treatment(not_known)
    return answered(found, question, rungs, folder, executors=executors, not_known=stated)


def _more(behaviour: Behaviour | None) -> More | None:
    """The section of the rungs for a report; nothing where none is named."""
    from donghaeng.policy.behaviour.section import behaviour_section

    if behaviour is None:
        return None
    return lambda reader, pictures: behaviour_section(reader, behaviour, pictures=pictures)


@contextlib.contextmanager
def bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, where somebody watches."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task(title, total=None)

        def tell(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total)

        yield tell


def _write(
    found: Simulation, behaviour: Behaviour | None, out: Path, folder: Path, households: bool
) -> None:
    from donghaeng.policy.behaviour.files import DATA as LABOUR
    from donghaeng.policy.behaviour.files import behaviour_json
    from donghaeng.policy.question import WORTH_COMPILING
    from donghaeng.policy.report import DATA, household_files, simulation_files
    from donghaeng.sources.whole_folders import write_folder

    cores = (os.cpu_count() or 1) > 1 and found.households_in >= WORTH_COMPILING
    made = simulation_files(found, _more(behaviour), processes=cores)
    files: dict[str, str | bytes | Path] = {**made}
    if behaviour is not None:
        files[LABOUR] = behaviour_json(behaviour)
    if households:
        files |= household_files(folder, found.label)
    write_folder(out, files, mark=DATA)


# ---- what is printed --------------------------------------------------------------------------------


def _print(found: Simulation, behaviour: Behaviour | None, out: Path | None, words: Words) -> None:
    from donghaeng.policy.report import answer_document

    print_document(answer_document(found, words.language, _more(behaviour)))
    seconds = found.seconds
    typer.echo(
        words(
            "Partitions {partitions} s, of which the law itself took {kernel} s of the processors; measures "
            "{measures} s.",
            partitions=f"{seconds['partitions']:.1f}",
            kernel=f"{seconds['kernel_cpu']:.1f}",
            measures=f"{seconds['measures']:.1f}",
        )
    )
    if out is not None:
        typer.echo(words("Written: {file}", file=out))


def _print_plan(question: Question, words: Words, format: Format) -> None:
    """What would be computed, in words or as JSON."""
    from donghaeng.policy.report.planned import planned

    plan = planned(question)
    if format is Format.JSON:
        print_json(plan.as_json())
        return
    typer.echo(words("Nothing is computed. This would be:"))
    print_table("", [words("What"), words("Value")], plan.lines(words))
