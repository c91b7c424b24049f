"""A PostgreSQL server of a test's own, so that it can be crashed and started again while others use theirs."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.door.server import free_port


def binaries() -> Path | None:
    """Where ``initdb`` and ``pg_ctl`` lie: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


class Cluster:
    """A server that keeps what it has confirmed, whatever happens to it: ``fsync`` stays on."""

    def __init__(self, folder: Path, port: int):
        self.folder, self.port = folder, port
        place = binaries()
        assert place, "there is no PostgreSQL server to start"
        self.place = place
        # PostgreSQL refuses to run as root; Debian's package brings a user for it.
        self.owner = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")

    @property
    def url(self) -> str:
        return f"postgres://torget@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "torget", "-A", "trust", "-E", "UTF8", "--locale=C")

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=60"
        self._run(
            "pg_ctl", "start", "-w", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-o", options
        )

    def crash(self) -> None:
        """As when the plug is pulled: nobody is waited for, nothing is tidied up."""
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", str(self.folder / "data"))

    def _run(self, program: str, *words: str) -> None:
        command = [str(self.place / program), *words]
        if os.geteuid() == 0:
            command = ["runuser", "-u", self.owner, "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")


@contextmanager
def own_cluster() -> Iterator[Cluster]:
    """A fresh server, started; stopped and thrown away when the block is left."""
    with tempfile.TemporaryDirectory(prefix="torget-pg-") as folder:
        cluster = Cluster(Path(folder), free_port())
        cluster.make()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.crash()
