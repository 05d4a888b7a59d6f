"""Dragoman keeps one record of a negotiation, every entry resting on the words of a report."""
