"""The sections of a briefing: each module takes a teller and gives one `Section`."""
