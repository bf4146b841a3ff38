"""An S3-compatible store for tests: moto's server, in a process of its own."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import boto3

from .server import free_port, wait_until_it_answers

KEYS = {"S3_ACCESS_KEY": "test-key", "S3_SECRET_KEY": "test-secret"}
BUCKET, REGION, PREFIX = "newsroom", "eu-west-1", "pictures-of-ours"


class ObjectStore:
    """A server with one empty bucket."""

    def __init__(self, folder: Path):
        self.url = f"http://127.0.0.1:{free_port()}"
        self._log = (folder / "object-store.log").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", self.url.split(":")[2]],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )
        wait_until_it_answers(self.url, self._process)
        keys = {"aws_access_key_id": "test-key", "aws_secret_access_key": "test-secret"}
        self.client = boto3.client("s3", endpoint_url=self.url, region_name=REGION, **keys)
        self.client.create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION}
        )

    @property
    def settings(self) -> dict[str, str]:
        """The environment of a server that stores its pictures here."""
        here = {"MEDIA_STORAGE": "s3", "S3_ENDPOINT_URL": self.url, "S3_REGION": REGION}
        return here | {"S3_BUCKET": BUCKET, "S3_PREFIX": PREFIX} | KEYS

    def names(self) -> list[str]:
        """The names of all objects."""
        listed = self.client.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        return [each["Key"] for each in listed]

    def empty(self) -> None:
        for name in self.names():
            self.client.delete_object(Bucket=BUCKET, Key=name)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._log.close()


@contextmanager
def running(folder: Path):
    store = ObjectStore(folder)
    try:
        yield store
    finally:
        store.stop()
