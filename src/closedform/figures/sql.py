"""A sweep as SQL: sizes as relations, formulas in integers, what does not fit an error.

Inside everything is as wide as the dialect has integers, and a cost is cast to 64 bits at the end:
both DuckDB and Spark (in its ANSI mode, the default from 4.0 on) stop where a number does not fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from closedform.algebra.assumptions import Assumptions
from closedform.algebra.integral import integral
from closedform.algebra.proofs.bounds import prove_sign
from closedform.algebra.tree import (
    Call,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
)
from closedform.errors import ClosedformError, MissingExtra, TooLarge
from closedform.figures.ranges import Range
from closedform.figures.sweep import Form, Sweep
from closedform.records import NamedTuple
from closedform.typeset.numbers import Exact


class Dialect(NamedTuple):
    """How a database writes what is not the same in all of them."""

    integer: str
    over: str
    quote: str
    #: Values by steps, values one by one, and either as a relation.
    steps: str
    listed: str
    relation: str
    error: str


DIALECTS: Mapping[str, Dialect] = {
    "duckdb": Dialect(
        integer="HUGEINT",
        over="//",
        quote='"',
        steps="unnest(generate_series({}, {}, {}))",
        listed="unnest([{}])",
        relation="(SELECT CAST({values} AS HUGEINT) AS {name})",
        error="error",
    ),
    "spark": Dialect(
        integer="BIGINT",
        over="div",
        quote="`",
        steps="explode(sequence({}, {}, {}))",
        listed="explode(array({}))",
        # Spark makes rows at the top of a select alone.
        relation="(SELECT CAST(x AS BIGINT) AS {name} FROM (SELECT {values} AS x))",
        error="raise_error",
    ),
}
#: So many forms of the layers are joined in one query.
FORMS = 256


def sql(made: Sweep, dialect: str = "duckdb") -> str:
    """The query whose rows are those of a sweep.

    >>> from closedform.figures.sweep import sweep
    >>> print(sql(sweep("conv(k=3, M=1, N=2, H, W=4)", over="H=1..3", measures=["macs"])))
    SELECT CAST("H" AS BIGINT) AS "H", CAST(72 * "H" AS BIGINT) AS "macs"
    FROM (SELECT CAST(unnest(generate_series(1, 3, 1)) AS HUGEINT) AS "H")

    Raises:
        ClosedformError: two sizes that SQL does not tell apart, or a rounding that it does
            otherwise.
    """
    names = [size.name for size in made.ranges]
    if len({name.lower() for name in names}) < len(names):
        raise ClosedformError(
            f"SQL does not tell apart {', '.join(names)}", "sweep one of them at a time"
        )
    parts = [_select(made, chosen, form, DIALECTS[dialect]) for chosen, form in made.forms()]
    if len(parts) > FORMS:
        raise TooLarge(f"{len(parts):,} forms of the layers in one query", FORMS)
    return "\nUNION ALL\n".join(parts)


def write_parquet(made: Sweep, path: str | Path) -> None:
    """Let DuckDB work out the rows of a sweep and write them.

    Raises:
        MissingExtra: DuckDB is not installed.
        ClosedformError: a cost past 64 bits, or a file that cannot be written.
    """
    try:
        import duckdb  # noqa: PLC0415  (optional)
    except ImportError as error:
        raise MissingExtra("Parquet", "DuckDB", "pip install 'closedform[sweep]'") from error
    try:
        with duckdb.connect() as database:
            database.sql(sql(made)).write_parquet(str(path))
    except duckdb.Error as error:
        said = str(error).partition("\n")[0]
        hint = "a number past 64 bits has a place in csv"
        raise ClosedformError(f"DuckDB says: {said}", hint) from error


def _select(made: Sweep, chosen: Mapping[str, Exact], form: Form, by: Dialect) -> str:
    columns = [
        f"{_literal(chosen[size.name])} AS {_quoted(size.name, by)}"
        if size.name in chosen
        else f"CAST({_quoted(size.name, by)} AS BIGINT) AS {_quoted(size.name, by)}"
        for size in made.ranges
    ]
    columns += [
        f"CAST({_written(integral(tree), by)} AS BIGINT) AS {_quoted(column.key, by)}"
        for column, tree in zip(made.measured, form.trees, strict=True)
    ]
    query = "SELECT " + ", ".join(columns)
    if form.running:
        query += "\nFROM " + " CROSS JOIN ".join(_relation(size, by) for size in form.running)
    whole = [
        f"{_written(multiple, by, 2)} % {_written(divisor, by, 2)} = 0"
        for divisor, multiple in form.divided
    ]
    return query + (f"\nWHERE {' AND '.join(whole)}" if whole else "")


def _relation(size: Range, by: Dialect) -> str:
    if isinstance(size.values, range):
        values = by.steps.format(size.values[0], size.values[-1], size.values.step)
    else:
        values = by.listed.format(", ".join(map(_literal, size.values)))
    return by.relation.format(values=values, name=_quoted(size.name, by))


def _quoted(name: str, by: Dialect) -> str:
    return f"{by.quote}{name}{by.quote}"


def _literal(x: Exact) -> str:
    return str(x) if isinstance(x, int) else f"{float(x)!r}"


def _written(tree: Tree, by: Dialect, level: int = 0) -> str:
    """A formula of integers; ``level`` says how tightly what is around it binds."""
    inner = partial(_written, by=by)
    match tree:
        case Number(value=int(value)):
            return str(value) if value >= 0 else f"({value})"
        case Symbol(name=name):
            return _quoted(name, by)
        case Negative(operand=operand):
            return f"(-{inner(operand, level=2)})"
        case Sum(terms=terms):
            said = " + ".join(inner(term, level=1) for term in terms)
            return f"({said})" if level else said
        case Product(factors=factors):
            said = " * ".join(inner(factor, level=2) for factor in factors)
            return f"({said})" if level > 1 else said
        case Power(base=base, exponent=Number(value=int(times))) if times > 0:
            return inner(Product((base,) * times), level=level)
        case Quotient(numerator=above, denominator=below):
            a, b = inner(above, level=2), inner(below, level=2)
            broken = f"CAST({by.error}('no whole number') AS {by.integer})"
            return f"CASE WHEN {a} % {b} = 0 THEN {a} {by.over} {b} ELSE {broken} END".join("()")
        case Call(function="floor" | "ceil" as function, arguments=(inside,)):
            return _rounded(function, inside, by)
        case Call(function="max" | "min" as function, arguments=parts):
            name = "greatest" if function == "max" else "least"
            return f"{name}({', '.join(map(inner, parts))})"
    raise ClosedformError(f"SQL has no {type(tree).__name__.lower()} here", "write csv instead")


def _rounded(function: str, inside: Tree, by: Dialect) -> str:
    """A floor, or a ceiling, of what is not negative: SQL rounds to 0."""
    whole = integral(inside)
    above, below = (
        (whole.numerator, whole.denominator) if isinstance(whole, Quotient) else (whole, Number(1))
    )
    if not prove_sign(above, Assumptions(), strict=False):
        raise ClosedformError("what is rounded may be negative", "write csv instead")
    raised = above if function == "floor" else above + (below - Number(1))
    return f"({_written(raised, by, 2)} {by.over} {_written(below, by, 2)})"
