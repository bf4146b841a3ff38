"""Where pictures are stored: a folder of this machine, or a bucket of an S3-compatible store."""

from django.core.exceptions import ImproperlyConfigured


def media_storage(env) -> dict:
    """Return the entry of STORAGES for pictures, from MEDIA_STORAGE and the S3_* settings."""
    kind = env.str("MEDIA_STORAGE", "files")
    if kind == "files":
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if kind != "s3":
        raise ImproperlyConfigured(f"MEDIA_STORAGE is files or s3, and not {kind}.")
    if not env.str("S3_BUCKET", ""):
        raise ImproperlyConfigured("MEDIA_STORAGE is s3: set S3_BUCKET to the bucket's name.")
    return {"BACKEND": "config.s3_storage.PrivateS3Storage", "OPTIONS": _bucket(env)}


def _bucket(env):
    keys = env.str("S3_ACCESS_KEY", ""), env.str("S3_SECRET_KEY", "")
    if any(keys) and not all(keys):
        raise ImproperlyConfigured("Set S3_ACCESS_KEY and S3_SECRET_KEY, or neither of them.")
    endpoint = env.str("S3_ENDPOINT_URL", "")
    return {
        "bucket_name": env.str("S3_BUCKET"),
        "location": env.str("S3_PREFIX", ""),
        "endpoint_url": endpoint or None,  # none: Amazon's
        "region_name": env.str("S3_REGION", "") or None,
        "addressing_style": env.str("S3_ADDRESSING_STYLE", "path" if endpoint else "auto"),
        # None: boto3 looks for them itself (AWS_ACCESS_KEY_ID, a profile, the machine's role).
        "access_key": keys[0] or None,
        "secret_key": keys[1] or None,
    }
