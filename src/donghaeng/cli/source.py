"""``donghaeng source``: fetch figures from an office's interface, and turn one table form into another.

A key is never an option, which a shell would keep in its history: it is read from DONGHAENG_KOSIS_KEY or
DONGHAENG_SEOUL_KEY, or from a file.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from donghaeng.language import Words
from donghaeng.rules import BadInput
from donghaeng.rules.faults import nearest

from .options import Form, Format, Lang, Language
from .output import print_json, print_table

if TYPE_CHECKING:
    import polars

    from donghaeng.sources.cache import Cache
    from donghaeng.sources.number_text import NumberMarks
    from donghaeng.sources.periods import Frequency
    from donghaeng.sources.sourced import SourcedObservations

app = typer.Typer(no_args_is_help=True, help="Where figures come from: fetch, convert.")
fetch = typer.Typer(no_args_is_help=True, help="Fetch figures from an office's interface.")
app.add_typer(fetch, name="fetch")

Out = Annotated[
    Path, typer.Option("-o", "--out", help="File to write: .csv, .csv.gz, .xlsx, .parquet or .xml.")
]
KeyFile = Annotated[
    Path | None,
    typer.Option("--key-file", help="File that holds the key, instead of the environment."),
]
Address = Annotated[str, typer.Option("--base", help="Address of the interface, if not its own.")]
CacheFolder = Annotated[
    Path | None, typer.Option("--cache", help="Folder that keeps what was fetched.")
]
MaxAge = Annotated[
    float, typer.Option("--max-age", min=0, help="Days for which what was fetched is good.")
]
Offline = Annotated[
    bool, typer.Option("--offline", help="Only what was fetched before, of any age.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Print the request, without the key, and do nothing.")
]
Zero = Annotated[
    list[str] | None,
    typer.Option("--zero", help="A mark that means nought, such as '-' in tables of counts."),
]
Letters = Annotated[
    str,
    typer.Option(
        "--frequency", help="Y year, S half, Q quarter, M month, F several years, IR irregular."
    ),
]


@fetch.command()
def kosis(
    org: Annotated[str, typer.Option("--org", help="Code of the organisation, such as 101.")],
    table: Annotated[str, typer.Option("--table", help="Code of the table, such as DT_1B040A3.")],
    out: Out,
    item: Annotated[
        list[str] | None, typer.Option("--item", help="Code of an item; all without it.")
    ] = None,
    classes: Annotated[
        list[str] | None,
        typer.Option(
            "--class", help="Codes of a classification, with commas, or ALL; once for each it has."
        ),
    ] = None,
    frequency: Letters = "Y",
    first: Annotated[str, typer.Option("--from", help="First period, such as 2020.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last period.")] = "",
    latest: Annotated[int, typer.Option("--latest", min=0, help="Number of newest periods.")] = 0,
    unit_class: Annotated[
        int, typer.Option("--unit-class", help="Which classification is the unit, from 1.")
    ] = 1,
    indicator: Annotated[
        list[str] | None,
        typer.Option("--indicator", help="CODE=NAME: a name of your own for an indicator."),
    ] = None,
    zero: Zero = None,
    key_file: KeyFile = None,
    base: Address = "",
    cache: CacheFolder = None,
    max_age: MaxAge = 1.0,
    offline: Offline = False,
    dry_run: DryRun = False,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Fetch a table of KOSIS as observations.

    Example: donghaeng source fetch kosis --org 101 --table DT_1B040A3 --latest 3 -o population.csv
    """
    from donghaeng.sources import kosis as office
    from donghaeng.sources.kosis_table import BASE, KosisTable

    asked = KosisTable(
        org,
        table,
        items=tuple(item or ("ALL",)),
        classes=tuple(tuple(codes.split(",")) for codes in classes or ("ALL",)),
        frequency=_frequency(frequency),
        first=first,
        last=last or first,
        latest=latest,
    )
    names = _pairs(indicator, "--indicator")
    _check_target(out)
    if dry_run:
        _print_request(asked.address(base or BASE), format)
        return
    marks = _marks(office.MARKS, zero)
    key = _key(office.KEY_VARIABLE, key_file, offline)
    with office.kosis_fetcher(key, _cache(cache, max_age, offline)) as fetcher:
        found = office.Kosis(fetcher, base or BASE).figures(
            asked, unit_class=unit_class, indicators=names, marks=marks
        )
    _finish(found, out, lang, format)


@fetch.command()
def seoul(
    service: Annotated[str, typer.Option("--service", help="Name of the service.")],
    unit: Annotated[str, typer.Option("--unit", help="Field of the unit.")],
    out: Out,
    value: Annotated[
        list[str],
        typer.Option("--value", help="FIELD=NAME: a field of figures and its indicator."),
    ],
    by: Annotated[
        str,
        typer.Option(
            "--indicator", help="Field that names the indicator; --value is then one FIELD."
        ),
    ] = "",
    period: Annotated[str, typer.Option("--period", help="Field of the period.")] = "",
    all_in: Annotated[str, typer.Option("--all-in", help="Period of every row.")] = "",
    frequency: Letters = "Y",
    only: Annotated[
        list[str] | None, typer.Option("--only", help="FIELD=TEXT: rows to keep.")
    ] = None,
    argument: Annotated[
        list[str] | None, typer.Option("--argument", help="What follows the row numbers.")
    ] = None,
    zero: Zero = None,
    key_file: KeyFile = None,
    base: Address = "",
    cache: CacheFolder = None,
    max_age: MaxAge = 1.0,
    offline: Offline = False,
    dry_run: DryRun = False,
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Fetch a service of Seoul's open data (서울 열린데이터광장) as observations.

    Example: donghaeng source fetch seoul --service NAME --unit FIELD --value FIELD=indicator --out x.csv
    """
    from donghaeng.sources import seoul_open_data as office

    if by and (len(value) != 1 or "=" in value[0]):
        raise BadInput("is one field", field="--value", remedy="with --indicator: --value FIELD")
    mapping = office.RowMapping(
        unit,
        values={} if by else _pairs(value, "--value"),
        indicator=by,
        value=value[0] if by else "",
        period=period,
        frequency=_frequency(frequency),
        all_in=all_in,
        only=_pairs(only, "--only"),
    )
    arguments = tuple(argument or ())
    _check_target(out)
    if dry_run:
        shown = office.address_of(service, arguments, base=base or office.BASE)
        _print_request(shown, format)
        return
    marks = _marks(office.MARKS, zero)
    key = _key(office.KEY_VARIABLE, key_file, offline)
    with office.seoul_fetcher(key, _cache(cache, max_age, offline)) as fetcher:
        portal = office.SeoulOpenData(fetcher, base or office.BASE)
        found = portal.figures(service, mapping, *arguments, marks=marks)
    _finish(found, out, lang, format)


@app.command()
def convert(
    source: Annotated[Path, typer.Argument(help="CSV, workbook, Parquet or SDMX file.")],
    target: Annotated[Path, typer.Argument(help=".csv, .csv.gz, .xlsx, .parquet or .xml (SDMX).")],
    unit: Annotated[
        str,
        typer.Option("--unit", help="Column of units: the table has a column for each indicator."),
    ] = "",
    period: Annotated[str, typer.Option("--period", help="Column of periods, with --unit.")] = "",
    all_in: Annotated[str, typer.Option("--all-in", help="Period of every row, with --unit.")] = "",
    indicator: Annotated[
        list[str] | None,
        typer.Option("--indicator", help="Column (or SDMX dimension) of an indicator; repeat it."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column", help="THEIRS=OURS: a long table's own name of one of our columns."
        ),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="DIMENSION=CODE of SDMX, to be read alone.")
    ] = None,
    structure: Annotated[
        Path | None, typer.Option("--structure", help="File of an SDMX file's structure.")
    ] = None,
    status: Annotated[
        str, typer.Option("--status", help="Status of figures that state none.")
    ] = "unverified",
    zero: Zero = None,
    thousands: Annotated[bool, typer.Option("--thousands", help="1,234 is 1234.")] = False,
    sheet: Annotated[str, typer.Option("--sheet", help="Sheet of a workbook.")] = "",
    encoding: Annotated[str, typer.Option("--encoding", help="Of CSV: utf-8, cp949.")] = "utf-8",
    lang: Lang = Language.KOREAN,
    format: Form = Format.TABLE,
) -> None:
    """Turn a table into observations of another form.

    Example: donghaeng source convert wide.csv long.csv --unit code --period year
    """
    from donghaeng.sources.number_text import NumberMarks
    from donghaeng.sources.observations import ObservationStatus, read_observations, read_wide
    from donghaeng.sources.sdmx import is_sdmx, read_sdmx

    statuses = [known.value for known in ObservationStatus]
    if status not in statuses:
        remedy = nearest(status, statuses) or f"one of {', '.join(statuses)}"
        raise BadInput(f"no status {status!r}", field="--status", remedy=remedy)
    word = ObservationStatus(status)
    _check_target(target)
    reading: dict[str, Any] = {
        "status": word,
        "marks": _marks(NumberMarks(thousands=thousands), zero),
        "sheet": sheet,
        "encoding": encoding,
    }
    if is_sdmx(source):
        frame = read_sdmx(
            source, structure=structure, unit=unit, indicator=tuple(indicator or ()),
            only=_pairs(only, "--only"), status=word,
        )  # fmt: skip
    elif unit:
        frame = read_wide(
            source, unit=unit, period=period, all_in=all_in, indicators=indicator, **reading
        )
    else:
        if period or all_in or indicator:
            raise BadInput("no column of units", field="--unit", remedy="--unit COLUMN")
        names = _pairs(column, "--column") or None
        frame = read_observations(source, columns=names, **reading)
    _write(frame, target)
    _print_summary(frame, target, lang, format)


def _frequency(letter: str) -> Frequency:
    from donghaeng.sources.periods import Frequency

    if letter not in list(Frequency):
        raise BadInput(
            f"no frequency {letter!r}", field="--frequency", remedy=f"one of {' '.join(Frequency)}"
        )
    return Frequency(letter)


def _pairs(texts: list[str] | None, option: str) -> dict[str, str]:
    """``A=B`` as a pair, each."""
    pairs: dict[str, str] = {}
    for text in texts or ():
        left, sign, right = text.partition("=")
        if not (left and sign and right) or left in pairs:
            raise BadInput(
                f"{text!r} is no new pair", field=option, remedy=f"{option} A=B, once for A"
            )
        pairs[left] = right
    return pairs


def _marks(usual: NumberMarks, zero: list[str] | None) -> NumberMarks:
    from dataclasses import replace

    noughts = frozenset(zero or ())
    return replace(usual, zero=noughts, missing=usual.missing - noughts)


def _key(variable: str, file: Path | None, offline: bool) -> Any:
    """The key; none is needed for what was fetched before."""
    from donghaeng.sources.keys import read_key

    return None if offline else read_key(variable, file)


def _cache(folder: Path | None, days: float, offline: bool) -> Cache:
    from donghaeng.sources.cache import Cache, usual_folder

    return Cache(folder or usual_folder(), max_age=timedelta(days=days), offline=offline)


def _check_target(file: Path) -> None:
    """Refuse a file that could not be written, before anything is fetched for it."""
    from donghaeng.sources.table_files import ending

    if file.suffix.lower() != ".xml":
        ending(file)


def _print_request(address: str, format: Format) -> None:
    if format is Format.JSON:
        print_json({"request": address})
    else:
        typer.echo(f"GET {address}")


def _write(frame: polars.DataFrame, target: Path) -> None:
    from donghaeng.sources.observations import write_observations
    from donghaeng.sources.sdmx import write_sdmx

    if target.suffix.lower() == ".xml":
        write_sdmx(frame, target)
    else:
        write_observations(frame, target)


def _finish(found: SourcedObservations, out: Path, lang: Language, format: Format) -> None:
    _write(found.observations, out)
    _print_summary(found.observations, out, lang, format, found)


def _print_summary(
    frame: polars.DataFrame,
    file: Path,
    lang: Language,
    format: Format,
    found: SourcedObservations | None = None,
) -> None:
    """What was written: for each indicator how much of it, and from when it is."""
    import polars as pl

    counted = frame.group_by("indicator", maintain_order=True).agg(
        pl.col("value").count().alias("figures"),
        pl.col("value").null_count().alias("missing"),
        pl.col("unit").n_unique().alias("units"),
        pl.col("period").min().alias("first"),
        pl.col("period").max().alias("last"),
    )
    if found is not None:
        counted = counted.join(found.indicators, on="indicator", how="left", maintain_order="left")
    if format is Format.JSON:
        print_json(_summary_json(counted, frame.height, file, found))
        return
    words = Words(lang.value)
    columns = ("Indicator", "Figures", "Missing", "Units", "First period", "Last period")
    rows = [[str(cell) for cell in row[:6]] for row in counted.iter_rows()]
    print_table("", [words(column) for column in columns], rows, numeric=[1, 2, 3])
    typer.echo(
        words("{count} observations written to {file}", count=f"{frame.height:,}", file=file.name)
    )
    for retrieval in found.retrievals if found else ():
        moment = retrieval.fetched.isoformat(timespec="seconds")
        typer.echo(words("fetched {moment}: {address}", moment=moment, address=retrieval.address))


def _summary_json(
    counted: polars.DataFrame, height: int, file: Path, found: SourcedObservations | None
) -> dict[str, Any]:
    return {
        "file": file.name,
        "observations": height,
        "indicators": counted.to_dicts(),
        "retrievals": [
            {
                "address": retrieval.address,
                "fetched": retrieval.fetched.isoformat(),
                "sha256": retrieval.sha256,
                "from_cache": retrieval.from_cache,
            }
            for retrieval in (found.retrievals if found else ())
        ],
    }
