"""The shape of the control room for monitors."""

from rest_framework import serializers


class BackgroundSerializer(serializers.Serializer):
    """`clock_alive` null: the worker is busy and can't tell."""

    worker_alive = serializers.BooleanField()
    worker_seen = serializers.DateTimeField(allow_null=True)
    clock_alive = serializers.BooleanField(allow_null=True)
    queued = serializers.IntegerField()
    running = serializers.IntegerField()


class MinuteSerializer(serializers.Serializer):
    """What happened in the minute that begins at `at`."""

    at = serializers.DateTimeField()
    started = serializers.IntegerField()
    submitted = serializers.IntegerField()
    closed = serializers.IntegerField()
    refusals = serializers.IntegerField()
    conflicts = serializers.IntegerField()
    resumes = serializers.IntegerField()


class CountsSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    started = serializers.IntegerField()
    running = serializers.IntegerField()
    overdue = serializers.IntegerField()
    finished = serializers.IntegerField()
    minutes = MinuteSerializer(many=True)


class ControlRoomSerializer(serializers.Serializer):
    """`trouble`: the share of refused or colliding saves of the last five minutes, in words."""

    now = serializers.DateTimeField()
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    last_deadline = serializers.DateTimeField()
    health = BackgroundSerializer()
    connections = serializers.IntegerField()
    connection_limit = serializers.IntegerField()
    sampled_at = serializers.DateTimeField(allow_null=True)
    trouble = serializers.CharField(source="band")
    counts_shown = serializers.BooleanField()
    counts = CountsSerializer(allow_null=True)
