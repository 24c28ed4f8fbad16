"""What offices send -> files of the bureau's folder: Word files to Markdown, survey exports to a table.

Takes bytes and gives bytes; what is left out, or looks otherwise than before, is told. Writes nothing.
"""
