"""Logos: what was uploaded is opened, judged and written anew, so that nothing but a picture is ever stored."""

import io
import uuid
import warnings

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from events.errors import Refusal

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


class NotALogo(Refusal):
    code = "not_a_logo"
    message = _("That file is not a picture that we can read. PNG, JPEG, WebP and GIF will do.")


class LogoTooLarge(Refusal):
    code = "logo_too_large"
    message = _("The picture is too large: at most 5 MB and 40 million pixels.")


def rewrite_logo(upload: File) -> ContentFile:
    """``upload`` as a WebP of at most LOGO_SIDE_PX a side, upright, without metadata, under a name of our own.

    Raises LogoTooLarge (bytes, or pixels: a small file may unpack to a huge picture) or NotALogo.
    """
    if upload.size > settings.LOGO_MAX_BYTES:
        raise LogoTooLarge
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(upload, formats=FORMATS)
            if picture.width * picture.height > settings.LOGO_MAX_PIXELS:
                raise LogoTooLarge
            picture = ImageOps.exif_transpose(picture)
            has_alpha = picture.has_transparency_data
            picture = picture.convert("RGBA" if has_alpha else "RGB")
            picture.thumbnail((settings.LOGO_SIDE_PX, settings.LOGO_SIDE_PX))
    except Image.DecompressionBombError as bomb:
        raise LogoTooLarge from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as broken:
        raise NotALogo from broken
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=88)
    return ContentFile(out.getvalue(), name=f"{uuid.uuid4().hex}.webp")
