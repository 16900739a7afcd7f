"""Question files that no machine was meant to read: lines with their looks, and what they say.

A reader of a format makes `Line`s; `flow` lays them end to end; `markers` finds where items,
options and keys begin; `blocks` cuts the text there; `marks` reads bold, colour and the like;
`key_lists` reads lists and tables of answers. Nothing here knows Django or a file format.
"""
