"""Static files under names with a hash of what is in them, scripts that import each other included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """A page that was opened before an update goes on with the modules that it knows; the next one gets the new ones."""

    support_js_module_import_aggregation = True
