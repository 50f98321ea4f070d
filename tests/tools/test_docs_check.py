"""The documentation check finds what is wrong, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import docs_check


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one example and no pages yet."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "greeting.txt").write_text("안녕하세요\n", encoding="utf-8")
    return tmp_path


def page(root: Path, text: str, name: str = "docs/page.md") -> Path:
    path = root / name
    path.write_text(text, encoding="utf-8")
    return path


def found(root: Path, text: str) -> list[tuple[int, str]]:
    return [(each.line, each.message) for each in docs_check.check(page(root, text), root)]


def console(*lines: str) -> str:
    return "\n".join(["```console", *lines, "```", ""])


# ---- console blocks -----------------------------------------------------------------------------


def test_a_command_that_prints_what_the_page_shows_is_right(root):
    assert found(root, console("$ cat examples/greeting.txt", "안녕하세요")) == []


def test_a_command_that_prints_something_else_is_found_at_its_line_with_a_diff(root):
    text = "# A page\n\n" + console("$ echo one", "one", "$ echo two", "three")
    (finding,) = docs_check.check(page(root, text), root)
    assert (finding.line, finding.message) == (7, "$ echo two")
    assert docs_check.difference(finding).splitlines()[-2:] == ["-three", "+two"]


def test_output_that_the_page_does_not_show_is_found(root):
    assert found(root, console("$ echo one")) == [(3, "$ echo one")]


def test_an_error_message_is_output_too(root):
    assert found(root, console("$ echo wrong >&2", "wrong")) == []


def test_a_backslash_continues_a_command(root):
    assert found(root, console("$ echo one \\", "    two", "one two")) == []


def test_the_commands_of_a_block_share_a_shell_and_see_the_last_exit_status(root):
    text = console("$ cd examples", "$ ls", "greeting.txt", "$ (exit 3)", "$ echo $?", "3")
    assert found(root, text) == []


def test_the_blocks_of_a_page_share_a_folder_and_pages_do_not(root):
    text = console("$ echo kept > file") + console("$ cat file", "kept")
    assert found(root, text) == []
    assert found(root, console("$ ls", "examples")) == []


def test_a_titled_block_is_written_before_the_commands_after_it(root):
    text = '```yaml title="in/city.yaml"\nname: 서울\n```\n' + console(
        "$ cat in/city.yaml", "name: 서울"
    )
    assert found(root, text) == []


def test_a_titled_block_stays_inside_its_folder(root):
    ((line, message),) = found(root, '```yaml title="../city.yaml"\nname: 서울\n```\n')
    assert line == 1
    assert "not a path inside" in message


def test_a_block_in_a_list_is_read_without_its_indentation(root):
    text = "1. First\n\n    ```console\n    $ printf 'a\\n  b\\n'\n    a\n      b\n    ```\n"
    assert found(root, text) == []


def test_a_shell_that_ends_early_is_found(root):
    assert (2, "the shell ended before the block did") in found(
        root, console("$ exit 1", "$ echo never", "never")
    )


# ---- what may differ ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("done in 0.31 s", "done in 12.4 s"),
        ("| tax |   7.4 ns |", "| tax | 113.2 ns |"),
        ("12 µs, 3ms, 1,024 MB", "9 µs, 14ms, 7 MB"),
        ("계산 0.3초", "계산 12초"),
        ("31 million households a second", "2 million households a second"),
    ],
)
def test_timings_and_sizes_may_differ(shown, printed):
    assert docs_check.same([shown], [printed])


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("713,100 won", "713,101 won"),
        ("2024-07", "2024-08"),
        ("3 households", "4 households"),
        ("3 members", "4 members"),
        ("소득이 5초과", "소득이 6초과"),
        ("done in 0.31 s", "failed in 0.31 s"),
    ],
)
def test_everything_else_may_not(shown, printed):
    assert not docs_check.same([shown], [printed])


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        (["a", "...", "d"], True),
        (["...", "b", "...", "d"], True),
        (["a", "b", "...", "c", "d"], True),
        (["..."], True),
        (["a", "..."], True),
        (["b", "..."], False),
        (["a", "...", "c"], False),
        (["a", "...", "c", "...", "b", "..."], False),
        (["a", "b", "c", "...", "c", "d"], False),
    ],
)
def test_three_dots_stand_for_any_lines(shown, right):
    assert docs_check.same(shown, ["a", "b", "c", "d"]) is right


# ---- python blocks ------------------------------------------------------------------------------


def test_the_examples_of_a_page_are_run_with_shared_names(root):
    text = "```python\n>>> a = 2\n```\n\n```python\n>>> a + 1\n3\n```\n"
    assert found(root, text) == []


def test_an_example_with_another_result_is_found_at_its_line(root):
    assert found(root, "```python\n>>> 1 + 1\n3\n```\n") == [(3, ">>> 1 + 1")]


def test_an_example_that_fails_is_found_without_the_paths_of_the_machine(root):
    (finding,) = docs_check.check(page(root, "```python\n>>> 1 / 0\n1\n```\n"), root)
    assert finding.printed == [
        "Traceback (most recent call last):",
        "    ...",
        "ZeroDivisionError: division by zero",
    ]


def test_an_example_reads_the_files_of_its_page(root):
    text = "```python\n>>> len(open('examples/greeting.txt', encoding='utf-8').read())\n6\n```\n"
    assert found(root, text) == []


def test_a_python_block_without_examples_is_only_shown(root):
    assert found(root, "```python\nraise SystemExit\n```\n") == []


# ---- nothing escapes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "```console no-check\n$ true\n```\n",
        '```console title="run"\n$ true\n```\n',
        "```bash\n$ true\n```\n",
        '```sh title="run.sh"\n$ true\n```\n',
        "```\n$ true\n```\n",
        "```pycon\n>>> 1\n1\n```\n",
        "``` {.console .quiet}\n$ true\n```\n",
        "```python\n>>> 1  # doctest: +SKIP\n2\n```\n",
        "> ```console\n> $ true\n> ```\n",
        "- ```console\n  $ true\n  ```\n",
        "    $ true\n",
        "```console\nonly output\n```\n",
        "```console\n```\n",
        "```console\n$ true\n",
    ],
)
def test_a_command_cannot_be_hidden_from_the_check(root, text):
    assert found(root, text)


def test_a_text_block_is_an_illustration(root):
    assert found(root, "```text\n$ no such command\n>>> 1\n2\n```\n") == []


# ---- the whole ----------------------------------------------------------------------------------


def test_update_writes_the_real_output_and_nothing_else(root, capsys):
    text = (
        "Before\n\n"
        + console("$ echo one", "1", "2", "$ echo 'took 3 s'", "took 4 s", "$ seq 3", "1", "...")
        + "\n- item\n\n  ```console\n  $ echo two; echo; echo three\n  ```\n"
        + "\n```python\n>>> 1 + 1\n3\n>>> x = 1\n0\n```\nAfter\n"
    )
    path = page(root, text)
    assert docs_check.main(["--root", str(root), "--update"]) == 0
    expected = (
        text.replace("1\n2\n$", "one\n$")
        .replace("three\n  ```", "three\n  two\n\n  three\n  ```")
        .replace("\n3\n>>> x = 1\n0\n", "\n2\n>>> x = 1\n")
    )
    assert path.read_text(encoding="utf-8") == expected
    assert "docs/page.md: 4 output(s) updated" in capsys.readouterr().out
    assert docs_check.main(["--root", str(root)]) == 0


def test_update_does_not_hide_what_it_cannot_mend(root):
    page(root, "```bash\n$ true\n```\n")
    assert docs_check.main(["--root", str(root), "--update"]) == 1


def test_the_readers_order_and_the_exit_status(root, capsys):
    page(root, console("$ echo a", "b"), "README.md")
    page(root, console("$ echo a", "b"), "README.ko.md")
    page(root, console("$ echo a", "a"), "docs/index.md")
    assert [each.name for each in docs_check.pages(root)] == [
        "README.md",
        "README.ko.md",
        "index.md",
    ]
    assert docs_check.main(["--root", str(root)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in printed if ".md:" in line] == [
        "README.md:3: $ echo a",
        "README.ko.md:3: $ echo a",
    ]
    assert printed[-1] == "3 pages checked, 2 not as written"


LINES = st.lists(st.text(alphabet="ab. 19ms", max_size=6), max_size=8)


def output_is_the_same_as_itself_whatever_is_left_out(lines: list[str], left: int, right: int):
    first, last = sorted((min(left, len(lines)), min(right, len(lines))))
    assert docs_check.same(lines, lines)
    assert docs_check.same([*lines[:first], "...", *lines[last:]], lines)
    for line in lines:
        assert docs_check.masked(docs_check.masked(line)) == docs_check.masked(line)


@given(LINES, st.integers(0, 8), st.integers(0, 8))
def test_output_is_the_same_as_itself(lines, left, right):
    output_is_the_same_as_itself_whatever_is_left_out(lines, left, right)


@pytest.mark.soak
@given(LINES, st.integers(0, 8), st.integers(0, 8))
def test_output_is_the_same_as_itself_many_times(lines, left, right):
    output_is_the_same_as_itself_whatever_is_left_out(lines, left, right)
