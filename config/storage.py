"""Static files under names with a hash of what is in them, scripts that import each other included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Statements alone, in the form that ours and our vendors' modules have: Django's own patterns read comments, too, and
# the types there, `import("./door.js").Shown`, go round in circles.
_FROM = (
    r"""(?m)(?:^|(?<=;))(?-i:(?P<matched>(?P<verb>import|export)(?P<names>[\s{*][^;"']*?)"""
    r"""\s*from\s*["'](?P<url>[./][^"']*)["']\s*;))"""
)
_ALONE = r"""(?m)(?:^|(?<=;))(?-i:(?P<matched>import\s*["'](?P<url>[./][^"']*)["']\s*;))"""
_AWAITED = r"""(?-i:(?P<matched>await import\(["'](?P<url>[./][^"']*)["']\)))"""


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """A page that was opened before an update goes on with the modules that it knows; the next one gets the new ones."""

    support_js_module_import_aggregation = True
    # One for each step from a page's script down to the last module that it needs, and some to spare.
    max_post_process_passes = 20
    _js_module_import_aggregation_patterns = (
        "*.js",
        (
            (_FROM, """%(verb)s%(names)s from "%(url)s";"""),
            (_ALONE, """import "%(url)s";"""),
            (_AWAITED, """await import("%(url)s")"""),
        ),
    )
