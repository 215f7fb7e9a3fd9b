"""Prints a table of medians from the lines of JSON that bench/compare wrote."""

import json
import sys
from statistics import median

SCENARIOS = {
    "few": "100 clients, 16 in flight",
    "many": "1,000 clients, 10 in flight",
    "flood": "1,000 clients, 200 in flight",
    "idle": "idle clients",
    "slow": "100 clients, 16 in flight, and a dead reader",
}

# Key in the JSON, words in the table, digits after the point, whether a ratio of two servers says something.
FIGURES = [
    ("deliveries_per_second", "deliveries a second", 0, True),
    ("server_us_per_delivery", "server CPU for each delivery, us", 3, True),
    ("messages_per_frame", "messages a frame", 1, False),
    ("round_trip_p50_us", "round trip, median, us", 0, True),
    ("round_trip_p99_us", "round trip, 99th percentile, us", 0, True),
    ("server_rss_bytes", "server memory, bytes", 0, True),
    ("cut", "clients cut off", 0, False),
    ("bytes_per_client", "bytes a client", 0, True),
    ("connect_us", "server CPU to connect one, us", 1, True),
    ("slow_cut", "dead readers cut off", 0, False),
    ("slow_cut_seconds", "  while the others talked: after, s", 1, False),
    ("server_rss_growth_peak_bytes", "memory grew at its peak by, bytes", 0, False),
    ("server_cpu_percent", "server CPU, % of its core", 0, False),
    ("load_cpu_percent", "load CPU, % of its core", 0, False),
    ("load_us_per_delivery", "load CPU for each delivery, us", 3, False),
]
# A closed loop keeps a server busy. One that is not was kept waiting, and its deliveries a second say little.
BUSY_PERCENT = 85
FAULTS = ["missing", "doubled", "late", "foreign", "other_order", "violations"]

ROW = "{:<38} {:>14} {:>14} {:>9}"


def middle(runs, key):
    """The median of a figure over the runs that have it."""
    values = [run[key] for run in runs if run.get(key) is not None]
    return median(values) if values else None


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        runs = [json.loads(line) for line in lines]
    servers = sorted({run["server"] for run in runs}, reverse=True)  # gorilla, then chinwag
    print(f"Medians of {max(run['round'] for run in runs)} rounds, 64-byte messages; one core for the server, one for the load.")
    for name, title in SCENARIOS.items():
        here = {server: [run for run in runs if (run["server"], run["name"]) == (server, name)] for server in servers}
        if not any(here.values()):
            continue
        heads = servers + [""] * (2 - len(servers))
        print("\n" + ROW.format(title, *heads, "ratio" if len(servers) == 2 else "").rstrip())
        for key, words, digits, has_ratio in FIGURES:
            medians = [middle(here[server], key) for server in servers]
            if all(value is None for value in medians):
                continue
            cells = ["-" if value is None else f"{value:,.{digits}f}" for value in medians] + [""] * (2 - len(servers))
            ratio = ""
            if has_ratio and len(medians) == 2 and all(medians):
                ratio = f"{medians[1] / medians[0]:.2f}"
            print(ROW.format("  " + words, *cells, ratio).rstrip())
        for server in servers:
            share = middle(here[server], "server_cpu_percent")
            if share is not None and share < BUSY_PERCENT:
                print(f"  DOUBTFUL: {server} had only {share:.0f} % of its core; the load was too slow, or something else ran")
            faults = {key: sum(run.get(key, 0) for run in here[server]) for key in FAULTS}
            if any(faults.values()):
                words = ", ".join(f"{count} {key}" for key, count in faults.items() if count)
                print(f"  NOT EVERY MESSAGE ONCE AND IN ORDER at {server}, all rounds: {words}")


if __name__ == "__main__":
    main()
