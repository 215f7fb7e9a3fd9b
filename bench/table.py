"""The table of bench/compare: medians of all rounds in Markdown, with the goals and whether they hold."""

import json
from dataclasses import dataclass
from statistics import median

from peers import SERVERS
from scenarios import SCENARIOS

OURS = SERVERS[0].name
FLOORS = {server.name for server in SERVERS if server.is_floor}
TITLES = {server.name: server.title for server in SERVERS}
WORDS = {scenario.name: scenario.words for scenario in SCENARIOS}
# A closed loop keeps a server busy. One that is not was kept waiting, and its rate says little.
BUSY_PERCENT = 85
# Chinwag sends each frame by itself. Where fewer packets left, some frames waited in its sockets, which costs less.
PACKETS_A_FRAME = 0.95
# What the load generator counts as wrong. A peer that loses messages or cuts clients must not look fast.
FAULTS = ["missing", "doubled", "late", "foreign", "other_order", "violations", "out_of_order", "refused", "cut"]


@dataclass(frozen=True)
class Goal:
    """What a figure of Chinwag's should be: at most `limit`, or at least. With `than`, so many times another figure:
    the best peer's (`BEST`), or that of a scenario, a server and a key."""

    words: str
    limit: float
    than: tuple[str, str, str] | str | None = None
    at_least: bool = False

    def verdict(self, value):
        holds = value >= self.limit if self.at_least else value <= self.limit
        return "holds" if holds else "**misses**"


BEST = "best"
AHEAD = Goal("at most the best peer's", 1, BEST)


@dataclass(frozen=True)
class Row:
    """One figure of one scenario, for every server."""

    scenario: str
    key: str
    words: str
    digits: int = 0
    goal: Goal | None = None


CPU = ("server_us_per_delivery", "server CPU a delivery, µs", 3)
LOAD = ("load_us_per_delivery", "load generator's CPU a delivery, µs", 3)
DELIVERIES = ("deliveries_per_second", "deliveries a second")
FRAME = ("bytes_per_frame", "bytes a frame", 0)
MEMORY = ("bytes_per_client", "server memory a client, bytes", 0)
CONNECTIONS = ("connections_per_second", "connections a second", 0)
CONNECTION = ("server_us_per_connection", "server CPU for each, µs", 1)
GORILLAS_RATE = Goal("at least gorilla's", 1, ("churn", "gorilla", CONNECTIONS[0]), at_least=True)
HALF_OF_GORILLAS = Goal("at most half of gorilla's", 0.5, ("churn", "gorilla", CONNECTION[0]))


def plain(scenario):
    return Goal("at most 1.25 times plain lines", 1.25, (scenario, OURS, CPU[0]))


def floor(scenario, key=CPU[0]):
    return Goal("at most 1.05 times the floor", 1.05, (scenario, "floor", key))


def a_third(scenario):
    return Goal("at most a third of the server's", 1 / 3, (scenario, OURS, CPU[0]))


def one_core(scenario):
    return Goal("at least 1.6 times one core", 1.6, (scenario, OURS, DELIVERIES[0]), at_least=True)


ROWS = [
    Row("few", *CPU, AHEAD),
    Row("few", CPU[0], "  against the floor", 3, floor("few")),
    Row("few", *LOAD, a_third("few")),
    Row("few", *DELIVERIES),
    Row("few-long", *CPU),
    Row("few-v1", *CPU, plain("few")),
    Row("few-v1", CPU[0], "  against plain lines of 220 bytes, as long as its own", 3,
        Goal("at most 1.25 times those", 1.25, ("few-long", OURS, CPU[0]))),
    Row("few-v1", *FRAME),
    Row("few-deflate", *CPU, plain("few")),
    Row("few-deflate", *FRAME),
    Row("many", *CPU, AHEAD),
    Row("many", CPU[0], "  against the floor", 3, floor("many")),
    Row("many", *LOAD, a_third("many")),
    Row("many", *DELIVERIES),
    Row("many-v1", *CPU, plain("many")),
    Row("flood", *CPU, Goal("at most a quarter of the best peer's", 0.25, BEST)),
    Row("flood", *DELIVERIES),
    Row("flood", "cut", "clients cut off", goal=Goal("none", 0)),
    Row("rate", *CPU, AHEAD),
    Row("rate", CPU[0], "  against the floor", 3, floor("rate")),
    Row("rate", "latency_p50_us", "latency, median, µs", goal=AHEAD),
    Row("rate", "latency_p99_us", "latency, 99th percentile, µs", goal=AHEAD),
    Row("room-1", DELIVERIES[0], "deliveries a second, one core"),
    Row("room-2", DELIVERIES[0], "deliveries a second, two cores", goal=one_core("room-1")),
    Row("rooms-1", DELIVERIES[0], "deliveries a second, one core"),
    Row("rooms-2", DELIVERIES[0], "deliveries a second, two cores", goal=one_core("rooms-1")),
    Row("idle", *MEMORY, Goal("at most 700", 700)),
    Row("idle-v1", *MEMORY, Goal("at most 1,000", 1000)),
    Row("churn", *CONNECTIONS, GORILLAS_RATE),
    Row("churn", *CONNECTION, HALF_OF_GORILLAS),
    Row("churn-v1", *CONNECTIONS, GORILLAS_RATE),
    Row("churn-v1", *CONNECTION, HALF_OF_GORILLAS),
    Row("herd", "caught_up", "clients caught up", goal=Goal("all 10,000", 10_000, at_least=True)),
    Row("herd", "seconds_until_all_caught_up", "until the last has, s", 2),
    Row("herd", "server_us_per_resume", "server CPU for each, µs", 1),
    Row("herd", "calm_p99_us", "latency of others before, 99th percentile, µs"),
    Row("herd", "herd_p99_us", "latency of others meanwhile, the same, µs",
        goal=Goal("at most twice the calm one", 2, ("herd", OURS, "calm_p99_us"))),
    Row("slow", *DELIVERIES),
    Row("slow", "slow_cut_seconds", "the dead reader was cut off after, s", 1),
    Row("slow", "server_rss_growth_peak_bytes", "server memory grew by, bytes"),
]


class Runs:
    """All runs of some files. A round is told from those of other files."""

    def __init__(self, files):
        self.runs = []
        for number, file in enumerate(files):
            with open(file, encoding="utf-8") as lines:
                self.about, *runs = map(json.loads, lines)
            self.runs += [{**run, "round": (number, run["round"], run.get("time", 0))} for run in runs]

    def of(self, scenario, server=OURS):
        return [run for run in self.runs if (run["scenario"], run["server"]) == (scenario, server)]

    def each(self, key, scenario, server=OURS):
        """A figure in each round that has it."""
        found = ((run["round"], run.get("figures", {}).get(key)) for run in self.of(scenario, server))
        return {round_: value for round_, value in found if value is not None}

    def median(self, key, scenario, server=OURS):
        values = self.each(key, scenario, server).values()
        return median(values) if values else None

    def ratio(self, row, than):
        """How Chinwag's figure stands to another: the median of each round's own ratio, since the machine may be
        another in the next round."""
        scenario, server, key = than
        ours, theirs = self.each(row.key, row.scenario), self.each(key, scenario, server)
        ratios = [ours[round_] / theirs[round_] for round_ in ours if theirs.get(round_)]
        return median(ratios) if ratios else None

    def best(self, row):
        """The peer with the lowest figure, of those that did nothing wrong."""
        medians = {
            server: self.median(row.key, row.scenario, server)
            for server in self.servers()
            if server != OURS and server not in FLOORS and not self.faults(row.scenario, server)
        }
        medians = {server: value for server, value in medians.items() if value is not None}
        return min(medians, key=medians.get, default=None)

    def faults(self, scenario, server):
        """What went wrong there, over all rounds."""
        counts = {fault: sum(self.each(fault, scenario, server).values()) for fault in FAULTS}
        return {fault: count for fault, count in counts.items() if count}

    def servers(self):
        measured = {run["server"] for run in self.runs}
        return [server.name for server in SERVERS if server.name in measured]


def table(files):
    """The whole of it: the table, what is to be known about single figures, and what was measured where."""
    runs = Runs(files)
    return "\n\n".join(filter(None, (compared(runs), notes(runs), about(runs))))


def compared(runs):
    """Everyone's figures, a column for each server."""
    servers = runs.servers()
    lines = [["", *(TITLES[server] for server in servers), "goal", ""]]
    heading = None
    for row in ROWS:
        medians = [runs.median(row.key, row.scenario, server) for server in servers]
        if all(value is None for value in medians):
            continue
        if heading != WORDS[row.scenario]:
            heading = WORDS[row.scenario]
            lines.append([f"**{heading}**", *[""] * (len(servers) + 2)])
        cells = ["" if value is None else f"{value:,.{row.digits}f}" for value in medians]
        lines.append([row.words, *cells, row.goal.words if row.goal else "", judged(runs, row)])
    return markdown(lines)


def judged(runs, row):
    """What came of a row's goal."""
    goal = row.goal
    if goal is None:
        return ""
    if goal.than is None:
        value = runs.median(row.key, row.scenario)
        return "" if value is None else goal.verdict(value)
    than = (row.scenario, runs.best(row), row.key) if goal.than == BEST else goal.than
    value = runs.ratio(row, than)
    if value is None:
        return ""
    whose = "" if than[1] == OURS else f" of {TITLES[than[1]]}"
    return f"{value:.2f}{whose}: {goal.verdict(value)}"


def notes(runs):
    """What a reader has to know about single figures."""
    lines = []
    for scenario in SCENARIOS:
        idlers, loads = [], []
        for server in runs.servers():
            where = f"{scenario.words}, {TITLES[server]}"
            failures = [run["failure"] for run in runs.of(scenario.name, server) if "failure" in run]
            if failures:
                lines.append(f"{where}: {len(failures)} times not measured: {failures[0]}.")
            if faults := runs.faults(scenario.name, server):
                words = ", ".join(f"{count:,} {fault.replace('_', ' ')}" for fault, count in faults.items())
                lines.append(f"{where}: not every message once, in order, to everyone; in all rounds {words}.")
            packets = runs.median("packets_per_frame", scenario.name, server)
            if server == OURS and packets is not None and packets < PACKETS_A_FRAME:
                lines.append(f"{where}: {packets:.2f} packets a frame, so some of these waited unsent.")
            busy = runs.median("server_cpu_percent", scenario.name, server)
            if busy is not None and busy < BUSY_PERCENT and scenario.is_closed_loop():
                idlers.append(f"{TITLES[server]} {busy:.0f} %")
                loads.append(runs.median("load_cpu_percent", scenario.name, server) or 0)
        if idlers:
            lines.append(f"{scenario.words}: not always busy, so their rates say little: {', '.join(idlers)} of their "
                         f"core; the load generator {max(loads):.0f} % of its own.")
    lines += [f"{TITLES[server]} is left out: {why}." for server, why in runs.about["missing"].items()]
    return "\n".join(f"- {line}" for line in lines)


def about(runs):
    rounds = max(len({run["round"][:2] for run in runs.of(scenario.name)}) for scenario in SCENARIOS)
    versions = "; ".join(runs.about["versions"].values())
    medians = f"Medians of {rounds} rounds" if rounds > 1 else "One round"
    return f"{medians}, {runs.about['date']}. {versions}. {runs.about['machine']}."


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
