"""Pictures and sounds of a paper by program."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from quiz.interfaces.media_answer import entrant_media

_TOKEN = OpenApiParameter(
    "X-Attempt-Token", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True
)


class EntryMediaView(APIView):
    """The bytes of a picture or sound that an item of the attempt's paper names."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="entry_media",
        tags=["entry"],
        parameters=[_TOKEN],
        responses={
            (200, kind): OpenApiTypes.BINARY
            for kind in ("image/png", "image/jpeg", "image/webp", "audio/mpeg")
        },
    )
    def get(self, request: Request, sha256: str) -> Response:
        token = request.headers.get("X-Attempt-Token", "")
        return entrant_media(request, token=token, sha256=sha256)
