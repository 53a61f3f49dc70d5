"""The leaderboard: every installed entrant over every task, split and view, and what it shows.

:mod:`.cells` says what is run, :mod:`.running` runs it, :mod:`.submissions` takes in the results of
others, :mod:`.ablations` makes the tables of what costs what.
"""
