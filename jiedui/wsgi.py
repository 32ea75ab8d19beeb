"""The application as servers load it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiedui.settings")

application = get_wsgi_application()

# What the house is made of is never garbage, and a board makes thousands of small tuples that die by themselves:
# without this the collector takes a tenth of a board's time to find nothing.
gc.freeze()
gc.set_threshold(20_000, 20, 50)
