"""Sessions are sealed at rest: in the middle of signing in they hold a code and an address."""

import json
from typing import Any

from accounts.crypto import open_text, seal_text


class SealedSerializer:
    """What `SESSION_SERIALIZER` asks for; a session sealed with a lost key is an empty one."""

    def dumps(self, obj: Any) -> bytes:
        return seal_text(json.dumps(obj, separators=(",", ":")))

    def loads(self, data: bytes) -> Any:
        return json.loads(open_text(data))
