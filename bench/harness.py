"""What every measurement here needs: folders, cores, a server while it is measured, and the load generator."""

import json
import os
import platform
import random
import resource
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
# What is installed, built and written down for measurements; never committed.
BENCH = TARGET / "bench"

START_SECONDS = 10
STOP_SECONDS = 10
# The load generator made the run and found faults, which the table shows.
EXIT_FAULTS = 3


class Failure(Exception):
    """Why something could not be done, in a sentence for the user."""


def say(words):
    """Progress, for whoever waits."""
    print(words, file=sys.stderr, flush=True)


def output(*command, **options):
    """What a command printed. Raises Failure when it is not there, or with the end of its complaint."""
    try:
        done = subprocess.run(command, text=True, capture_output=True, check=False, **options)
    except FileNotFoundError:
        raise Failure(f"{command[0]} is needed and not there") from None
    if done.returncode != 0:
        complaint = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise Failure(f"{Path(command[0]).name} failed: {' '.join(complaint)}")
    return done.stdout.strip()


def prepare():
    """Checks for two cores, makes the folder, and lets processes open as many files as the system allows."""
    if len(os.sched_getaffinity(0)) < 2:
        raise Failure("two cores are needed, one for the server and one for the load")
    BENCH.mkdir(parents=True, exist_ok=True)
    # Cargo is run in other folders than the one that a relative path was meant for.
    if "CARGO_TARGET_DIR" in os.environ:
        os.environ["CARGO_TARGET_DIR"] = str(TARGET)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def cores():
    """Two cores of this machine: the server's and the load's, as sets for `on`."""
    first, second = sorted(os.sched_getaffinity(0))[:2]
    return {first}, {second}


def on(some):
    """For `preexec_fn`: the process has these cores only."""
    return lambda: os.sched_setaffinity(0, some)


def free_port():
    """A port that nobody listens on, below those that the system gives to clients; seldom the same one twice, since
    connections to the last one may linger."""
    while accepts(port := random.randrange(20000, 30000)):
        pass
    return port


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def serving(name, command, port, some_cores, environment=None):
    """A server on these cores, from when its port accepts; yields its process id."""
    log = BENCH / f"{name}.log"
    with open(log, "wb") as complaints:
        surroundings = {**os.environ, **(environment or {})}
        try:
            server = subprocess.Popen(command, stdout=complaints, stderr=complaints, env=surroundings,
                                      preexec_fn=on(some_cores))
        except OSError as error:
            raise Failure(f"{name} cannot be started: {error}") from None
    try:
        deadline = time.monotonic() + START_SECONDS
        while not accepts(port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise Failure(f"{name} does not accept connections; see {os.path.relpath(log)}")
            time.sleep(0.05)
        yield server.pid
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def load(arguments, some_cores):
    """The figures of one run of the load generator on these cores."""
    command = [TARGET / "release/chinwag-load", *arguments, "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, preexec_fn=on(some_cores))
    if done.returncode not in (0, EXIT_FAULTS):
        raise Failure(f"the load generator gave up: chinwag-load {' '.join(arguments)}")
    return json.loads(done.stdout)


def machine():
    """What this is measured on, in one line."""
    cpu = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
                if line.startswith("model name")), platform.machine())
    kernel = ".".join(platform.release().split(".")[:2])
    return f"{len(os.sched_getaffinity(0))} cores of {cpu}, Linux {kernel}"
