"""The table of medians and ratios, and where it goes in RESULTS.md."""

from records import OURS
from tasks import TASKS

BEGIN, END = "<!-- made by routing/run.py: begin -->", "<!-- made by routing/run.py: end -->"
MS_PER = {"ms": 1.0, "us": 1e-3, "s": 1e3}


def digits(value):
    """Return a number with three significant digits, whole ones in full."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.{2 if value < 1 else 1}f}" if value >= 0.1 else f"{value:.2g}"


def wanted_on(task, graph):
    return task.wanted.get(graph, task.wanted.get(""))


def wanted_text(task):
    unit = "x" if task.peer else task.unit
    return ", ".join(
        f"{graph} {digits(value)} {unit}".strip() for graph, value in task.wanted.items()
    )


def alone(task, graph, figure):
    """Return the cell of a figure without a peer."""
    value, wanted = figure.value / MS_PER.get(task.unit, 1.0), wanted_on(task, graph)
    text = f"{value:.2f} x" if task.unit == "x" else f"{digits(value)} {task.unit}"
    missed = wanted is not None and (value < wanted if task.unit == "x" else value > wanted)
    return f"**{text}**" if missed else text


def beside(task, graph, ours, theirs):
    """Return the cell of a ratio: how many times our figure theirs is."""
    ratio, wanted = theirs.value / ours.value, wanted_on(task, graph)
    text = f"{digits(ratio)} x"
    if wanted is not None and ratio < wanted:
        text = f"**{text}**"
    both = " / ".join(digits(f.value / MS_PER.get(task.unit, 1.0)) for f in (ours, theirs))
    return f"{text} ({both} {task.unit}".rstrip() + ")"


def cell(task, graph, records):
    ours = records.figure(task.name)
    theirs = records.figure(task.name, task.peer)
    if ours is None or (task.peer and theirs is None):
        return f"*not run*: {records.not_run.get(task.measurement, 'our part failed')}"
    return beside(task, graph, ours, theirs) if task.peer else alone(task, graph, ours)


def runs(task, by_graph):
    """Return how many runs ours and theirs are the medians of."""
    for records in by_graph.values():
        found = [records.figure(task.name, who) for who in (OURS, task.peer)]
        if all(found[: 2 if task.peer else 1]):
            return " / ".join(str(figure.runs) for figure in found if figure)
    return ""


def rows(by_graph):
    yield ["task", "peer", "wanted", "runs", *by_graph]
    yield ["---"] * (4 + len(by_graph))
    for task in TASKS:
        cells = [cell(task, graph, records) for graph, records in by_graph.items()]
        yield [task.title, task.peer, wanted_text(task), runs(task, by_graph), *cells]


def markdown(by_graph):
    return "\n".join("| " + " | ".join(row) + " |" for row in rows(by_graph))


def replace_between_marks(text, made):
    """Return a document with what stands between its marks replaced."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{made}\n\n{END}{after}"
