"""A real nginx with the shipped configuration, for a test or a measurement."""

import os
import socket
import subprocess
import time
from pathlib import Path

from .server import ROOT, free_port
from .tools import find_nginx

MAIN = """\
daemon off;
pid {folder}/pid;
error_log {folder}/error.log warn;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {conf};
}}
"""


class Nginx:
    """`deploy/nginx.conf` as it is, in front of an origin; a context manager.

    All clients of a test have one address, which is limited only where `has_limits`.
    """

    def __init__(
        self, folder: Path, origin_port: int, *, static: str = "", has_limits: bool = False
    ):
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        own_files = folder / "liveblog"
        own_files.mkdir(parents=True)
        folder.chmod(0o755)
        conf = ROOT / "deploy" / "nginx.conf"
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, conf=conf))
        (own_files / "upstream.conf").write_text(f"server 127.0.0.1:{origin_port} max_fails=0;\n")
        (own_files / "listen.conf").write_text(f"listen 127.0.0.1:{self.port} backlog=4096;\n")
        shipped = (ROOT / "deploy" / "liveblog" / "paths.conf").read_text()
        for of_ours, of_here in {
            "/var/lib/nginx/liveblog": f"{folder}/cache",
            "/srv/liveblog/staticfiles/": static or f"{folder}/static/",
        }.items():
            shipped = shipped.replace(of_ours, of_here)
        (own_files / "paths.conf").write_text(shipped)
        (own_files / "log.conf").write_text("access_log off;\n")
        limits = (ROOT / "deploy" / "liveblog" / "limits.conf").read_text()
        if has_limits:  # a test names the address that it asks from
            limits += "set_real_ip_from 127.0.0.1;\nreal_ip_header X-Forwarded-For;\n"
        else:  # an empty key is not counted
            limits = limits.replace("$liveblog_asker", '""')
        (own_files / "limits.conf").write_text(limits)
        user = ["-g", "user root;"] if os.geteuid() == 0 else []  # the folder is closed to others
        program = find_nginx() or "nginx"
        self.command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), *user]

    def check(self) -> str:
        """Let nginx read the configuration; what it says."""
        result = subprocess.run([*self.command, "-t"], capture_output=True, text=True)
        return result.stderr

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.02)
        raise AssertionError(self.check())

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)
