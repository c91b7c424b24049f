"""The web server's entrance. Assumes production, so that a forgotten setting stops the start instead of weakening it."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("TORGET_MODE", "production")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# What has been loaded by now stays for the process's life: looking through it again and again for garbage costs a
# scan at the door a fifth of its time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
