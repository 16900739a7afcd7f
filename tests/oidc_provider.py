"""Another system that vouches for people: allauth's own OpenID Connect provider, as a process.

    python tests/oidc_provider.py PORT FOLDER REDIRECT_URI

`/as/<name>/` signs a person in there; it knows what `PEOPLE` says. Prints “ready”.
"""

import sys
from pathlib import Path
from wsgiref.simple_server import make_server

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

CLIENT_ID, SECRET = "minhthi", "bi-mat-cua-he-thong-khac"
# Name there → (address, whether it was verified).
PEOPLE = {
    "alice": ("alice@example.vn", True),
    "unsure": ("bob@example.vn", False),
    "stranger": ("stranger@example.vn", True),
}


def new_key() -> str:
    return (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def configure(folder: Path) -> None:
    apps = ["auth", "contenttypes", "sessions", "messages"]
    settings.configure(
        SECRET_KEY="provider",
        ALLOWED_HOSTS=["*"],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "idp.sqlite")}
        },
        INSTALLED_APPS=[
            *(f"django.contrib.{name}" for name in apps),
            *("allauth", "allauth.account", "allauth.idp.oidc"),
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        ROOT_URLCONF="__main__",
        USE_TZ=True,
        SESSION_COOKIE_NAME="provider",
        IDP_OIDC_PRIVATE_KEY=new_key(),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )


def fill(redirect_uri: str) -> None:
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for name, (address, verified) in PEOPLE.items():
        user = User.objects.create_user(name, address, first_name=name.title())
        EmailAddress.objects.create(user=user, email=address, verified=verified, primary=True)
    client = Client(id=CLIENT_ID, name="MinhThi", skip_consent=True)
    client.scopes, client.redirect_uris = "openid\nprofile\nemail", redirect_uri
    client.set_secret(SECRET)
    client.save()


def sign_in_as(request, name: str):
    from django.contrib.auth import login
    from django.contrib.auth.models import User
    from django.http import HttpResponse

    login(request, User.objects.get(username=name))
    return HttpResponse(name)


def main() -> None:
    port, folder, redirect_uri = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    configure(folder)
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application
    from django.urls import include, path

    routes = sys.modules["__main__"]
    routes.urlpatterns = [
        path("as/<str:name>/", sign_in_as),
        path("", include("allauth.idp.urls")),
        path("", include("allauth.account.urls")),
    ]
    fill(redirect_uri)
    server = make_server("127.0.0.1", port, get_wsgi_application())
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
