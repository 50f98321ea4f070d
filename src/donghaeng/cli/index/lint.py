"""``donghaeng index lint``: what a reader of the index would have to guess."""

from __future__ import annotations

import typer

from donghaeng.language import Words

from ..options import Form, Format, Lang, Language
from ..output import print_json, print_table
from .common import File


def lint(file: File, lang: Lang = Language.KOREAN, format: Form = Format.TABLE) -> None:
    """List what definitions leave open: thresholds, populations, denominators, directions, sources.

    Exit status 1 where there is a finding.

    Example: donghaeng index lint examples/index/seoul/index.yaml --lang en
    """
    from donghaeng.index.framework import read_index
    from donghaeng.index.framework.lint import lint as look

    linted = look(read_index(file))
    words = Words(lang.value)
    if format is Format.JSON:
        print_json(
            {
                "findings": [
                    {"rule": each.rule.value, "code": each.code, "text": each.text}
                    for each in linted.findings
                ],
                "kinds": linted.kinds,
                "named": linted.named,
                "placeholders": linted.placeholders,
            }
        )
    else:
        rows = [
            (each.code, each.rule.value, words(each.message[0], **each.message[1]))
            for each in linted.findings
        ]
        if rows:
            print_table("", [words("Indicator"), words("Rule"), words("Finding")], rows)
        typer.echo(
            words(
                "{findings} findings; {named} indicators with a name, {placeholders} without; "
                "{inputs} inputs, {outputs} outputs, {outcomes} outcomes, {unsaid} not said",
                findings=len(rows),
                named=linted.named,
                placeholders=linted.placeholders,
                inputs=linted.kinds["input"],
                outputs=linted.kinds["output"],
                outcomes=linted.kinds["outcome"],
                unsaid=linted.kinds[""],
            )
        )
    if linted.findings:
        raise typer.Exit(1)
