"""The house itself as an app, so that `manage.py` finds its commands; and what is not served."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class HouseConfig(AppConfig):
    name = "config"
    default = True

    def ready(self) -> None:
        from config import checks  # noqa: F401  (registers itself)


class ServedFilesConfig(StaticFilesConfig):
    # htmx's extensions name modules in comments that the manifest would look for in vain;
    # the API speaks JSON alone and shows none of its framework's pages.
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "django_htmx/ext/*",
        # Already inside the bundles, to whose folder its addresses are relative.
        "*/fonts/faces.css",
        "rest_framework/*",
    ]
