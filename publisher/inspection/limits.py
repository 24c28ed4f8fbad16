"""Limits of the inspections, each with its source.

[1] is the check sheet of 国办秘函〔2019〕19号 (检查指标) as bureaus fill it in; a veto fails a whole site.
"""

HOME_DAYS = 14
"""[1] The home page goes without any update for two weeks: veto."""
COLUMN_MONTHS = 6
"""[1] Columns of notices and policies go without an update for six months: stale."""
STALE_COLUMNS = 5
"""[1] From so many stale columns of notices and policies on: veto; of all columns, from ten on. All are counted
together here, and the stricter number holds for all."""
BLANK_COLUMNS = 5
"""[1] From so many blank columns on: veto."""
ANSWER_MONTHS = 3
"""[1] A message goes unanswered for more than three months: veto."""
ANSWER_YEARS = 1
"""[1] Only messages of the last year count for that."""
FEW_WORDS = 10
"""Signs besides the heading below which a page is called blank; our own measure, [1] gives none."""
GOVERNMENT = ".gov.cn"
"""Sites below it must have an identification code (国办发〔2017〕47号, annex on page design)."""
