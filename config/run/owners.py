"""As whom PostgreSQL runs: it refuses root, so root lends it another identity."""

import os
import pwd
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.run.refusal import foreign_folder


@dataclass(frozen=True)
class Owner:
    """An identity: the uid its files have on disk, and the command that puts it on."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def take(self, folder: Path) -> None:
        """Create `folder`, closed to everyone else, and give it to this identity."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid != self.uid:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)


def possible_owners() -> Iterator[Owner]:
    """Who may own a new cluster, best first.

    For root that is root itself inside a user namespace, where it is nobody special, and where
    namespaces are forbidden an unprivileged account, if that one can reach the folder.
    """
    uid, gid = os.geteuid(), os.getegid()
    if uid != 0:
        yield Owner(uid, gid)
        return
    if shutil.which("unshare"):
        yield _namespace()
    account = _unprivileged_account()
    if account and shutil.which("setpriv"):
        yield _other(account.pw_uid, account.pw_gid)


def owner_of(folder: Path) -> Owner:
    """Whoever owns the existing cluster in `folder`; StartRefused if we cannot act for them."""
    status = folder.stat()
    uid = os.geteuid()
    if status.st_uid == uid:
        return _namespace() if uid == 0 else Owner(uid, os.getegid())
    if uid != 0:
        raise foreign_folder(folder)
    return _other(status.st_uid, status.st_gid)


def _namespace() -> Owner:
    return Owner(0, 0, ("unshare", "--user", "--map-user=1000"))


def _other(uid: int, gid: int) -> Owner:
    command = ("setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups")
    return Owner(uid, gid, command)


def _unprivileged_account() -> pwd.struct_passwd | None:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None
