"""Question files in and out: one small module a format, all giving and taking the same drafts.

A reader is `read_<format>(source: BinaryIO, *, name: str) -> Reading`; it raises UnreadableFile for
a file that is not of its format at all, and nothing else, whatever the bytes. A writer is
`write_<format>(items: Sequence[ItemDraft], target: BinaryIO) -> tuple[Fault, ...]`: what the format
could not carry, by item.
"""
