"""The record in a browser: a local application over `record` and `render`.

In: a record, read through a `desk.Desk`. Out: pages, files to take along, and the same as JSON.
"""
