"""The table of bench/compare: medians of all rounds in Markdown, with the goals and whether they hold."""

import json
from dataclasses import dataclass
from statistics import median

from peers import SERVERS
from scenarios import SCENARIOS

OURS = SERVERS[0].name
TITLES = {server.name: server.title for server in SERVERS}
WORDS = {scenario.name: scenario.words for scenario in SCENARIOS}
# A closed loop keeps a server busy. One that is not was kept waiting, and its deliveries a second say little.
BUSY_PERCENT = 85
# What the load generator counts as wrong. A peer that loses messages or cuts clients must not look fast.
FAULTS = ["missing", "doubled", "late", "foreign", "other_order", "violations", "out_of_order", "refused", "cut"]


@dataclass(frozen=True)
class Goal:
    """A figure of ours against one of a peer's, or against a number: at most `limit` of it, or at least."""

    words: str
    limit: float
    # A peer's name, `BEST` for the best of those without a fault, or None for a number.
    peer: str | None = None
    at_least: bool = False

    def holds(self, value):
        return value >= self.limit if self.at_least else value <= self.limit

    def verdict(self, value):
        return "holds" if self.holds(value) else "**misses**"


BEST = "the best peer"
AHEAD = Goal("at most the best peer's", 1, BEST)
NONE = Goal("0", 0)


@dataclass(frozen=True)
class Row:
    """One figure of one scenario, for every server."""

    scenario: str
    key: str
    words: str
    digits: int = 0
    goal: Goal | None = None


CPU = ("server_us_per_delivery", "server CPU a delivery, µs", 3)
DELIVERIES = ("deliveries_per_second", "deliveries a second")
ROWS = [
    Row("few", *CPU, AHEAD),
    Row("few", *DELIVERIES),
    Row("many", *CPU, AHEAD),
    Row("many", *DELIVERIES),
    Row("flood", *CPU, Goal("at most a quarter of the best peer's", 0.25, BEST)),
    Row("flood", *DELIVERIES),
    Row("flood", "cut", "clients cut off", goal=NONE),
    Row("rate", *CPU, AHEAD),
    Row("rate", "latency_p50_us", "latency, median, µs", goal=AHEAD),
    Row("rate", "latency_p99_us", "latency, 99th percentile, µs", goal=AHEAD),
    Row("idle", "bytes_per_client", "memory a client, bytes", goal=Goal("at most 700", 700)),
    Row("churn", "connections_per_second", "connections a second"),
    Row("churn", "server_us_per_connection", "server CPU for each, µs", 1),
    Row("slow", *DELIVERIES),
    Row("slow", "slow_cut_seconds", "the dead reader was cut off after, s", 1),
    Row("slow", "server_rss_growth_peak_bytes", "memory grew by, bytes"),
]


@dataclass(frozen=True)
class Figure:
    """A figure of Chinwag's alone."""

    words: str
    value: float | None
    digits: int = 0
    goal: Goal | None = None


class Runs:
    """All runs of some files. A round is told from those of other files."""

    def __init__(self, files):
        self.runs = []
        for number, file in enumerate(files):
            with open(file, encoding="utf-8") as lines:
                self.about, *runs = map(json.loads, lines)
            self.runs += [{**run, "round": (number, run["round"])} for run in runs]

    def of(self, scenario, server=OURS):
        return [run for run in self.runs if (run["scenario"], run["server"]) == (scenario, server)]

    def each(self, key, scenario, server=OURS):
        """A figure in each round that has it."""
        found = ((run["round"], run.get("figures", {}).get(key)) for run in self.of(scenario, server))
        return {round_: value for round_, value in found if value is not None}

    def median(self, key, scenario, server=OURS):
        values = self.each(key, scenario, server).values()
        return median(values) if values else None

    def ratio(self, key, one, other):
        """How one pair of scenario and server stands to another: the median of each round's own ratio, since the
        machine may be another in the next round."""
        ones, others = self.each(key, *one), self.each(key, *other)
        ratios = [ones[round_] / others[round_] for round_ in ones if others.get(round_)]
        return median(ratios) if ratios else None

    def faults(self, scenario, server):
        """What went wrong there, over all rounds."""
        counts = {fault: sum(self.each(fault, scenario, server).values()) for fault in FAULTS}
        return {fault: count for fault, count in counts.items() if count}

    def servers(self):
        measured = {run["server"] for run in self.runs}
        return [server.name for server in SERVERS if server.name in measured]


def table(files):
    """The whole of it: both tables, what is to be known about them, and what was measured where."""
    runs = Runs(files)
    parts = [compared(runs), ours(runs), notes(runs), about(runs)]
    return "\n\n".join(part for part in parts if part)


def compared(runs):
    """Everyone's figures, a column for each server."""
    servers = runs.servers()
    lines = [["", *(TITLES[server] for server in servers), "goal", ""]]
    scenario = None
    for row in ROWS:
        medians = [runs.median(row.key, row.scenario, server) for server in servers]
        if all(value is None for value in medians):
            continue
        if row.scenario != scenario:
            scenario = row.scenario
            lines.append([f"**{WORDS[scenario]}**", *[""] * (len(servers) + 2)])
        goal, result = judged(runs, row) if row.goal else ("", "")
        lines.append([row.words, *(number(value, row.digits) for value in medians), goal, result])
    return markdown(lines) if len(lines) > 1 else ""


def judged(runs, row):
    """A row's goal, and what came of it."""
    goal, peer = row.goal, row.goal.peer
    if peer == BEST:
        medians = {
            server: runs.median(row.key, row.scenario, server)
            for server in runs.servers()[1:]
            if not runs.faults(row.scenario, server)
        }
        medians = {server: value for server, value in medians.items() if value is not None}
        peer = min(medians, key=medians.get, default=None)
        if peer is None:
            return goal.words, ""
    if peer is None:
        value = runs.median(row.key, row.scenario)
        return goal.words, goal.verdict(value) if value is not None else ""
    value = runs.ratio(row.key, (row.scenario, OURS), (row.scenario, peer))
    return goal.words, f"{value:.2f} of {TITLES[peer]}: {goal.verdict(value)}" if value else ""


def ours(runs):
    """What concerns Chinwag alone."""
    lines = [["Chinwag alone", "measured", "goal", ""]]
    for figure in figures(runs):
        if figure.value is not None:
            goal = figure.goal
            lines.append([figure.words, number(figure.value, figure.digits), goal.words if goal else "",
                          goal.verdict(figure.value) if goal else ""])
    return markdown(lines) if len(lines) > 1 else ""


def figures(runs):
    cpu, deliveries = CPU[0], DELIVERIES[0]
    for name in ("few", "many"):
        ratio = runs.ratio(cpu, (f"{name}-v1", OURS), (name, OURS))
        yield Figure(f"{WORDS[name]}: `chinwag.v1`, CPU a delivery against plain", ratio, 2, Goal("at most 1.25", 1.25))
    for name in ("room", "rooms"):
        words = WORDS[f"{name}-1"]
        for count, core_words in ((1, "one core"), (2, "two cores")):
            yield Figure(f"{words}: deliveries a second, {core_words}", runs.median(deliveries, f"{name}-{count}"))
        ratio = runs.ratio(deliveries, (f"{name}-2", OURS), (f"{name}-1", OURS))
        yield Figure("    two cores against one", ratio, 2, Goal("at least 1.6", 1.6, at_least=True))
        ratio = runs.ratio(cpu, (f"{name}-2", OURS), (f"{name}-1", OURS))
        yield Figure("    server CPU a delivery, two cores against one", ratio, 2)
    yield Figure("idle `chinwag.v1` client in a room, bytes", runs.median("bytes_per_client", "idle-v1"), 0,
                 Goal("at most 1,000", 1000))
    rate, each = "connections_per_second", "server_us_per_connection"
    yield Figure(f"{WORDS['churn-v1']}: a second", runs.median(rate, "churn-v1"))
    ratio = runs.ratio(rate, ("churn-v1", OURS), ("churn", "gorilla"))
    yield Figure("    against gorilla's connect, close", ratio, 2, Goal("at least 1", 1, at_least=True))
    yield Figure("    server CPU for each, µs", runs.median(each, "churn-v1"), 1)
    ratio = runs.ratio(each, ("churn-v1", OURS), ("churn", "gorilla"))
    yield Figure("    against gorilla's connect, close", ratio, 2, Goal("at most 0.5", 0.5))
    caught_up = runs.each("caught_up", "herd").values()
    yield Figure("10,000 clients resume 100 missed entries at once: all caught up", min(caught_up, default=None), 0,
                 Goal("10,000", 10_000, at_least=True))
    yield Figure("    until the last has, s", runs.median("seconds_until_all_caught_up", "herd"), 1)
    yield Figure("    server CPU for each, µs", runs.median("server_us_per_resume", "herd"), 1)
    calm, herd = runs.each("calm_p99_us", "herd"), runs.each("herd_p99_us", "herd")
    ratios = [herd[round_] / calm[round_] for round_ in herd if calm.get(round_)]
    yield Figure("    the others' latency, 99th percentile, µs", runs.median("herd_p99_us", "herd"))
    yield Figure("    against the calm one", median(ratios) if ratios else None, 2, Goal("at most 2", 2))
    load, server = runs.each("load_us_per_delivery", "many"), runs.each(cpu, "many")
    ratios = [load[round_] / server[round_] for round_ in load if server.get(round_)]
    yield Figure(f"{WORDS['many']}: the load's CPU against the server's", median(ratios) if ratios else None, 2,
                 Goal("at most 0.33", 1 / 3))


def notes(runs):
    """What a reader has to know about single figures."""
    lines = []
    for scenario in SCENARIOS:
        idlers = []
        for server in runs.servers():
            where = f"{scenario.words}, {TITLES[server]}"
            failures = [run["failure"] for run in runs.of(scenario.name, server) if "failure" in run]
            if failures:
                lines.append(f"{where}: {len(failures)} times not measured: {failures[0]}.")
            if faults := runs.faults(scenario.name, server):
                words = ", ".join(f"{count:,} {fault.replace('_', ' ')}" for fault, count in faults.items())
                lines.append(f"{where}: not every message once, in order, to everyone; in all rounds {words}.")
            busy = runs.median("server_cpu_percent", scenario.name, server)
            if busy is not None and busy < BUSY_PERCENT and scenario.is_closed_loop():
                idlers.append(f"{TITLES[server]} {busy:.0f} %")
        if idlers:
            lines.append(f"{scenario.words}: not always busy, so their deliveries a second say little: "
                         f"{', '.join(idlers)} of their core.")
    lines += [f"{TITLES[server]} is left out: {why}." for server, why in runs.about["missing"].items()]
    return "\n".join(f"- {line}" for line in lines)


def about(runs):
    rounds = len({run["round"] for run in runs.runs})
    versions = "; ".join(runs.about["versions"].values())
    medians = f"Medians of {rounds} rounds" if rounds > 1 else "One round"
    return f"{medians}, {runs.about['date']}. {versions}. {runs.about['machine']}."


def number(value, digits):
    return "" if value is None else f"{value:,.{digits}f}"


def markdown(lines):
    """A table in Markdown, padded so that it can be read as it is; words to the left, numbers to the right."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    last = len(widths) - 2  # The goal and what came of it are words.
    rule = ["-" * width if column == 0 or column >= last else "-" * (width - 1) + ":" for column, width in enumerate(widths)]

    def row(cells):
        padded = (
            cell.ljust(width) if column == 0 or column >= last else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(cells, widths))
        )
        return f"| {' | '.join(padded)} |"

    return "\n".join([row(lines[0]), f"| {' | '.join(rule)} |", *map(row, lines[1:])])
