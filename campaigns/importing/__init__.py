"""Plans typed elsewhere: kept, read apart, matched, corrected on one page (`campaigns.workflow.imports`).

Nothing is imported here: the process that reads a file starts without the apps.
"""
