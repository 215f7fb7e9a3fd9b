"""Prints the figures that bench/store measured, each with its goal and whether it holds."""

import json
from statistics import median

ROW = "{:<58} {:>13} {:>13}  {}"
# What the load generator counts as wrong, whatever was measured.
FAULTS = [
    "missing", "doubled", "late", "foreign", "other_order", "violations", "unanswered", "wrong_receipts", "refused",
    "cut", "wrong", "empty",
]


def table(file):
    """Prints the figures that are in a file of lines of JSON."""
    with open(file, encoding="utf-8") as lines:
        runs = [json.loads(line) for line in lines]

    def values(name, key):
        return [run[key] for run in runs if run["name"] == name and run.get(key) is not None]

    def middle(name, key):
        found = values(name, key)
        return median(found) if found else None

    def show(words, value, goal=None, unit="", digits=1, at_least=False):
        if value is None:
            return
        holds = ""
        if goal is not None:
            holds = "holds" if (value >= goal if at_least else value <= goal) else "DOES NOT HOLD"
        wanted = "" if goal is None else f"{'>=' if at_least else '<='} {goal:,}{unit}"
        print(ROW.format(words, f"{value:,.{digits}f}{unit}", wanted, holds).rstrip())

    print(f"Medians of {max(run['round'] for run in runs)} rounds; one core for the server, one for the load.")
    print(ROW.format("", "measured", "goal", "").rstrip())

    synced, ephemeral = middle("synced", "deliveries_per_second"), middle("ephemeral", "deliveries_per_second")
    if synced and ephemeral:
        # Each round's own ratio: the machine may be another in the next.
        pairs = zip(values("synced", "deliveries_per_second"), values("ephemeral", "deliveries_per_second"))
        ratios = [100 * here / there for here, there in pairs]
        show("1,000 clients, 10 in flight, --ephemeral: deliveries a second", ephemeral, digits=0)
        show("  the same, synced", synced, digits=0)
        show("  synced, of the ephemeral", median(ratios), 60, " %", at_least=True)
        show("  server CPU a delivery, ephemeral", middle("ephemeral", "server_us_per_delivery"), unit=" us", digits=2)
        show("  server CPU a delivery, synced", middle("synced", "server_us_per_delivery"), unit=" us", digits=2)
        show("  server's share of its core, ephemeral", middle("ephemeral", "server_cpu_percent"), unit=" %", digits=0)
        show("  server's share of its core, synced", middle("synced", "server_cpu_percent"), unit=" %", digits=0)

    receipt, sync = middle("receipts", "receipt_p99_us"), middle("sync", "sync_p50_us")
    if receipt and sync:
        show("one fdatasync of 4 KiB in place, median", sync, unit=" us", digits=0)
        show("  99th percentile", middle("sync", "sync_p99_us"), unit=" us", digits=0)
        show("one fdatasync of 4 KiB at the end of a file, median", middle("sync", "append_p50_us"), unit=" us", digits=0)
        show("100 clients, 200 messages a second: receipt, median", middle("receipts", "receipt_p50_us"), unit=" us", digits=0)
        show("  99th percentile", receipt, unit=" us", digits=0)
        show("  longest", max(values("receipts", "receipt_max_us")), unit=" us", digits=0)
        show("  99th percentile, in median fdatasyncs in place", receipt / sync, 5, digits=2)
        show("  99th percentile, in 99th percentiles of the same", receipt / middle("sync", "sync_p99_us"), digits=2)
        show("  message heard, 99th percentile", middle("receipts", "latency_p99_us"), unit=" us", digits=0)
        show("  server's share of its core", middle("receipts", "server_cpu_percent"), unit=" %", digits=0)

    show("resume of 1,000 missed entries, server CPU", middle("resume", "server_ms_per_resume"), 50, " ms", 2)
    show("  until caught up, median", middle("resume", "resume_p50_ms"), unit=" ms", digits=2)
    for filled in (run for run in runs if run["name"] == "filled"):
        count = filled["messages"]
        print(f"In a store of {count:,} messages, {filled['text_bytes'] / count:.0f} bytes of text each:")
        show("  bytes on the disk for a message", filled["file_bytes"] / count)
        for table, size in list(filled["tables"].items())[:7]:
            show(f"    {table}", size / count)
    show("  page of history (100 messages), median", middle("pages", "page_p50_ms"), unit=" ms", digits=2)
    if values("pages", "page_p99_ms"):
        show("    99th percentile", middle("pages", "page_p99_ms"), 5, " ms", 2)
    show("  search, median", middle("search", "search_p50_ms"), unit=" ms", digits=2)
    if values("search", "search_p95_ms"):
        show("    95th percentile", middle("search", "search_p95_ms"), 50, " ms", 2)
        show("    longest", max(values("search", "search_max_ms")), unit=" ms", digits=2)
        each = {}
        for run in (run for run in runs if run["name"] == "search"):
            for query, millis in run["each"].items():
                each.setdefault(query, []).append(millis)
        for query, millis in sorted(each.items(), key=lambda item: -median(item[1]))[:5]:
            show(f"    slow: {query}", median(millis), unit=" ms", digits=2)
    show("idle chinwag.v1 client in a room", middle("idle_v1", "bytes_per_client"), 1500, " bytes", 0)
    show("  server CPU to connect one", middle("idle_v1", "connect_us"), unit=" us", digits=0)
    show("idle client of plain lines", middle("idle_plain", "bytes_per_client"), 1200, " bytes", 0)
    faults = {(run["name"], key): run[key] for run in runs for key in FAULTS if run.get(key)}
    for (name, key), count in faults.items():
        print(f"FAULT in {name}: {count} {key}")
