"""Stage 5. In: a record, read through `view.View`. Out: briefings, pictures, listings.

Every sentence of a briefing cites the words that it rests on.
"""
