"""What every answer carries that no middleware of Django's or ours has been through."""

from django.conf import settings

CSP = "; ".join(
    " ".join([name, *values])
    for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)
SAFE_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", settings.X_FRAME_OPTIONS),
    ("Content-Security-Policy", CSP),
)
