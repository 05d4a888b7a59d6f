"""Dragoman keeps one record of a negotiation, every entry resting on the words of a report."""

import os

# The parser's matrices are small: a second thread only waits for the first, and jobs share the
# cores already. It has to be said before numpy is loaded, and what the user says wins.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
