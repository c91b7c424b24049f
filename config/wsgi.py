"""The web server's entrance. Assumes production, so that a forgotten setting stops the start instead of weakening it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("TORGET_MODE", "production")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
