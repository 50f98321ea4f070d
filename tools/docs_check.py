"""Run what the documentation says, and compare it with what the documentation shows.

Reads README.md, README.ko.md and every page under docs/. Each page gets an empty folder with a
copy of examples/ in it and is followed from top to bottom, as a reader would:

- a block with `title="path"` is written to that path;
- in a `console` block, a line that starts with `$ ` is a command (a backslash at its end
  continues it), and the lines after it are what it prints; one block is one shell;
- a `python` block with `>>>` is run as a doctest; the blocks of one page share their names.

Output must be the same to the letter, but for timings and sizes (`0.31 s`, `12 MB`), and a line
`...` stands for any lines. Nothing switches a block off: what is only an illustration is a `text`
block. `--update` writes the real output into the pages.
"""

import argparse
import contextlib
import difflib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
SECONDS_A_BLOCK = 300
FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
UNREAD_FENCE = re.compile(r"^[\s>*+\-\d.]*(`{3,}|~{3,})[^`]*$")
TITLE = re.compile(r'title="(?P<path>[^"]*)"')
# Where a reader expects what: in any other block it would escape the check.
PROMPTS = {"$ ": "console", ">>> ": "python"}
NUMBER = r"(?<![\w.,])\d[\d,]*(\.\d+)?"
SPEED = r"( million| thousand)? (households|persons|people|rows)( ?/ ?s| per second| a second)"
MEASURED = re.compile(
    rf" *{NUMBER}( ?(ns|µs|us|ms|s|seconds?|[MG]B(/s)?)(?![\w/])| ?초(?!과)|{SPEED}) *"
)


# ---- a page and its blocks ----------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """One fenced block. `line` is the number, from 1, of the first line inside it."""

    language: str
    info: str
    line: int
    indent: str
    lines: list[str]


@dataclass
class Finding:
    """What is wrong at one line of a page, and the real output where a run can tell."""

    line: int
    message: str
    shown: list[str] = field(default_factory=list)
    printed: list[str] | None = None
    indent: str = ""


def blocks(text: str) -> Iterator[Block | Finding]:
    """The fenced blocks of a page in order, without the indentation of the list around them."""
    opening: re.Match[str] | None = None
    start, inside = 0, list[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        found = FENCE.match(line)
        if opening is None:
            if found:
                opening, start, inside = found, number + 1, []
            elif UNREAD_FENCE.match(line):
                yield Finding(number, "a block starts on a line of its own, outside quotations")
            elif line.lstrip().startswith(tuple(PROMPTS)):
                yield Finding(number, "commands and examples belong in a console or python block")
        elif found and not found["info"].strip() and found["fence"].startswith(opening["fence"]):
            info = opening["info"].strip()
            language = info.split()[0] if info else ""
            yield Block(language, info, start, opening["indent"], inside)
            opening = None
        else:
            inside.append(line.removeprefix(opening["indent"]))
    if opening is not None:
        yield Finding(start - 1, "this block is never closed")


def misplaced(block: Block) -> Iterator[Finding]:
    """Commands and examples that would escape the check because of how their block is marked."""
    if block.info.startswith("{"):
        yield Finding(block.line - 1, "write the language as one word, without braces")
    if block.language == "console" and block.info != "console":
        yield Finding(block.line - 1, "a console block takes no options")
    for number, line in enumerate(block.lines, start=block.line):
        for prompt, language in PROMPTS.items():
            if line.startswith(prompt) and block.language not in (language, "text"):
                yield Finding(
                    number, f"a line with {prompt.strip()!r} belongs in a {language} block"
                )


# ---- the comparison -----------------------------------------------------------------------------


def masked(line: str) -> str:
    """The line without what differs from run to run: timings, sizes and the spaces around them."""
    return MEASURED.sub(" <time> ", line).rstrip()


def same(shown: list[str], printed: list[str]) -> bool:
    """Whether the output is the one shown; a shown line `...` stands for any lines, or none."""
    got = [masked(line) for line in printed]
    runs: list[list[str]] = [[]]
    for line in shown:
        if line.strip() == "...":
            runs.append([])
        else:
            runs[-1].append(masked(line))
    first, *rest = runs
    if not rest:
        return got == first
    if got[: len(first)] != first:
        return False
    position = len(first)
    *middle, last = rest
    for run in middle:
        starts = range(position, len(got) - len(run) + 1)
        found = next((at for at in starts if got[at : at + len(run)] == run), None)
        if found is None:
            return False
        position = found + len(run)
    return len(got) - position >= len(last) and got[len(got) - len(last) :] == last


def without_edges(lines: list[str]) -> list[str]:
    """The lines without the empty ones at the end, which a page never shows."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]


def difference(finding: Finding) -> str:
    """A unified diff from what the page shows to what was printed; empty where nothing was."""
    if finding.printed is None:
        return ""
    shown = [masked(line) for line in finding.shown]
    printed = [masked(line) for line in finding.printed]
    return "\n".join(difflib.unified_diff(shown, printed, "the page", "a real run", lineterm=""))


# ---- console blocks -----------------------------------------------------------------------------


@dataclass
class Command:
    """One command of a console block, and the output shown after it, which starts at `line`."""

    text: str
    line: int
    shown: list[str]


def commands(block: Block) -> list[Command] | Finding:
    """The commands of a console block, in order."""
    found: list[Command] = []
    continued = False
    for number, line in enumerate(block.lines, start=block.line):
        if continued or line.startswith("$ "):
            if continued:
                found[-1].text += "\n" + line.removeprefix("> ")
                found[-1].line = number + 1
            else:
                found.append(Command(line.removeprefix("$ "), number + 1, []))
            continued = line.endswith("\\")
        elif found:
            found[-1].shown.append(line)
        else:
            return Finding(number, "a console block starts with a command: '$ ...'")
    return found or Finding(block.line, "a console block without a command")


def environment(folder: Path) -> dict[str, str]:
    """A reader's terminal, the same on every machine: plain text, 100 columns, Unicode."""
    here = {k: v for k, v in os.environ.items() if k not in ("CI", "FORCE_COLOR", "PYTHONPATH")}
    programs = Path(sys.executable).parent  # the environment that this check runs in
    return here | {
        "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}",
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
        "TERM": "dumb",
        "TMPDIR": str(folder.parent),
    }


def run(block: Block, folder: Path) -> Iterator[Finding]:
    """Run a console block in one shell, and report each command whose output is another one."""
    listed = commands(block)
    if isinstance(listed, Finding):
        yield listed
        return
    mark = "-- end of one command --"
    # Each command sees the exit status of the one before it, as in a terminal.
    script = "\n".join(
        f"{each.text}\nstatus=$?; printf '\\n%s\\n' '{mark}'; (exit $status)" for each in listed
    )
    try:
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS_A_BLOCK,
            check=False,
        )
    except subprocess.TimeoutExpired:
        yield Finding(block.line, f"these commands take more than {SECONDS_A_BLOCK} s")
        return
    output = done.stdout.decode("utf-8", errors="replace").replace(str(folder), ".")
    outputs = output.split(f"\n{mark}\n")
    for command, text in zip(listed, outputs, strict=False):
        printed = [line.rstrip() for line in without_edges(text.splitlines())]
        shown = without_edges(command.shown)
        if not same(shown, printed):
            name = command.text.splitlines()[0]
            yield Finding(command.line, f"$ {name}", shown, printed, block.indent)
    if len(outputs) <= len(listed):
        yield Finding(block.line, "the shell ended before the block did")


# ---- python blocks ------------------------------------------------------------------------------


class Collector(doctest.DocTestRunner):
    """Collects each example whose result is another one, instead of printing it."""

    def __init__(self, block: Block) -> None:
        super().__init__(verbose=False)
        self.block = block
        self.findings: list[Finding] = []

    def compare(self, example: doctest.Example, got: str) -> None:
        """Keep the example if it differs; of an exception only the message, not the paths."""
        header = "Traceback (most recent call last):"
        before, is_error, error = got.partition(header + "\n")
        if is_error:
            got = f"{before}{header}\n    ...\n{error.splitlines()[-1]}"
        name, *more = example.source.splitlines()
        shown = [line.rstrip() for line in example.want.splitlines()]
        printed = [line.rstrip() or "<BLANKLINE>" for line in got.splitlines()]
        if not same(shown, printed):
            line = self.block.line + example.lineno + 1 + len(more)
            self.findings.append(Finding(line, f">>> {name}", shown, printed, self.block.indent))

    def report_failure(
        self, out: Any, test: doctest.DocTest, example: doctest.Example, got: str
    ) -> None:
        self.compare(example, got)

    def report_unexpected_exception(
        self,
        out: Any,
        test: doctest.DocTest,
        example: doctest.Example,
        exc_info: tuple[type[BaseException], BaseException, TracebackType],
    ) -> None:
        self.compare(example, "".join(traceback.format_exception(*exc_info)))


def doctests(block: Block, names: dict[str, Any], page: str) -> Iterator[Finding]:
    """Run a python block as a doctest, with the names that earlier blocks of its page have set."""
    text = "\n".join(block.lines) + "\n"
    try:
        examples = doctest.DocTestParser().get_examples(text, page)
    except ValueError as error:
        yield Finding(block.line, str(error))
        return
    for example in examples:
        if example.options:
            line = block.line + example.lineno
            yield Finding(line, "a doctest takes no directives; an illustration is a text block")
            return
    collector = Collector(block)
    test = doctest.DocTest(examples, names, page, page, block.line - 1, text)
    collector.run(test, out=io.StringIO().write, clear_globs=False)
    names.update(test.globs)  # the test works on a copy
    yield from collector.findings


# ---- pages --------------------------------------------------------------------------------------


def check(page: Path, root: Path = REPOSITORY) -> list[Finding]:
    """Follow one page in a fresh folder; what is not as the page says, from top to bottom."""
    findings: list[Finding] = []
    names: dict[str, Any] = {"__name__": "__main__"}
    with tempfile.TemporaryDirectory(prefix="docs-") as above:
        folder = Path(above) / page.stem
        folder.mkdir()
        if (root / "examples").is_dir():
            shutil.copytree(root / "examples", folder / "examples")
        for block in blocks(page.read_text(encoding="utf-8")):
            if isinstance(block, Finding):
                findings.append(block)
                continue
            findings.extend(misplaced(block))
            title = TITLE.search(block.info)
            if title:
                findings.extend(write(block, title["path"], folder))
            if block.language == "console":
                findings.extend(run(block, folder))
            elif block.language == "python" and any(
                line.lstrip().startswith(">>>") for line in block.lines
            ):
                with contextlib.chdir(folder):
                    findings.extend(doctests(block, names, page.name))
    return findings


def write(block: Block, path: str, folder: Path) -> Iterator[Finding]:
    """Write a titled block to the file that its title names, inside the page's folder."""
    target = (folder / path).resolve()
    if not path or not target.is_relative_to(folder.resolve()):
        yield Finding(block.line - 1, f"the title {path!r} is not a path inside the page's folder")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(block.lines) + "\n", encoding="utf-8")


def update(page: Path, findings: Iterable[Finding]) -> int:
    """Write the real outputs into a page; how many there were."""
    lines = page.read_text(encoding="utf-8").splitlines()
    known = [finding for finding in findings if finding.printed is not None]
    # From the bottom up, so that the line numbers above stay true.
    for finding in sorted(known, key=lambda each: each.line, reverse=True):
        start = finding.line - 1
        end = start + len(finding.shown)
        printed = finding.printed or []
        lines[start:end] = [(finding.indent + line).rstrip() for line in printed]
    if known:
        page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(known)


def pages(root: Path) -> list[Path]:
    """The pages in the order in which a reader meets them."""
    first = [root / "README.md", root / "README.ko.md"]
    return [page for page in first if page.is_file()] + sorted((root / "docs").rglob("*.md"))


def main(arguments: list[str] | None = None) -> int:
    """Check the pages, all of them or those named; 0 if all are right, 1 if one is not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pages", nargs="*", type=Path, help="only these pages")
    parser.add_argument("--root", type=Path, default=REPOSITORY, help="the repository")
    parser.add_argument(
        "--update", action="store_true", help="write the real output into the pages"
    )
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    listed = [page.resolve() for page in options.pages] or pages(root)
    wrong = 0
    for page in listed:
        name = page.relative_to(root) if page.is_relative_to(root) else page
        findings = check(page, root)
        if options.update:
            updated = update(page, findings)
            if updated:
                print(f"{name}: {updated} output(s) updated")
            findings = [finding for finding in findings if finding.printed is None]
        for finding in findings:
            print(f"{name}:{finding.line}: {finding.message}")
            diff = difference(finding)
            if diff:
                print(diff)
        wrong += len(findings)
    print(f"{len(listed)} pages checked, {wrong} not as written")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
