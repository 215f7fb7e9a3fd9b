"""What bench/compare measures: the load of each scenario, on whom it is put, and on which cores."""

from dataclasses import dataclass

WINDOW = "--seconds {seconds} --warmup 1"
TALK = f"--size 64 {WINDOW}"
# Read every 20 ms, they acknowledge so seldom that four of ten frames wait unsent in the server's sockets.
FEW = "--clients 100 --in-flight 16 --patience 5"
# Long enough for the peer that gives a dead reader up last: 17 s.
DEAD_READER = "--size 64 --seconds 20 --warmup 1"
# So often in each round is measured what says more about the machine's moment than about the server, in one run.
OFTEN = 3
# Two cores are all that there is, and the load needs some of them. So it is as light as it can be: few messages at
# a time, which cost the server most, to clients that read them only now and then.
ROOM = f"fanout --clients 2000 --in-flight 4 --patience 200 {TALK}"
ROOMS = f"fanout --clients 2000 --rooms 200 --in-flight 200 --patience 200 {TALK}"


@dataclass(frozen=True)
class Scenario:
    """One load, in the words of the load generator's command line."""

    name: str
    words: str
    arguments: str
    # Whether it is put on the peers too; else on Chinwag alone.
    peers: bool = False
    # Whether the server and the load may use both cores; else each has one for itself.
    shared_cores: bool = False
    # How often it is measured in each round.
    times: int = 1
    # Whether Chinwag has to keep the history for it.
    stored: bool = False

    def is_for(self, server):
        """Whether it is put on this server. The floor waits for a dead reader for ever."""
        return server.name == "chinwag" or (self.peers and not (server.is_floor and self.name == "slow"))

    def is_closed_loop(self):
        """Whether it is as fast as the server can on the core that it has for itself."""
        return self.arguments.startswith(("fanout", "churn")) and not self.shared_cores


SCENARIOS = [
    Scenario("few", "100 clients, 16 in flight", f"fanout {FEW} {TALK}", peers=True, times=OFTEN),
    Scenario("few-v1", "100 clients, 16 in flight, `chinwag.v1`", f"fanout {FEW} --protocol v1 {TALK}", times=OFTEN),
    Scenario("few-deflate", "100 clients, 16 in flight, `chinwag.v1`, deflated as for browsers",
             f"fanout {FEW} --protocol v1 --deflate {TALK}", times=OFTEN),
    # What the protocol costs beside its bytes: lines of plain text as long as its own.
    Scenario("few-long", "100 clients, 16 in flight, plain lines of 220 bytes",
             f"fanout {FEW} --size 220 {WINDOW}", times=OFTEN),
    Scenario("many", "1,000 clients, 10 in flight", f"fanout --clients 1000 --in-flight 10 --patience 100 {TALK}", peers=True, times=OFTEN),
    Scenario("many-v1", "1,000 clients, 10 in flight, `chinwag.v1`", f"fanout --protocol v1 --clients 1000 --in-flight 10 --patience 100 {TALK}"),
    Scenario("flood", "1,000 clients, 200 in flight", f"fanout --clients 1000 --in-flight 200 {TALK}", peers=True),
    Scenario("rate", "1,000 clients, 30 messages a second", f"rate --clients 1000 --rate 30 {TALK}", peers=True, times=OFTEN),
    Scenario("room-1", "2,000 clients in one room, 4 in flight", ROOM),
    Scenario("room-2", "2,000 clients in one room, 4 in flight", ROOM, shared_cores=True),
    Scenario("rooms-1", "200 rooms of 10 clients, 1 in flight in each", ROOMS),
    Scenario("rooms-2", "200 rooms of 10 clients, 1 in flight in each", ROOMS, shared_cores=True),
    Scenario("idle", "idle clients", "idle --clients 5000 --prime 50", peers=True),
    Scenario("idle-v1", "idle clients, `chinwag.v1`", "idle --protocol v1 --clients 5000 --prime 50"),
    Scenario("churn", "connect, join, close", "churn --at-once 50 --sources 8 --seconds {seconds}", peers=True, times=OFTEN),
    Scenario("churn-v1", "connect, hello, join, close, `chinwag.v1`",
             "churn --protocol v1 --at-once 50 --sources 8 --seconds {seconds}", times=OFTEN),
    Scenario("herd", "10,000 clients resume 100 missed entries at once",
             # Some 170 messages of the others meanwhile: of fewer, the 99th percentile is the machine's one worst moment.
             "herd --clients 10000 --missed 100 --others 100 --rate 100", stored=True, times=OFTEN),
    Scenario("slow", "100 clients, 16 in flight, and a dead reader",
             f"slow {FEW} --slow 1 {DEAD_READER}", peers=True),
]
