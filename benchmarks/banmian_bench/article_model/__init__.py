"""The learned article segmenter of ``crf-lines`` and ``crf-boxes``.

A page goes through four steps: text lines are cut into pieces of one role each (:mod:`.cutting`),
pieces get roles (:mod:`.roles`), runs of pieces become blocks (:mod:`.blocks`), and blocks are
joined to items while a small network finds that two groups of blocks belong together
(:mod:`.joining`). Nothing here trains: see :mod:`banmian_bench.training.articles`.
"""
