"""Pictures in a private bucket: readers and editors get them through Liveblog alone."""

from contextlib import contextmanager
from urllib.parse import urljoin

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name


class PrivateS3Storage(S3Storage):
    """A bucket whose objects have Liveblog's own addresses, so that a takedown includes them.

    Where the store does not answer, its methods raise OSError as a broken disk would.
    """

    def __init__(self, *, addressing_style="auto", **options):
        config = Config(
            s3={"addressing_style": addressing_style},
            connect_timeout=3,
            read_timeout=10,
            retries={"total_max_attempts": 2, "mode": "standard"},
            # Stores other than Amazon's often lack the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        # No ACL: objects are private, and buckets with ACLs disabled refuse any other than that.
        super().__init__(client_config=config, default_acl=None, file_overwrite=False, **options)

    def url(self, name, *args, **kwargs):
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))

    def exists(self, name):
        with _as_os_errors(name):
            return super().exists(name)

    def size(self, name):
        with _as_os_errors(name):
            return super().size(name)

    def get_modified_time(self, name):
        with _as_os_errors(name):
            return super().get_modified_time(name)

    def listdir(self, name):
        with _as_os_errors(name):
            return super().listdir(name)

    def delete(self, name):
        with _as_os_errors(name):
            super().delete(name)

    def _open(self, name, mode="rb"):
        """Read the object whole: an interrupted transfer is an error here, not half a picture."""
        with _as_os_errors(name):
            key = self._normalize_name(clean_name(name))
            return ContentFile(self.bucket.Object(key).get()["Body"].read(), name)

    def _save(self, name, content):
        with _as_os_errors(name):
            return super()._save(name, content)


@contextmanager
def _as_os_errors(name):
    try:
        yield
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404 and not _lacks_bucket(error):
            raise FileNotFoundError(name) from error
        raise OSError(f"{name}: {error}") from error
    except BotoCoreError as error:
        raise OSError(f"{name}: {error}") from error


def _lacks_bucket(error):
    return error.response["Error"].get("Code") == "NoSuchBucket"
