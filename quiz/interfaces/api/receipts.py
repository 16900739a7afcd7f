"""What a browser asks for while it checks a receipt; nothing that tells of an open round."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from quiz.domain.receipt_checks import (
    LeafProof,
    is_released,
    prove_leaf,
    public_round,
    signature_holds,
)

DIGITS = r"^[0-9a-fA-F]{64}$"


class LeafSerializer(serializers.Serializer):
    leaf = serializers.RegexField(DIGITS)


class ProofSerializer(serializers.Serializer):
    """RFC 9162 inclusion proof, from the bottom up, against the root of the release in force."""

    contest = serializers.CharField(source="release.contest.code")
    round = serializers.IntegerField(source="release.round.number")
    release = serializers.IntegerField(source="release.number")
    digest = serializers.CharField(source="release.digest")
    root = serializers.CharField()
    size = serializers.IntegerField()
    index = serializers.IntegerField()
    path = serializers.SerializerMethodField()

    def get_path(self, proof: LeafProof) -> list[str]:
        return [node.hex() for node in proof.path]


class AnswerSerializer(serializers.Serializer):
    """`proof` is null for every leaf in no published tree, so before a release for all."""

    proof = ProofSerializer(allow_null=True)


class ReceiptProofView(APIView):
    """The proof that a leaf stands in a published tree."""

    permission_classes = (AllowAny,)
    authentication_classes = ()

    @extend_schema(parameters=[LeafSerializer], responses=AnswerSerializer)
    def get(self, request: Request) -> Response:
        asked = LeafSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        proof = prove_leaf(leaf=bytes.fromhex(asked.validated_data["leaf"]))
        return Response(AnswerSerializer({"proof": proof}).data)


class SignatureSerializer(serializers.Serializer):
    contest = serializers.CharField(max_length=80)
    round = serializers.IntegerField(min_value=1)
    digest = serializers.RegexField(DIGITS)
    signature = serializers.RegexField(r"^[0-9a-fA-F]{128}$")


class RoundKeySerializer(serializers.Serializer):
    """Of an unknown round the key is empty. `released`: a leaf in no tree is missing indeed."""

    public_key = serializers.CharField()
    commitment = serializers.CharField()
    signature_holds = serializers.BooleanField()
    released = serializers.BooleanField()


class ReceiptSignatureView(APIView):
    """The round's public key and commitment, and whether the round signed the digest of a receipt:
    for browsers without Ed25519. The receipt itself stays with them.
    """

    permission_classes = (AllowAny,)
    authentication_classes = ()

    @extend_schema(request=SignatureSerializer, responses=RoundKeySerializer)
    def post(self, request: Request) -> Response:
        asked = SignatureSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        round = public_round(contest_code=given["contest"], number=given["round"])
        if round is None:
            return Response(dict.fromkeys(RoundKeySerializer().fields, ""))
        holds = signature_holds(
            public_key=round.public_key,
            digest=bytes.fromhex(given["digest"]),
            signature=given["signature"],
        )
        told = {"public_key": round.public_key, "commitment": round.commitment}
        return Response(told | {"signature_holds": holds, "released": is_released(round=round)})
