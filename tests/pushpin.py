"""A real Pushpin, Debian's, in front of a server."""

import subprocess
import time
from pathlib import Path

import httpx

from . import tools
from .server import free_port, wait_until_it_answers

SETTINGS = """\
[global]
include={folder}/internal.conf
rundir={folder}/run
ipc_prefix=pushpin-
port_offset=0
[runner]
services=condure,pushpin-proxy,pushpin-handler
http_port=127.0.0.1:{port}
logdir={folder}/log
condure_bin=condure
client_buffer_size=8192
client_maxconn=1000
[proxy]
routesfile={folder}/routes
sig_iss=pushpin
sig_key={key}
[handler]
push_in_spec=ipc://{folder}/run/push
push_in_sub_specs=ipc://{folder}/run/sub
push_in_http_addr=127.0.0.1
push_in_http_port={control_port}
command_spec=ipc://{folder}/run/command
"""
INTERNAL = Path("/usr/lib/pushpin/internal.conf")
# Pushpin asks the origin by a program of its own.
ZURL = """\
[General]
in_spec=ipc://{folder}/run/zurl-in
in_stream_spec=ipc://{folder}/run/zurl-in-stream
out_spec=ipc://{folder}/run/zurl-out
in_req_spec=ipc://{folder}/run/zurl-req
ipc_file_mode=660
defpolicy=allow
max_open_requests=2000
buffer_size=200000
timeout=600
"""


class Pushpin:
    """Holds streams for an origin; started where a site of the same `key` is to be found."""

    def __init__(self, folder: Path, key: str):
        self.folder, self.key = folder, key
        self.port, self.control_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.control_url = f"http://127.0.0.1:{self.control_port}"
        self.processes: list[subprocess.Popen] = []

    def start(self, origin_port: int, stream: str) -> None:
        """Begin to pass requests to a server, and to take publications.

        Returns when `stream`, a path, is held for whoever asks.
        """
        (self.folder / "run").mkdir(parents=True)
        (self.folder / "log").mkdir()
        (self.folder / "routes").write_text(f"* 127.0.0.1:{origin_port}\n")
        values = {name: getattr(self, name) for name in ("folder", "port", "control_port", "key")}
        (self.folder / "pushpin.conf").write_text(SETTINGS.format(**values))
        internal = INTERNAL.read_text().replace("/var/run/zurl/", f"{self.folder}/run/")
        (self.folder / "internal.conf").write_text(internal)
        (self.folder / "zurl.conf").write_text(ZURL.format(**values))
        self._run("zurl", f"--config={self.folder}/zurl.conf")
        self._run(tools.find_pushpin(), "-m", "--config", str(self.folder / "pushpin.conf"))
        wait_until_it_answers(self.control_url, self.processes[-1])
        self._wait_until_it_holds(self.url + stream)

    def _wait_until_it_holds(self, url):
        # Its parts find each other after they have started: until then a request fails or hangs.
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                with httpx.stream("GET", url, timeout=1) as answer:
                    if answer.status_code == 200 and next(answer.iter_raw(), b""):
                        return
            except httpx.HTTPError:
                continue
            time.sleep(0.05)
        raise AssertionError(f"{url} is not held.")

    def wait_for_publication(self, count: int = 1) -> None:
        """Wait until so much was sent to it for its readers."""
        deadline = time.monotonic() + 20
        while (self.folder / "output").read_text().count("publish channel=") < count:
            assert time.monotonic() < deadline, "nothing was sent"
            time.sleep(0.05)

    def _run(self, *command):
        with (self.folder / "output").open("a") as output:
            self.processes.append(subprocess.Popen(command, stdout=output, stderr=output))

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(10)
