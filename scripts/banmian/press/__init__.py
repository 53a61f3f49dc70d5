"""The press: manuscripts and a house style become newspaper pages with exactly known gold.

copy (``banmian.manuscripts``) → typesetting → make-up → sheets → PDF → views → gold. A sheet is the
list of what is painted, in painting order; every glyph on it knows which character it prints, so
that no alignment is ever guessed.
"""
